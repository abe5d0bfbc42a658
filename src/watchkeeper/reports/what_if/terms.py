"""The other terms: what they make of an incident's timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_noop

from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.commitments import Commitment
from watchkeeper.core.policy import OperatingHours, UnknownLevel, UnknownSeverity
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.core.promise import Promise
from watchkeeper.core.timeline import Event
from watchkeeper.core.what_if import counted_in, under, under_one
from watchkeeper.incidents.models import Incident
from watchkeeper.office.publishing.counterfactual import (
    REASONS,
    Uncomputable,
    about_at_receipt,
    promise_under,
    require_severities,
)
from watchkeeper.policies.models import GivenPromise, PolicyVersion
from watchkeeper.policies.terms import About, as_far_as_it_counts, as_if_given, promise_of
from watchkeeper.policies.versions import policy_of

NO_SUCH_LEVEL = gettext_noop("the policy had no level {name} then")
UNSOUND_SLA = gettext_noop("the SLA is not sound over the policy of then: {problem}")
ALL_REASONS = (*REASONS, NO_SUCH_LEVEL, UNSOUND_SLA)
"""What ``Uncomputable`` says, in English."""


class Told(NamedTuple):
    """An incident with its timeline, and the terms that it names by their keys, with what they promise."""

    incident: Incident
    timeline: Sequence[Event]
    given: Mapping[int, GivenPromise]
    promises: Mapping[int, Promise]


class Terms(Protocol):
    """Other terms than those an incident was given."""

    def commitments(self, told: Told) -> tuple[Commitment, ...]:
        """What they make of an incident. Raises ``Uncomputable``."""
        ...


class OfLevel:
    """A level of the policy that each incident was received under, perhaps with an SLA over it, as if it had been
    bought for everything, from the beginning."""

    def __init__(self, level: str, sla_text: str = "") -> None:
        self._level, self._sla_text = level, sla_text
        self._promises: dict[tuple[int, int, About], Promise] = {}

    def commitments(self, told: Told) -> tuple[Commitment, ...]:
        promise = self._promise(told.incident, about_at_receipt(told.incident, told.timeline[0]))
        return _folded(lambda: under_one(told.timeline, promise))

    def _promise(self, incident: Incident, about: About) -> Promise:
        version = incident.policy_version
        try:
            level = policy_of(version).level(self._level)
            counts = as_far_as_it_counts(about, version, level, sla_text=self._sla_text)
            key = version.pk, incident.account_id, counts
            if key not in self._promises:
                given = as_if_given(incident.account, version, level, counts, sla_text=self._sla_text)
                self._promises[key] = promise_of(given)
        except UnknownLevel:
            raise Uncomputable(NO_SUCH_LEVEL.format(name=self._level)) from None
        except PolicyFileErrors as errors:
            raise Uncomputable(UNSOUND_SLA.format(problem=errors.problems[0])) from None
        return self._promises[key]


class OfVersion:
    """Another version of the policy, or a draft of one: the agreement and SLA that each incident was received under,
    over the levels as they are there."""

    def __init__(self, version: PolicyVersion) -> None:
        self._version = version
        self._promises: dict[tuple[int, About], Promise | Uncomputable] = {}

    def commitments(self, told: Told) -> tuple[Commitment, ...]:
        require_severities(told.incident, told.timeline, candidate=self._version)
        about = about_at_receipt(told.incident, told.timeline[0])
        promises = {key: self._promise(given, about) for key, given in told.given.items()}
        return _folded(lambda: under(told.timeline, promises))

    def _promise(self, given: GivenPromise, about: About) -> Promise:
        key = given.pk, self._as_far_as_it_counts(about, given)
        if key not in self._promises:
            try:
                self._promises[key] = promise_under(self._version, given, about=about)
            except Uncomputable as reason:
                self._promises[key] = reason
        found = self._promises[key]
        if isinstance(found, Uncomputable):
            raise Uncomputable(str(found))
        return found

    def _as_far_as_it_counts(self, about: About, given: GivenPromise) -> About:
        """All of it where the level or the SLA cannot be looked into: then it says why for each."""
        try:
            level = policy_of(self._version).level(given.level)
            return as_far_as_it_counts(about, self._version, level, sla_text=given.sla_text)
        except (UnknownLevel, PolicyFileErrors):
            return about


class OfCalendar:
    """What was promised, with every window of operating time counted in other hours."""

    def __init__(self, operating: OperatingHours) -> None:
        self._operating = operating
        self._promises: dict[int, Promise] = {}

    def commitments(self, told: Told) -> tuple[Commitment, ...]:
        promises = {key: self._promise(key, promise) for key, promise in told.promises.items()}
        return _folded(lambda: under(told.timeline, promises))

    def _promise(self, key: int, promise: Promise) -> Promise:
        if key not in self._promises:
            self._promises[key] = counted_in(promise, self._operating)
        return self._promises[key]


def _folded(fold: Callable[[], tuple[Commitment, ...]]) -> tuple[Commitment, ...]:
    try:
        return fold()
    except (NeverDue, OutsideTheCalendar, UnknownSeverity) as error:
        raise Uncomputable(str(error)) from None
