"""About recommendations: to the customer's managers when one was sent, to the team when it is decided and when due."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording.words import LONGEST_SUBJECT, Words, one_line, paragraphs, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """A recommendation as a notice sees it. ``due`` is its day in words, ``url`` is where *this* reader opens it. The
    title and the names may hold anything that somebody typed."""

    account: str
    kind: str
    title: str
    due: str
    url: str


def recommended(about: Recommended, *, text: str, by: str) -> Words:
    """To the customer: a person recommends this, and asks for a decision."""
    opening = gettext("{person} recommends to {account}, as {kind}: {title}").format(
        person=one_line(by), account=one_line(about.account), kind=about.kind, title=one_line(about.title)
    )
    closing = gettext("To be done by {day}. Accept it, or decline it and say why:\n{url}").format(
        day=about.due, url=about.url
    )
    return Words.of_a_person(_subject(gettext("Recommendation"), about.title), opening, text, closing)


def recommendation_accepted(about: Recommended, *, by: str) -> Words:
    """To the team."""
    said = gettext("{person} of {account} accepted this recommendation: {title}")
    return _to_the_team(about, gettext("Accepted"), said.format(**_named(about, by)))


def recommendation_declined(about: Recommended, *, by: str, reason: str) -> Words:
    """To the team, with the reason."""
    said = gettext("{person} of {account} declined this recommendation: {title}")
    return _to_the_team(about, gettext("Declined"), said.format(**_named(about, by)), quoted(reason))


def recommendation_done(about: Recommended, *, by: str) -> Words:
    """To the team: the customer says that it is done."""
    said = gettext("{person} of {account} says that this is done: {title}")
    return _to_the_team(about, gettext("Done"), said.format(**_named(about, by)))


def recommendation_due(about: Recommended, *, days: int, is_decided: bool) -> Words:
    """To its owner, so many days before it is due; nought or fewer: it is due, or over it."""
    if days > 0:
        left = gettext("tomorrow") if days == 1 else gettext("in {days} days").format(days=days)
        happens = gettext("Due {left}").format(left=left)
    else:
        happens = gettext("Due")
    said = gettext("This recommendation to {account} is due on {day}: {title}").format(
        account=one_line(about.account), day=about.due, title=one_line(about.title)
    )
    stands = gettext("The customer accepted it.") if is_decided else gettext("The customer has not decided yet.")
    return _to_the_team(about, happens, said, stands)


def _to_the_team(about: Recommended, happens: str, *said: str) -> Words:
    return Words(
        subject=_subject(happens, f"{about.account}: {about.title}"), text=paragraphs(*said, about.url), urgency=REPLY
    )


def _subject(happens: str, rest: str) -> str:
    line = one_line(f"{happens} · {rest}")
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _named(about: Recommended, by: str) -> dict[str, str]:
    return {"person": one_line(by), "account": one_line(about.account), "title": one_line(about.title)}
