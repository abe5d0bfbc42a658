"""How an incident ends, and begins again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.core.survey import QUESTION
from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording.about import About, footer
from watchkeeper.notify.wording.words import Words, one_line, paragraphs, quoted
from watchkeeper.ui.translated import translated


def closed(about: About, *, reason: str, question_until: datetime) -> Words:
    """To the customer and the assignee: it is closed; what comes later is a new incident, linked to this one.

    Until ``question_until`` its page asks how it was.
    """
    asked = gettext("{question} One question, if you like, until {question_until}:\n{url}#how-it-was").format(
        question=translated(QUESTION), question_until=about.dated(question_until), url=about.url
    )
    closing = gettext("This incident is closed: {reason}.").format(reason=one_line(reason))
    return _told(about, closing, gettext("Should it come back, report it again."), asked)


def confirmed(about: About, *, by: str) -> Words:
    """To the assignee: the customer says that it is solved."""
    return _told(about, gettext("{by} confirmed that this is solved. The incident is closed.").format(by=one_line(by)))


def reopened(about: About, *, by: str, reason: str) -> Words:
    """To the other side: it was taken for solved, and is not."""
    return _told(about, gettext("{by} reopened this incident.").format(by=one_line(by)), _given(reason))


def withdrawn(about: About, *, by: str, reason: str) -> Words:
    """To the assignee and those who follow: the customer needs no more help with it."""
    return _told(
        about, gettext("{by} withdrew this report. The incident is closed.").format(by=one_line(by)), _given(reason)
    )


def merged(about: About, *, by: str, message: str, into: str, into_url: str) -> Words:
    """To the reporter of the younger: where it goes on, with the words of the person who merged it."""
    opening = gettext("{by} found that this is the same as {into}, and goes on there:\n{into_url}").format(
        by=one_line(by), into=into, into_url=into_url
    )
    return Words.of_a_person(about.subject, opening, message, footer(about))


def report_published(about: About, *, by: str, version: int) -> Words:
    """To the customer: what happened, why, and what follows from it, is written down; or that was corrected."""
    what = (
        gettext("published the report after this incident")
        if version == 1
        else gettext("corrected the report after this incident")
    )
    newest = "" if version == 1 else gettext(" This is version {version}.").format(version=version)
    return Words(
        subject=about.subject,
        text=paragraphs(
            gettext("{by} {what}.{newest} Read it here:\n{url}/report").format(
                by=one_line(by), what=what, newest=newest, url=about.url
            ),
            footer(about),
        ),
        urgency=REPLY,
        is_automatic=False,
    )


def _told(about: About, *parts: str) -> Words:
    return Words(subject=about.subject, text=paragraphs(*parts, footer(about)), urgency=REPLY)


def _given(reason: str) -> str:
    return gettext("The reason given:\n{reason}").format(reason=quoted(reason)) if reason.strip() else ""
