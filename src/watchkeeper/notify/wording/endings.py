"""How an incident ends, and begins again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.core.survey import QUESTION
from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording.about import About, footer
from watchkeeper.notify.wording.composing import composed
from watchkeeper.notify.wording.words import Words, one_line, paragraphs, quoted
from watchkeeper.ui.translated import translated


def closed(about: About, *, reason: str, question_until: datetime) -> Words:
    """To the customer and the assignee: it is closed; what comes later is a new incident, linked to this one.

    Until ``question_until`` its page asks how it was.
    """
    asked = gettext("{question} One question, if you like, until {question_until}:\n{url}#how-it-was").format(
        question=translated(QUESTION), question_until=about.dated(question_until), url=about.url
    )
    return _told("closed", about, reason=reason, question=asked)


def confirmed(about: About, *, by: str) -> Words:
    """To the assignee: the customer says that it is solved."""
    return _told("confirmed", about, by=by)


def reopened(about: About, *, by: str, reason: str) -> Words:
    """To the other side: it was taken for solved, and is not."""
    return _told("reopened", about, by=by, reason=_given(reason))


def withdrawn(about: About, *, by: str, reason: str) -> Words:
    """To the assignee and those who follow: the customer needs no more help with it."""
    return _told("withdrawn", about, by=by, reason=_given(reason))


def merged(about: About, *, by: str, message: str, into: str, into_url: str) -> Words:
    """To the reporter of the younger: where it goes on, with the words of the person who merged it."""
    values = {"by": by, "message": message, "into": into, "into_url": into_url}
    return composed("merged", values, about=about, foot=footer(about), is_automatic=False)


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


def _told(kind: str, about: About, **values: str) -> Words:
    return composed(kind, values, about=about, foot=footer(about))


def _given(reason: str) -> str:
    return gettext("The reason given:\n{reason}").format(reason=quoted(reason)) if reason.strip() else ""
