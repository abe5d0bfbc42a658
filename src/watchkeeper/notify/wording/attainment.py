"""To whoever subscribed: what was promised in the month that is over, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording.words import Words, one_line, paragraphs


class Came(NamedTuple):
    """What came of the promises of one kind. ``percent`` is empty where nothing was judged."""

    what: str
    met: int
    judged: int
    percent: str


def monthly(*, of: str, month: str, lines: Sequence[Came], beside: str, url: str, ends: str) -> Words:
    """``of`` is an account, or that it is all; ``beside`` tells what counts in no share; ``ends`` is how to stop it."""
    told = "\n".join(f"- {_line(each)}" for each in lines) or gettext("Nothing was promised in this month.")
    return Words(
        subject=one_line(gettext("Attainment {month}: {of}").format(month=month, of=of)),
        text=paragraphs(
            gettext("What was promised in {month}, and what came of it:").format(month=month),
            told,
            beside,
            gettext("All figures, and the incidents behind them:\n{url}").format(url=url),
            gettext("You subscribed to this mail. To end it:\n{url}").format(url=ends),
        ),
        urgency=REPLY,
    )


def _line(came: Came) -> str:
    if not came.judged:
        return gettext("{what}: nothing is decided").format(what=one_line(came.what))
    words = gettext("{what}: {met} of {judged} met, {percent} %")
    return words.format(what=one_line(came.what), met=came.met, judged=came.judged, percent=came.percent)
