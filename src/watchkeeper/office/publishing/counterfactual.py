"""One incident under a text that is no version yet: what its commitments came to, and what they would have.

It keeps its own timeline, and the agreement and SLA that it was received under, laid over the text's level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_noop

from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.commitments import Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.policy import UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.core.promise import Promise
from watchkeeper.core.scorecard import OUTSIDE_LEVEL, outcome_at
from watchkeeper.core.timeline import Event
from watchkeeper.core.what_if import under
from watchkeeper.incidents.models import Incident
from watchkeeper.policies.models import GivenPromise, PolicyVersion
from watchkeeper.policies.terms import About, given_under, promise_of
from watchkeeper.policies.versions import policy_of

_NO_SEVERITY = gettext_noop("the severity {name} is gone")
_NO_LEVEL = gettext_noop("the level {name} is gone")
_NO_SLA = gettext_noop("its SLA is not sound there: {problem}")
_NO_LICENCE = gettext_noop("a licence includes no level any more")

REASONS = (_NO_SEVERITY, _NO_LEVEL, _NO_SLA, _NO_LICENCE)
"""What ``Uncomputable`` says, in English: it is kept with an effect, and shown in the language of the page."""


class Uncomputable(Exception):
    """What an incident would have been promised cannot be said; the message says why."""


class Compared(NamedTuple):
    """The outcome of one commitment: under what was promised, and under the text."""

    metric: str
    nth: int
    was: str
    would: str


class Counterfactual:
    """Compares incidents. ``given`` are the promises that their timelines name, with version, agreement, account."""

    def __init__(self, candidate: PolicyVersion, *, as_of: datetime) -> None:
        self._candidate = candidate
        self._as_of = as_of
        self._was: dict[int, Promise] = {}
        self._would: dict[tuple[int, About], Promise | Uncomputable] = {}

    def compare(
        self, incident: Incident, timeline: Sequence[Event], given: Mapping[int, GivenPromise]
    ) -> tuple[Compared, ...]:
        """Every commitment that there was or would be; none where nothing was promised. Raises ``Uncomputable``."""
        named = [event.data["promise"] for event in timeline if event.data.get("promise") is not None]
        was = commitments(facts_of(timeline), {key: self._given(given[key]) for key in named})
        require_severities(incident, timeline, candidate=self._candidate)
        about = about_at_receipt(incident, timeline[0])
        promises = {key: self._other(given[key], about) for key in named}
        return _beside(_outcomes(was, self._as_of), _outcomes(_under(timeline, promises), self._as_of))

    def _given(self, given: GivenPromise) -> Promise:
        if given.pk not in self._was:
            self._was[given.pk] = promise_of(given)
        return self._was[given.pk]

    def _other(self, given: GivenPromise, about: About) -> Promise:
        key = given.pk, about
        if key not in self._would:
            try:
                self._would[key] = promise_under(self._candidate, given, about=about)
            except Uncomputable as reason:
                self._would[key] = reason
        found = self._would[key]
        if isinstance(found, Uncomputable):
            raise Uncomputable(str(found))
        return found


def require_severities(incident: Incident, timeline: Sequence[Event], *, candidate: PolicyVersion) -> None:
    """A number means the same severity where both policies call it the same. Raises ``Uncomputable``."""
    had, has = policy_of(incident.policy_version), policy_of(candidate)
    for number in sorted({event.data["severity"] for event in timeline if "severity" in event.data}):
        if had.scale[number - 1] not in has.scale[number - 1 : number]:
            raise Uncomputable(_NO_SEVERITY.format(name=had.severity_numbered(number).name))


def about_at_receipt(incident: Incident, reported: Event) -> About:
    """What an incident was about when it was received, whatever was corrected later."""
    said = {name: reported.data.get(name, "") for name in ("product", "component", "environment")}
    channel = Incident.Channel(incident.channel).in_a_policy
    return About(**said, channel=channel, received_at=incident.received_at)


def promise_under(candidate: PolicyVersion, given: GivenPromise, *, about: About) -> Promise:
    """What was given, had the candidate been in force. Raises ``Uncomputable``."""
    try:
        other = given_under(candidate, given, about=about)
        if other is not None:
            return promise_of(other)
    except UnknownLevel:
        raise Uncomputable(_NO_LEVEL.format(name=policy_of(given.version).level(given.level).name)) from None
    except PolicyFileErrors as errors:
        raise Uncomputable(_NO_SLA.format(problem=errors.problems[0])) from None
    raise Uncomputable(_NO_LICENCE)


def _under(timeline: Sequence[Event], promises: Mapping[int, Promise]) -> tuple[Commitment, ...]:
    try:
        return under(timeline, promises)
    except (NeverDue, OutsideTheCalendar) as error:
        raise Uncomputable(str(error)) from None


def _outcomes(found: Sequence[Commitment], as_of: datetime) -> dict[tuple[str, int], str]:
    return {(each.metric, each.nth): outcome_at(each, as_of) for each in found}


def _beside(was: Mapping[tuple[str, int], str], would: Mapping[tuple[str, int], str]) -> tuple[Compared, ...]:
    places = dict.fromkeys([*was, *would])
    return tuple(Compared(*place, was.get(place, OUTSIDE_LEVEL), would.get(place, OUTSIDE_LEVEL)) for place in places)
