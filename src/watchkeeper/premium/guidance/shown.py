"""What both sides see of a recommendation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from watchkeeper.incidents.prose import prose
from watchkeeper.premium.models import Recommendation

_S = Recommendation.State
STANDS = {
    _S.DRAFT: (pgettext_lazy("a recommendation", "Draft"), "note", "note"),
    _S.DISCARDED: (pgettext_lazy("a recommendation", "Not sent"), "quiet", "cross"),
    _S.SENT: (pgettext_lazy("a recommendation", "To be decided"), "info", "clock"),
    _S.ACCEPTED: (pgettext_lazy("a recommendation", "Accepted"), "ok", "check"),
    _S.DECLINED: (pgettext_lazy("a recommendation", "Declined"), "quiet", "cross"),
    _S.DONE: (pgettext_lazy("a recommendation", "Done"), "ok", "check"),
}
"""Each state in a word, with the tone and the symbol of its badge."""


def stands(recommendation: Recommendation) -> dict[str, Any]:
    """Its state as a badge."""
    words, tone, symbol = STANDS[_S(recommendation.state)]
    return {"words": words, "tone": tone, "symbol": symbol}


def html_of(recommendation: Recommendation) -> str:
    """Its words, which can do no harm."""
    return prose(recommendation.text)
