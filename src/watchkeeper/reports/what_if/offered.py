"""Which terms somebody can ask about, and what a question's terms are."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core.policy import Policy, UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.office.publishing.models import PolicyDraft
from watchkeeper.people import access
from watchkeeper.people.models import Person
from watchkeeper.policies.following import sla_of
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.publishing import candidate
from watchkeeper.reports.what_if.question import CALENDAR, DRAFT, LEVEL, VERSION, Question
from watchkeeper.reports.what_if.terms import OfCalendar, OfLevel, OfVersion, Terms

MOST_VERSIONS = 20

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]


class NotOffered(ValueError):
    """Terms that there are not, or that are not sound; the message says which and why."""


class Named(NamedTuple):
    """The terms of a question, and what they are called."""

    terms: Terms
    title: str


def levels(policy: Policy) -> list[Choice]:
    """The levels of a policy, the lowest first."""
    return [(f"{LEVEL}:{level.key}", level.name) for level in policy.levels]


def offered_to(person: Person, policy: Policy) -> list[Group]:
    """Everything that somebody of the vendor can ask about, in groups; drafts for those alone who write them."""
    calendars = policy.operating.values()
    versions = PolicyVersion.objects.standing().order_by("-valid_from", "-number")[:MOST_VERSIONS]
    groups = [
        (gettext("A level, as if everybody had it"), levels(policy)),
        (gettext("All windows counted in"), [(f"{CALENDAR}:{each.name}", each.name) for each in calendars]),
        (
            gettext("A version of the policy"),
            [(f"{VERSION}:{v.number}", gettext("Version {number}").format(number=v.number)) for v in versions],
        ),
    ]
    if access.may(person, "publish policy"):
        drafts = [(f"{DRAFT}:{each.pk}", _called(each)) for each in PolicyDraft.objects.open()]
        groups.append((gettext("A draft of the policy"), drafts))
    return [group for group in groups if group[1]]


def terms_of(question: Question, policy: Policy) -> Named:
    """What a question asks about; levels and calendars are those of ``policy``, which is in force. Raises
    ``NotOffered``."""
    return _TERMS[question.kind](question, policy)


def _of_level(question: Question, policy: Policy) -> Named:
    try:
        level = policy.level(question.name)
        sla = sla_of(policy, level, question.sla_text)
    except UnknownLevel as error:
        raise NotOffered(str(error)) from None
    except PolicyFileErrors as errors:
        words = gettext("The SLA is not sound over {level}: {problem}")
        raise NotOffered(words.format(level=level.name, problem=errors.problems[0])) from None
    title = gettext("{level} with {sla}").format(level=level.name, sla=sla.sla.name) if sla else level.name
    return Named(OfLevel(level.key, question.sla_text), title)


def _of_calendar(question: Question, policy: Policy) -> Named:
    operating = policy.operating.get(question.name)
    if operating is None:
        raise NotOffered(gettext("The policy has no calendar {name}.").format(name=question.name))
    return Named(OfCalendar(operating), gettext("Counted in {calendar}").format(calendar=operating.name))


def _of_version(question: Question, policy: Policy) -> Named:
    version = PolicyVersion.objects.standing().filter(number=_number(question.name)).first()
    if version is None:
        raise NotOffered(gettext("There is no version {name} of the policy.").format(name=question.name))
    return Named(OfVersion(version), gettext("Version {number}").format(number=version.number))


def _of_draft(question: Question, policy: Policy) -> Named:
    draft = PolicyDraft.objects.open().filter(pk=_number(question.name)).first()
    if draft is None:
        raise NotOffered(gettext("There is no open draft {name}.").format(name=question.name))
    try:
        version = candidate(draft.text)
    except PolicyFileErrors as errors:
        words = gettext("The draft is not sound: {problem}")
        raise NotOffered(words.format(problem=errors.problems[0])) from None
    version.number = 0
    return Named(OfVersion(version), _called(draft))


def _called(draft: PolicyDraft) -> str:
    return gettext("Draft: {note}").format(note=draft.note)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


_TERMS = {LEVEL: _of_level, CALENDAR: _of_calendar, VERSION: _of_version, DRAFT: _of_draft}

__all__ = ["Choice", "Group", "Named", "NotOffered", "levels", "offered_to", "terms_of"]
