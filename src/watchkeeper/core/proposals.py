"""What an account's own incidents suggest to recommend. A person accepts or drops each proposal; none leaves the desk.

Four rules look, each with a threshold that it says. What was judged once is not proposed again: of its subject a rule
then needs enough incidents received since. Given the same, they propose the same, in one order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import comb
from typing import NamedTuple

from watchkeeper.core.day_names import WEEKDAYS
from watchkeeper.core.effect import RARE, at_least
from watchkeeper.core.said import Said, sentence
from watchkeeper.core.zones import local_time

PROACTIVE_GUIDANCE = "proactive guidance"
STRATEGIC_INSIGHT = "strategic insight"
PERFORMANCE_OPTIMISATION = "performance optimisation"
KINDS = (PROACTIVE_GUIDANCE, STRATEGIC_INSIGHT, PERFORMANCE_OPTIMISATION)

WORST = "worst"  # a component with several incidents of the most severe severity
ALERT = "alert"  # the same alert again and again
HOUR = "hour"  # acknowledgement slow at one weekday and hour
GROWTH = "growth"  # a component of which more and more is reported
COMPONENT = "component"  # all of a component: no rule proposes it, a person can choose to count it
SORTS = (WORST, ALERT, HOUR, GROWTH, COMPONENT)

MONTH = timedelta(days=30)
SEASON = timedelta(weeks=12)
WORST_AT_LEAST, ALERTS_AT_LEAST, GROWN_AT_LEAST, JUDGED_AT_LEAST = 3, 5, 5, 5
ALMOST_LATE = Fraction(4, 5)
LONGEST = 200
"""Of a subject's name, in characters."""


class Subject(NamedTuple):
    """What a proposal is about, and what is counted to see whether it helped. ``name`` is a component, an alert, or
    weekday (0 is Monday) and hour, ``0 08``; ``product`` is that of a component."""

    sort: str
    name: str
    product: str = ""

    @property
    def called(self) -> str:
        """The component, with its product."""
        return f"{self.product} · {self.name}" if self.product else self.name


class Case(NamedTuple):
    """An incident as these rules see it. ``is_slow``: see ``was_slow``."""

    key: int
    received_at: datetime
    severity: int
    title: str
    product: str = ""
    component: str = ""
    is_alert: bool = False
    is_slow: bool | None = None


class Proposed(NamedTuple):
    """A proposal: why, by which threshold, and the incidents (their keys, oldest first) that show it."""

    subject: Subject
    kind: str
    says: Said
    threshold: Said
    evidence: tuple[int, ...]


class Account(NamedTuple):
    """What is looked at: cases of at least twelve weeks, the zone that weekdays and hours are read in, what the most
    severe severity is called, and when the account's first incident came."""

    cases: Sequence[Case]
    zone: str
    worst: str
    began_at: datetime | None


Judged = Mapping[Subject, datetime]
"""When somebody judged a subject last: what was received until then is no news of it."""


def proposals(account: Account, judged_at: Judged, *, now: datetime) -> list[Proposed]:
    """What to propose at ``now``."""
    cases = sorted((case for case in account.cases if case.received_at <= now), key=lambda case: case.key)
    account = account._replace(cases=cases)
    return [each for rule in _RULES for each in rule(account, judged_at, now)]


def is_of(subject: Subject, case: Case, zone: str) -> bool:
    """Whether an incident is one of those that a subject is about."""
    if subject.sort == ALERT:
        return case.is_alert and alert_of(case.title) == subject.name
    if subject.sort == HOUR:
        return bool(case.is_slow) and slot_of(case.received_at, zone) == subject.name
    of_component = (case.product, case.component) == (subject.product, subject.name)
    return of_component and (subject.sort != WORST or case.severity == 1)


def was_slow(
    *, starts_at: datetime, due_at: datetime | None, done_at: datetime | None, is_breached: bool
) -> bool | None:
    """Whether an acknowledgement came late, or after four fifths of the way to its due time; ``None``: open yet."""
    if is_breached:
        return True
    if due_at is None or done_at is None:
        return None
    return done_at - starts_at > (due_at - starts_at) * ALMOST_LATE.numerator / ALMOST_LATE.denominator


def alert_of(title: str) -> str:
    """What an alert is called whatever numbers stand in it: ``node-17 above 90 %`` is ``node-# above # %``."""
    return re.sub(r"\d+(?:[.,]\d+)*", "#", " ".join(title.casefold().split()))[:LONGEST]


def slot_of(at: datetime, zone: str) -> str:
    """The weekday and hour of an instant in a zone, as a subject names it."""
    local = local_time(at, zone)
    return f"{local.weekday()} {local.hour:02}"


def slot_said(slot: str) -> tuple[Said, str]:
    """``Mon`` and ``08:00–09:00``."""
    weekday, hour = map(int, slot.split())
    return WEEKDAYS[weekday], f"{hour:02}:00–{(hour + 1) % 24:02}:00"


def _worst(account: Account, judged_at: Judged, now: datetime) -> Iterator[Proposed]:
    severe = [case for case in _since(account.cases, now - MONTH) if case.severity == 1 and case.component]
    for subject, cases in _by(severe, lambda case: Subject(WORST, case.component, case.product), judged_at):
        if len(cases) < WORST_AT_LEAST:
            continue
        says = sentence(
            "{component} had {count} incidents of severity {severity} within {days} days",
            component=subject.called,
            count=len(cases),
            severity=account.worst,
            days=MONTH.days,
        )
        threshold = sentence("{count} or more within {days} days", count=WORST_AT_LEAST, days=MONTH.days)
        yield Proposed(subject, PROACTIVE_GUIDANCE, says, threshold, _keys(cases))


def _alerts(account: Account, judged_at: Judged, now: datetime) -> Iterator[Proposed]:
    alerts = [case for case in _since(account.cases, now - MONTH) if case.is_alert]
    for subject, cases in _by(alerts, lambda case: Subject(ALERT, alert_of(case.title)), judged_at):
        if len(cases) < ALERTS_AT_LEAST:
            continue
        says = sentence(
            "The alert “{alert}” came {count} times within {days} days",
            alert=cases[-1].title,
            count=len(cases),
            days=MONTH.days,
        )
        threshold = sentence("{count} or more within {days} days", count=ALERTS_AT_LEAST, days=MONTH.days)
        yield Proposed(subject, PERFORMANCE_OPTIMISATION, says, threshold, _keys(cases))


def _hours(account: Account, judged_at: Judged, now: datetime) -> Iterator[Proposed]:
    """More slow ones than elsewhere, by Fisher's exact test on one side, divided by how many hours are looked at."""
    judged = [case for case in _since(account.cases, now - SEASON) if case.is_slow is not None]
    subject_of = {case.key: Subject(HOUR, slot_of(case.received_at, account.zone)) for case in judged}
    all_of = Counter(subject_of.values())
    slow_of = Counter(subject_of[case.key] for case in judged if case.is_slow)
    slots = _by(judged, lambda case: subject_of[case.key], judged_at)
    looked_at = [(subject, cases) for subject, cases in slots if len(cases) >= JUDGED_AT_LEAST]
    for subject, cases in looked_at:
        slow = [case for case in cases if case.is_slow]
        if 2 * len(slow) <= len(cases):
            continue
        elsewhere = len(judged) - all_of[subject]
        slow_elsewhere = slow_of.total() - slow_of[subject]
        chance = _drawn_by_chance(len(slow), len(cases), slow_elsewhere, elsewhere)
        if chance * len(looked_at) >= RARE:
            continue
        weekday, hours = slot_said(subject.name)
        says = sentence(
            "Of {count} reports on {weekday} {hours} ({zone}), {slow} were acknowledged late or nearly so; at other "
            "times {slow_elsewhere} of {elsewhere}",
            count=len(cases),
            weekday=weekday,
            hours=hours,
            zone=account.zone,
            slow=len(slow),
            slow_elsewhere=slow_elsewhere,
            elsewhere=elsewhere,
        )
        threshold = sentence(
            "more than half of {count} or more within {weeks} weeks, and more than chance among {looked_at} such hours "
            "would bring once in {times} times",
            count=JUDGED_AT_LEAST,
            weeks=SEASON.days // 7,
            looked_at=len(looked_at),
            times=RARE.denominator,
        )
        yield Proposed(subject, STRATEGIC_INSIGHT, says, threshold, _keys(slow))


def _growth(account: Account, judged_at: Judged, now: datetime) -> Iterator[Proposed]:
    """More than in the month before, by the count of ``core.effect`` on one side, divided by how many are looked at.

    While the account's first incident is younger than both months, everything grows: nothing is said.
    """
    if account.began_at is None or account.began_at > now - 2 * MONTH:
        return

    def subject_of(case: Case) -> Subject:
        return Subject(GROWTH, case.component, case.product)

    named = [case for case in _since(account.cases, now - 2 * MONTH) if case.component]
    earlier = Counter(subject_of(case) for case in named if case.received_at <= now - MONTH)
    recent = _by(_since(named, now - MONTH), subject_of, judged_at)
    looked_at = [(subject, cases) for subject, cases in recent if len(cases) >= GROWN_AT_LEAST]
    for subject, cases in looked_at:
        before = earlier[subject]
        after = len(cases)
        if after <= before or at_least(after, before + after) * len(looked_at) >= RARE:
            continue
        says = sentence(
            "{component} grows: {after} incidents within {days} days, {before} in the {days} days before",
            component=subject.called,
            after=after,
            before=before,
            days=MONTH.days,
        )
        threshold = sentence(
            "{count} or more, and more than chance among {looked_at} such components would bring once in {times} times",
            count=GROWN_AT_LEAST,
            looked_at=len(looked_at),
            times=RARE.denominator,
        )
        yield Proposed(subject, STRATEGIC_INSIGHT, says, threshold, _keys(cases))


_RULES = (_worst, _alerts, _hours, _growth)


def _since(cases: Iterable[Case], start: datetime) -> list[Case]:
    return [case for case in cases if case.received_at > start]


def _by(
    cases: Iterable[Case], subject_of: Callable[[Case], Subject], judged_at: Judged
) -> Iterator[tuple[Subject, list[Case]]]:
    """Cases by their subject, in the order of the subjects' names, without those received until it was judged."""
    found: defaultdict[Subject, list[Case]] = defaultdict(list)
    for case in cases:
        subject = subject_of(case)
        if subject not in judged_at or case.received_at > judged_at[subject]:
            found[subject].append(case)
    for subject in sorted(found):
        yield subject, sorted(found[subject], key=lambda case: (case.received_at, case.key))


def _keys(cases: Iterable[Case]) -> tuple[int, ...]:
    return tuple(case.key for case in cases)


def _drawn_by_chance(slow: int, here: int, slow_elsewhere: int, elsewhere: int) -> Fraction:
    """The chance of so many slow ones or more among those here, were the slow ones dealt out blindly."""
    all_slow, all_of_them = slow + slow_elsewhere, here + elsewhere
    ways = (
        comb(all_slow, each) * comb(all_of_them - all_slow, here - each)
        for each in range(slow, min(here, all_slow) + 1)
    )
    return Fraction(sum(ways), comb(all_of_them, here))
