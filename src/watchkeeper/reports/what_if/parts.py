"""A question is answered in parts, so that no page hangs: what was counted is carried by the page from one to the next.

What is carried is signed for who asks, and holds for an hour. Nothing is kept on the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.people.models import Person
from watchkeeper.reports.what_if.comparing import Comparison
from watchkeeper.reports.what_if.offered import Named, terms_of
from watchkeeper.reports.what_if.question import Question, chunk
from watchkeeper.reports.what_if.tally import Tally

AT_A_TIME = 1_000
"""So many incidents are compared while a reader waits."""

_HOLDS = 3_600
_SALT = "what-if"


class NotCarried(ValueError):
    """What a page sent back is not what it was given, or it is too old."""


@dataclass(slots=True)
class Part:
    """A question as far as it is answered. ``before`` is from which key on it goes on; ``None``: all is counted."""

    question: Question
    as_of: datetime
    total: int
    tally: Tally
    before: int | None = None
    title: str = ""

    @property
    def is_whole(self) -> bool:
        return self.before is None

    def carried(self, person: Person) -> str:
        """All of it for this person's page to send back."""
        said = {
            "question": self.question.written(),
            "as_of": self.as_of.isoformat(),
            "total": self.total,
            "tally": self.tally.carried(),
            "before": self.before,
        }
        return signing.dumps(said, salt=_of(person), compress=True)


def begun(question: Question, person: Person, *, policy: Policy, now: datetime) -> Part:
    """The first part of an answer. Raises ``NotOffered``."""
    named = terms_of(question, policy)
    asked = asked_of(question, person, policy)
    part = Part(question, now, asked.count(), Tally())
    return _further(part, asked, named)


def further(carried: str, person: Person, *, policy: Policy) -> Part:
    """The next part. Raises ``NotCarried``, and ``NotOffered`` where the terms are gone meanwhile."""
    try:
        said = signing.loads(carried, salt=_of(person), max_age=_HOLDS)
    except signing.BadSignature:
        raise NotCarried("what the page sent is not what it was given, or older than an hour") from None
    question = Question.read_back(said["question"])
    as_of = datetime.fromisoformat(said["as_of"])
    part = Part(question, as_of, said["total"], Tally.taken_up(said["tally"]), said["before"])
    return _further(part, asked_of(question, person, policy), terms_of(question, policy))


def asked_of(question: Question, person: Person, policy: Policy) -> IncidentQuerySet:
    """The incidents of a question, of those that this person sees now."""
    return question.incidents(Incident.objects.seen_by(person), zone=policy.zone)


def _further(part: Part, asked: IncidentQuerySet, named: Named) -> Part:
    found = chunk(asked, before=part.before, at_most=AT_A_TIME)
    Comparison(named.terms, as_of=part.as_of).count(found.incidents, part.tally)
    part.before, part.title = found.before, named.title
    return part


def _of(person: Person) -> str:
    return f"{_SALT}:{person.pk}"
