"""Words that stand on incidents' timelines as they were written, and how a page or a mail says them."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop, pgettext_lazy

from watchkeeper.core import lifecycle

STATES = {
    lifecycle.NEW: pgettext_lazy("an incident is …", "new"),
    lifecycle.DISPATCHED: pgettext_lazy("an incident is …", "dispatched"),
    lifecycle.ACKNOWLEDGED: pgettext_lazy("an incident is …", "acknowledged"),
    lifecycle.WAITING: pgettext_lazy("an incident is …", "waiting"),
    lifecycle.RESOLVED: pgettext_lazy("an incident is …", "resolved"),
    lifecycle.CLOSED: pgettext_lazy("an incident is …", "closed"),
}
"""The states, as a sentence names them."""

MISTAKEN = gettext_noop("The change before it was a mistake and is taken back.")
"""Why a severity changes back, as the customer reads it."""

_OWN_REASONS = frozenset({MISTAKEN, gettext_noop("no answer since the resolution")})


def reason_said(written: str) -> str:
    """A reason on the timeline: Watchkeeper's own in the reader's language, a person's as they wrote it."""
    return gettext(written) if written in _OWN_REASONS else written
