"""To whoever leads an account: a licence or an agreement of it ends, or has ended, and what holds then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

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
    left = "today" if days == 1 else gettext("in {days} days").format(days=days)
    return _told(
        end,
        gettext("ends {left}").format(left=left),
        gettext("{end} holds {through}, and nothing follows it.").format(end=_what(end), through=end.through),
    )


def has_ended(end: End) -> Words:
    """From the end on."""
    return _told(
        end,
        gettext("has ended"),
        gettext("{end} has ended: it held {through}, and nothing followed.").format(
            end=_what(end), through=end.through
        ),
    )


def _what(end: End) -> str:
    return gettext("{what} of {account}").format(what=one_line(end.what), account=one_line(end.account))


def _told(end: End, happens: str, opening: str) -> Words:
    holds = end.then or [gettext("nothing: reports are accepted and worked on, without a promised time")]
    then = "\n".join(f"- {one_line(each)}" for each in holds)
    return Words(
        subject=one_line(f"{end.account}: {end.what} {happens}"),
        text=paragraphs(
            opening,
            gettext("From the beginning of {since} ({zone}) holds:\n{then}").format(
                since=end.since, zone=end.zone, then=then
            ),
            gettext("Open incidents keep the promise they were given."),
            gettext("Renew it, or agree on what follows:\n{url}").format(url=end.url),
        ),
        urgency=REPLY,
    )
