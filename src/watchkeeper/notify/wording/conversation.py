"""What people say to each other in an incident, carried as they wrote it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording import promise as promises
from watchkeeper.notify.wording.about import About, Promise, footer
from watchkeeper.notify.wording.words import Words, one_line, paragraphs, quoted


def acknowledged(about: About, *, by: str, message: str) -> Words:
    """To the customer: a person has taken it up, and is named."""
    return _from_a_person(about, gettext("{by} has taken up your report.").format(by=one_line(by)), message)


def replied(about: About, *, by: str, message: str) -> Words:
    """To the customer: a person of the team wrote."""
    return _from_a_person(about, gettext("{by} wrote:").format(by=one_line(by)), message)


def asked(about: About, *, by: str, message: str) -> Words:
    """To the customer: a person of the team needs an answer to go on."""
    return _from_a_person(
        about,
        gettext("{by} has a question:").format(by=one_line(by)),
        message,
        gettext("Please answer this mail, or on the incident's page.")
        if about.takes_answers
        else gettext("Please answer on the incident's page."),
    )


def resolved(about: About, *, by: str, message: str, closes_at: datetime) -> Words:
    """To the customer: a person considers it solved; until when that can be undone."""
    return _from_a_person(
        about,
        gettext("{by} considers this solved:").format(by=one_line(by)),
        message,
        gettext(
            "If it is, you can confirm that on the incident's page. If it is not, reopen it there until "
            "{closes_at}; it is closed then."
        ).format(closes_at=about.dated(closes_at)),
    )


def answered(about: About, *, by: str, message: str) -> Words:
    """To the team, and to the customer's others who follow: somebody of the customer wrote."""
    return Words(
        subject=about.subject,
        text=paragraphs(
            gettext("{by} of {account} wrote:").format(by=one_line(by), account=one_line(about.account)),
            quoted(message),
            footer(about),
        ),
        urgency=REPLY,
        is_automatic=False,
    )


def classified(about: About, *, by: str, old: str, reason: str, promise: Promise) -> Words:
    """To the customer: the severity is another one now (``about.severity``), why, and what is promised from now on."""
    return Words(
        subject=about.subject,
        text=paragraphs(
            gettext("{by} changed the severity from {old} to {severity}.").format(
                by=one_line(by), old=old, severity=about.severity
            ),
            gettext("The reason given:\n{reason}").format(reason=quoted(reason)),
            promises.to_the_customer(promise, about),
            footer(about),
        ),
        urgency=REPLY,
    )


def join_asked(about: About, *, by: str) -> Words:
    """To those of the customer who can let somebody follow: somebody of the account reports the same, and asks to."""
    return Words(
        subject=about.subject,
        text=paragraphs(
            gettext("{by} was about to report something like this, may not read it, and asks to follow it.").format(
                by=one_line(by)
            ),
            gettext("You can let them on the incident's page."),
            footer(about),
        ),
        urgency=REPLY,
    )


def joined(about: About, *, by: str) -> Words:
    """To a person of the customer whom somebody else lets follow."""
    return Words(
        subject=about.subject,
        text=paragraphs(
            gettext("{by} lets you follow this. You hear of it from now on.").format(by=one_line(by)), footer(about)
        ),
        urgency=REPLY,
    )


def _from_a_person(about: About, opening: str, message: str, closing: str = "") -> Words:
    return Words.of_a_person(about.subject, opening, message, closing, footer(about))
