"""What every notice of an incident may say about it, and the promise it stands under: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.wording.moments import dated
from watchkeeper.notify.wording.words import one_line, subject
from watchkeeper.ui.moments import DeskZone


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """An incident as a notice sees it. ``severity`` is spoken as the policy does ("1 Critical"), ``assignee`` is
    empty while there is none, ``zone`` is the one the promise is counted in, and ``url`` is where *this* reader opens
    the incident; ``unfollow_url`` is where they stop hearing of it, where they may. ``title`` and the names may hold
    anything a stranger typed. Of a test every subject says so.
    ``takes_answers`` is whether the reader may answer the mail itself."""

    reference: str
    title: str
    account: str
    level: str
    severity: str
    opened_at: datetime
    zone: DeskZone
    url: str
    assignee: str = ""
    unfollow_url: str = ""
    is_test: bool = False
    takes_answers: bool = False

    def dated(self, at: datetime) -> str:
        """An instant as this incident's notices write it."""
        return dated(at, self.zone)

    def headed(self, *words: str) -> str:
        """A subject that says more than the title: ``[WK-7F3K2Q] Breached · 1 Critical · Acme: title``."""
        return subject(self.reference, f"{self._test}{' · '.join(words)}: {self.title}")

    @property
    def subject(self) -> str:
        """The subject of the conversation: always the same, so that mail programs keep it together."""
        return subject(self.reference, f"{self._test}{self.title}")

    @property
    def _test(self) -> str:
        return "TEST · " if self.is_test else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An answer by ``due_at``. ``explanation`` is the trace on one line: the stretches that were counted."""

    due_at: datetime
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class OutsideTheLevel:
    """The level promises nothing at this severity; ``covered_by`` names the levels that would."""

    covered_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoEntitlement:
    """Neither a licence nor an agreement is on record."""


Promise = Promised | OutsideTheLevel | NoEntitlement


def facts(about: About) -> str:
    """The incident in four lines, for somebody who opens the mail at three in the morning."""
    if about.assignee:
        served_by = gettext("assigned to {person}").format(person=one_line(about.assignee))
    else:
        served_by = gettext("assigned to nobody")
    level = about.level or gettext("no level on record")
    return "\n".join(
        [
            f"{about.reference}  {one_line(about.title)}",
            f"{one_line(about.account)} · {level} · {about.severity} · {served_by}",
            gettext("Reported {opened_at}").format(opened_at=about.dated(about.opened_at)),
            about.url,
        ]
    )


def footer(about: About) -> str:
    """Where the conversation goes on, beneath what somebody wrote to the customer."""
    lines = ["-- ", f"{about.reference}  {one_line(about.title)}", about.url]
    if about.unfollow_url:
        lines.append(gettext("Stop following it: {url}").format(url=about.unfollow_url))
    return "\n".join(lines)


def listed(names: tuple[str, ...]) -> str:
    """``A``, ``A or B``, ``A, B or C``."""
    return gettext(" or ").join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
