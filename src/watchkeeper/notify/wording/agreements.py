"""To whoever leads an account: a licence or an agreement of it ends, or has ended, and what holds then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording.words import Words, one_line, paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An end that nothing follows. ``what`` is ``Premium for everything``, ``through`` is ``through 31 Dec 2026``;
    ``then`` is what holds ``since`` the next day, which begins at midnight in ``zone``. ``url`` is its page."""

    account: str
    what: str
    through: str
    since: str
    zone: str
    then: Sequence[str]
    url: str


def ends_in(end: End, *, days: int) -> Words:
    """So many days before the end, today among them."""
    left = "today" if days == 1 else f"in {days} days"
    return _told(end, f"ends {left}", f"{_what(end)} holds {end.through}, and nothing follows it.")


def has_ended(end: End) -> Words:
    """From the end on."""
    return _told(end, "has ended", f"{_what(end)} has ended: it held {end.through}, and nothing followed.")


def _what(end: End) -> str:
    return f"{one_line(end.what)} of {one_line(end.account)}"


def _told(end: End, happens: str, opening: str) -> Words:
    holds = end.then or ["nothing: reports are accepted and worked on, without a promised time"]
    then = "\n".join(f"- {one_line(each)}" for each in holds)
    return Words(
        subject=one_line(f"{end.account}: {end.what} {happens}"),
        text=paragraphs(
            opening,
            f"From the beginning of {end.since} ({end.zone}) holds:\n{then}",
            "Open incidents keep the promise they were given.",
            f"Renew it, or agree on what follows:\n{end.url}",
        ),
        urgency=REPLY,
    )
