"""What people say to each other in an incident, carried as they wrote it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.wording import promise as promises
from watchkeeper.notify.wording.about import About, Promise, footer
from watchkeeper.notify.wording.composing import composed
from watchkeeper.notify.wording.words import Words, quoted


def acknowledged(about: About, *, by: str, message: str) -> Words:
    """To the customer: a person has taken it up, and is named."""
    return _from_a_person("acknowledged", about, by=by, message=message)


def replied(about: About, *, by: str, message: str) -> Words:
    """To the customer: a person of the team wrote."""
    return _from_a_person("replied", about, by=by, message=message)


def asked(about: About, *, by: str, message: str) -> Words:
    """To the customer: a person of the team needs an answer to go on."""
    how = (
        gettext("Please answer this mail, or on the incident's page.")
        if about.takes_answers
        else gettext("Please answer on the incident's page.")
    )
    return _from_a_person("asked", about, by=by, message=message, how_to_answer=how)


def resolved(about: About, *, by: str, message: str, closes_at: datetime) -> Words:
    """To the customer: a person considers it solved; until when that can be undone."""
    return _from_a_person("resolved", about, by=by, message=message, closes_at=about.dated(closes_at))


def answered(about: About, *, by: str, message: str) -> Words:
    """To the team, and to the customer's others who follow: somebody of the customer wrote."""
    return _from_a_person("answered", about, by=by, message=quoted(message))


def not_done(about: About, *, because: str) -> Words:
    """To whoever asked by mail for more than was done: what, and why."""
    return composed("not_done", {"because": because}, about=about, foot=footer(about))


def classified(about: About, *, by: str, old: str, reason: str, promise: Promise) -> Words:
    """To the customer: the severity is another one now (``about.severity``), why, and what is promised from now on."""
    given = gettext("The reason given:\n{reason}").format(reason=quoted(reason))
    values = {"by": by, "old": old, "reason": given, "promise": promises.to_the_customer(promise, about)}
    return composed("classified", values, about=about, foot=footer(about))


def join_asked(about: About, *, by: str) -> Words:
    """To those of the customer who can let somebody follow: somebody of the account reports the same, and asks to."""
    return composed("join_asked", {"by": by}, about=about, foot=footer(about))


def joined(about: About, *, by: str) -> Words:
    """To a person of the customer whom somebody else lets follow."""
    return composed("joined", {"by": by}, about=about, foot=footer(about))


def _from_a_person(kind: str, about: About, **values: str) -> Words:
    return composed(kind, values, about=about, foot=footer(about), is_automatic=False)
