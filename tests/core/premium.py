"""The page's Premium level and its neighbours as core values, and a timeline written in a few words a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import Commitment, commitments
from watchkeeper.core.facts import Facts, facts_of
from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours, Schedule, Window
from watchkeeper.core.policy import EscalationRules, Level, OperatingHours, Policy, Severity, Target
from watchkeeper.core.promise import Promise, effective
from watchkeeper.core.within import Within

CT = ZoneInfo("America/Chicago")
EIGHT_TO_FIVE = Hours(
    (Schedule("America/Chicago", tuple(Window(day, timedelta(hours=8), timedelta(hours=17)) for day in range(5))),)
)
STANDARD = OperatingHours("standard", EIGHT_TO_FIVE, "America/Chicago", "CT")
ALWAYS = OperatingHours("always", AROUND_THE_CLOCK, "America/Chicago", "CT")
SEVERITIES = tuple(
    Severity(number, str(number), name)
    for number, name in enumerate(("Critical", "High", "Medium", "Low", "Cosmetic"), start=1)
)


def within(text: str) -> Within:
    return Within.parse(text)


def target(metric: str, severity: int, limit: str, operating: OperatingHours, goal: str | None = None) -> Target:
    return Target(metric, severity, within(limit), operating, within(goal) if goal else None)


ESCALATION = EscalationRules(frozenset({1, 2, 3}), within("2h"), (Fraction(1, 2), Fraction(4, 5)))
BREAK_FIX = Level(
    key="break-fix",
    name="Break-Fix",
    targets=tuple(target("acknowledgement", severity, "24h", STANDARD) for severity in (1, 2)),
    escalation=ESCALATION,
    operating=STANDARD,
    included_in_licence=True,
)
PREMIUM = Level(
    key="premium",
    name="Premium",
    targets=(
        target("acknowledgement", 1, "2h", ALWAYS, goal="15m"),
        target("acknowledgement", 2, "4h", ALWAYS, goal="15m"),
        target("acknowledgement", 3, "8h", STANDARD),
        target("acknowledgement", 4, "24h", STANDARD),
        target("acknowledgement", 5, "48h", STANDARD),
    ),
    escalation=ESCALATION,
    operating=ALWAYS,
)
WITH_UPDATES = Level(
    key="updates",
    name="With updates and resolution",
    targets=(
        *PREMIUM.targets,
        *(target("update", severity, "3h", ALWAYS) for severity in (1, 2, 3)),
        *(target("resolution", severity, "12h", ALWAYS) for severity in (1, 2, 3)),
    ),
    escalation=ESCALATION,
    operating=ALWAYS,
)
POLICY = Policy(
    name="production-support",
    vendor="Example",
    zone="America/Chicago",
    severities=SEVERITIES,
    operating={"standard": STANDARD, "always": ALWAYS},
    levels=(BREAK_FIX, PREMIUM, WITH_UPDATES),
    contacts={},
    default_severity=2,
)


def promise(level: Level = PREMIUM) -> Promise:
    return effective(POLICY, level)


def at(written: str) -> datetime:
    """``2026-03-02 10:00`` on the wall in Chicago, in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=CT).astimezone(UTC)


def event(kind: str, when: str | datetime, **data: Any) -> t.Event:
    instant = at(when) if isinstance(when, str) else when
    return t.Event(kind, instant, instant, data)


def reported(when: str | datetime, severity: int, key: str | None = "premium") -> t.Event:
    return event(t.REPORTED, when, severity=severity, promise=key)


PROMISES = {level.key: promise(level) for level in (BREAK_FIX, PREMIUM, WITH_UPDATES)}


def fold(*timeline: t.Event) -> tuple[Facts, tuple[Commitment, ...]]:
    facts = facts_of(timeline)
    return facts, commitments(facts, PROMISES)


def the(metric: str, *timeline: t.Event, nth: int = 1) -> Commitment:
    """The one commitment of a metric that a timeline leads to."""
    return next(c for c in fold(*timeline)[1] if (c.metric, c.nth) == (metric, nth))
