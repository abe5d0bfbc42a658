"""No field of a value can be forgotten: each is changed once, and what is written must say the change.

A new field, or a new kind of value, fails here until the writer says it and ``CHANGES`` has an example of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from watchkeeper.core.circumstances import When
from watchkeeper.core.hours import AROUND_THE_CLOCK, DatedException, Hours, Schedule, Window
from watchkeeper.core.named_contacts import Band, NamedContacts
from watchkeeper.core.offer import Credit, Limit, Maintenance, Offer, Share, SharedPromise
from watchkeeper.core.policy import (
    Cadence,
    Contact,
    CustomersOwn,
    EscalationRules,
    Level,
    OperatingHours,
    Overlay,
    Policy,
    Priority,
    Rung,
    Severity,
    SeverityMatrix,
    Target,
    Tier,
    Variant,
)
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.core.policy_file.writing import written, written_sla
from watchkeeper.core.promise import Sla
from watchkeeper.core.within import Within

HOUR = timedelta(hours=1)

POLICY = read_policy("""\
policy: rich
zone: America/Chicago
zone_label: CT
severities: {1: {name: Critical, definition: Down.}, 2: High, 3: Low}
default_severity: 2
priorities: {now: Now, soon: {name: Soon, definition: This week.}}
severity_matrix: {wide: {high: 1, low: 2}, narrow: {high: 2, low: 3}}
hours:
  office:
    weekly: {monday-friday: 08:00-17:00}
    holidays: 2026-12-24
    exceptions: {2026-12-31: 09:00-12:00}
  local: {zone: {of: customer, one_of: [Europe/Berlin, Asia/Tokyo]}, weekly: around the clock}
  always: around the clock
contacts:
  escalation: {name: Distribution, emails: [breaches@vendor.example]}
  desk: {name: Desk, emails: [desk@vendor.example]}
levels:
  basic:
    name: Basic
    hours: office
    acknowledgement: {1: {within: 4h, goal: 15m, share: 95%}}
    resolution: {1: 9h}
    escalation:
      ladder: [{after: 1h, tells: managers, since: receipt}]
      path: [{name: Boss, contact: desk}]
    limits: [{of: cases, at_most: 10, each: month}]
    credits: [{after: 4 missed updates, each: quarter, worth: a fee}]
    shares: [{of: 90%, metric: update}]
    maintenance: [{hours: local}]
    named_contacts: {at_most: {250: 20, 1000: 40}, by: seats}
    variants:
      - when: {product: Gateway}
        acknowledgement: {1: 2h}
  gold:
    hours: {1: always, others: local}
    update: {1: {within: 1h, then: [{once: workaround, within: 5h}]}}
  more: {hours: office, escalation: {ladder: []}}
""")
BASIC = POLICY.level("basic")
ALWAYS, LOCAL = POLICY.operating["always"], POLICY.operating["local"]
DESK = POLICY.contacts["desk"]
NIGHTS = Window(0, 22 * HOUR, 30 * HOUR)
SLA = read_sla("{sla: Acme, acknowledgement: {1: 1h}, variants: [{when: {region: EU}, hours: always}]}", POLICY, BASIC)

DERIVED = {
    (Severity, "number"): "its place in the scale",
    (OperatingHours, "name"): "its key under hours",
    (Sla, "looks_at"): "what its variants look at",
    (Maintenance, "called"): "what its hours are published as",
}

CHANGES: dict[type, dict[str, dict[str, Any]]] = {
    Policy: {
        "name": {"name": "poor"},
        "vendor": {"vendor": "Vendor: Ltd"},
        "zone": {"zone": "Europe/Berlin"},
        "severities": {"severities": (*POLICY.severities, Severity(4, "4", "Cosmetic"))},
        "operating": {"operating": {**POLICY.operating, "more": ALWAYS._replace(name="more")}},
        "levels": {"levels": POLICY.levels[::-1]},
        "contacts": {"contacts": {**POLICY.contacts, "more": Contact("More")}},
        "default_severity": {"default_severity": 3},
        "zone_label": {"zone_label": "Central"},
        "title": {"title": "Support"},
        "severity_heading": {"severity_heading": "Priority"},
        "definition_heading": {"definition_heading": "Meaning"},
        "contacts_heading": {"contacts_heading": "Reach us"},
        "close_after": {"close_after": timedelta(days=7)},
        "reacknowledge_on_raise": {"reacknowledge_on_raise": True},
        "terms": {"terms": "As agreed."},
        "severity_matrix": {"severity_matrix": None},
        "priorities": {"priorities": (Priority("Now"), Priority("Now"))},
    },
    Severity: {"key": {"key": "P1"}, "name": {"name": "Worst"}, "definition": {"definition": ""}},
    Priority: {"name": {"name": "At once"}, "definition": {"definition": "Today."}},
    SeverityMatrix: {
        "impacts": {"impacts": ("wide", "small")},
        "urgencies": {"urgencies": ("now", "later")},
        "severities": {"severities": ((1, 3), (2, 3))},
    },
    OperatingHours: {
        "hours": {"hours": Hours((Schedule("America/Chicago", AROUND_THE_CLOCK.schedules[0].weekly),))},
        "zone": {"zone": "Europe/Berlin", "zone_label": None},
        "zone_label": {"zone_label": "Central"},
        "published_as": {"published_as": "Office Hours"},
        "own": {"own": CustomersOwn(with_holidays=True)},
    },
    CustomersOwn: {
        "in_zone": {"in_zone": False, "one_of": (), "with_holidays": True},
        "one_of": {"one_of": ("Asia/Tokyo",)},
        "with_holidays": {"with_holidays": True},
    },
    Hours: {"schedules": {"schedules": (Schedule("Asia/Tokyo", (NIGHTS,)), Schedule("Europe/Berlin", (NIGHTS,)))}},
    Schedule: {
        "zone": {"zone": "Asia/Tokyo"},
        "weekly": {"weekly": (NIGHTS,)},
        "holidays": {"holidays": frozenset({date(2026, 5, 1)})},
        "exceptions": {"exceptions": ()},
    },
    Window: {
        "weekday": {"weekday": 6},
        "opens": {"opens": 7 * HOUR},
        "closes": {"closes": 18 * HOUR},
        "closes_zone": {"closes_zone": "Europe/Berlin"},
    },
    DatedException: {"day": {"day": date(2027, 1, 2)}, "windows": {"windows": ()}},
    Level: {
        "key": {"key": "first"},
        "name": {"name": "First"},
        "targets": {"targets": BASIC.targets[1:]},
        "escalation": {"escalation": EscalationRules(frozenset(), Within.parse("1h"))},
        "operating": {"operating": LOCAL},
        "included_in_licence": {"included_in_licence": True},
        "title": {"title": "Basic support"},
        "introduction": {"introduction": ("First.", "Then.")},
        "conditions": {"conditions": "None."},
        "response_heading": {"response_heading": "Answer"},
        "on_call": {"on_call": DESK},
        "features": {"features": ("reviews",)},
        "variants": {"variants": ()},
        "said_instead": {"said_instead": ((("update", 2), "best effort"), (("update", 3), "Next release"))},
        "definitions": {"definitions": ((2, "Half down."),)},
        "begins": {"begins": "dispatch"},
        "offer": {"offer": Offer()},
        "named_hours": {"named_hours": ((2, ALWAYS),)},
    },
    Target: {
        "metric": {"metric": "restoration"},
        "severity": {"severity": 2},
        "within": {"within": Within.parse("5h")},
        "operating": {"operating": ALWAYS},
        "goal": {"goal": None},
        "published_as": {"published_as": "Soon"},
        "begins": {"begins": "dispatch"},
        "share": {"share": None},
        "then": {
            "metric": "update",
            "then": (Cadence(Within.parse("2h"), LOCAL, "", Within.parse("0m")),),
        },
    },
    Cadence: {
        "within": {"within": Within.parse("3h")},
        "operating": {"operating": LOCAL},
        "once": {"once": "diagnosis"},
        "after": {"once": "", "after": Within("elapsed", 2 * HOUR, starts="receipt")},
    },
    Within: {
        "counting": {"counting": "elapsed"},
        "length": {"length": 3 * HOUR},
        "days": {"counting": "calendar_days", "length": None, "days": 2},
        "until_closing": {"counting": "business_days", "length": None, "days": 2, "until_closing": True},
        "starts": {"counting": "elapsed", "starts": "receipt"},
        "cut_off": {"counting": "business_days", "length": None, "days": 2, "cut_off": 12 * HOUR},
        "by": {"counting": "business_days", "length": None, "days": 1, "by": 10 * HOUR},
    },
    Share: {"of": {"of": Fraction(1, 3)}, "each": {"each": "year"}, "at_least": {"at_least": 20}},
    SharedPromise: {
        "share": {"share": Share(Fraction(1, 3), "year", 20)},
        "metric": {"metric": "resolution"},
        "severities": {"severities": (1, 2)},
        "leaves_out": {"leaves_out": ("spam",)},
    },
    EscalationRules: {
        "eligible": {"eligible": frozenset()},
        "answer_within": {"answer_within": Within.parse("1h")},
        "warnings": {"warnings": (Fraction(1, 3),)},
        "ladder": {"ladder": ()},
        "customer_after": {"customer_after": Within.parse("3h")},
        "path": {"path": ()},
    },
    Rung: {
        "after": {"after": Within.parse("2h")},
        "tells": {"tells": ("assignee", "on call")},
        "since": {"since": "breach"},
        "lasts": {"lasts": "unacknowledged"},
        "severities": {"severities": frozenset({1, 2})},
    },
    Tier: {
        "name": {"name": "Head"},
        "contact": {"contact": None},
        "after": {"after": Within.parse("2h")},
        "says": {"says": "In person."},
        "operating": {"operating": LOCAL},
    },
    Contact: {
        "name": {"name": "Team"},
        "emails": {"emails": ("one@vendor.example", "two@vendor.example")},
        "phone": {"phone": "+1 555"},
        "remark": {"remark": "By day"},
        "is_public": {"is_public": False},
    },
    Offer: {
        "channels": {"channels": ((1, ("phone",)), (0, ("web", "mail")))},
        "emergency": {"emergency": "Call."},
        "named_contacts": {"named_contacts": NamedContacts((Band(4),))},
        "limits": {"limits": ("Few.",)},
        "languages": {"languages": ("en", "ja")},
        "staff": {"staff": "Engineers."},
        "maintenance": {"maintenance": ("On Sundays.",)},
        "credits": {"credits": ("None.",)},
        "shares": {"shares": (SharedPromise(Share(Fraction(1, 2), "month"), "update"),)},
        "not_covered": {"not_covered": ("Betas.",)},
        "response_means": {"response_means": "A person answers."},
        "severity_rules": {"severity_rules": "By impact."},
        "closing_rules": {"closing_rules": "After a month."},
        "offered_from": {"offered_from": date(2026, 1, 1)},
        "offered_to": {"offered_to": date(2027, 1, 1)},
    },
    NamedContacts: {
        "bands": {"bands": (Band(4),), "who": "engineers"},
        "by": {"by": "subscriptions"},
        "more": {"more": 1, "for_each": 50},
        "for_each": {"more": 2, "for_each": 100},
        "who": {"who": "engineers"},
    },
    Band: {"at_most": {"at_most": 30}, "up_to": {"up_to": 300}},
    Maintenance: {"hours": {"hours": "always", "called": "always"}, "notice": {"notice": "two days"}},
    Limit: {"of": {"of": "calls"}, "at_most": {"at_most": 5}, "each": {"each": ""}},
    Credit: {
        "after": {"after": 1},
        "metric": {"metric": "diagnosis"},
        "each": {"each": "year"},
        "worth": {"worth": "a day"},
        "claim": {"claim": "In writing."},
    },
    Variant: {
        "when": {"when": When((("channel", ("phone", "chat")),))},
        "terms": {"terms": Overlay(features=("reviews",))},
    },
    When: {
        "words": {"words": (("region", ("EU", "US")),)},
        "agreed_since": {"agreed_since": date(2026, 1, 1)},
        "agreed_before": {"agreed_before": date(2026, 1, 1)},
        "received_in": {"received_in": ("office", "always")},
        "received_outside": {"received_outside": ("local",)},
    },
    Overlay: {
        "targets": {"targets": ()},
        "withdrawn": {"targets": (), "withdrawn": (("acknowledgement", 1),)},
        "said_instead": {"said_instead": ((("update", 1), "as agreed"),)},
        "escalation": {"escalation": replace(BASIC.escalation, answer_within=Within.parse("30m"))},
        "contacts": {"contacts": {"own": Contact("Own")}},
        "on_call": {"on_call": DESK},
        "features": {"features": ("reviews",)},
        "offer": {"offer": Offer(languages=("en",))},
        "most_severe": {"most_severe": 2},
    },
    Sla: {
        "name": {"name": "Other"},
        "terms": {"terms": Overlay(features=("reviews",))},
        "variants": {"variants": (), "looks_at": frozenset()},
        "operating": {"operating": {"own": ALWAYS._replace(name="own")}},
    },
}


def names(kind: type) -> list[str]:
    if is_dataclass(kind):
        return [field.name for field in fields(kind) if field.init]
    return list(kind._fields)  # type: ignore[attr-defined]


def values(value: Any) -> Iterator[Any]:
    """The value with every record inside of it."""
    if is_record(value):
        yield value
        yield from values([getattr(value, name) for name in names(type(value))])
    elif isinstance(value, Mapping):
        yield from values(list(value.values()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from values(item)


def is_record(value: Any) -> bool:
    return is_dataclass(value) or hasattr(value, "_fields")


def exchanged(value: Any, old: Any, new: Any) -> Any:
    """The value with ``new`` wherever it holds ``old``."""
    if type(value) is type(old) and value == old:
        return new
    if is_record(value):
        return type(value)(**{name: exchanged(getattr(value, name), old, new) for name in names(type(value))})
    if isinstance(value, Mapping):
        return {key: exchanged(item, old, new) for key, item in value.items()}
    return tuple(exchanged(item, old, new) for item in value) if isinstance(value, tuple) else value


def test_every_kind_of_value_and_every_field_of_it_has_an_example() -> None:
    kinds = {type(value) for value in values([POLICY, SLA])}
    every_field = {(kind, name) for kind in kinds for name in names(kind)}
    assert every_field - DERIVED.keys() == {(kind, name) for kind, changes in CHANGES.items() for name in changes}


@pytest.mark.property
@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, changes in CHANGES.items() if kind is not Sla for name in changes],
    ids=lambda given: given if isinstance(given, str) else given.__name__,
)
def test_a_field_of_a_policy_is_written(kind: type, name: str) -> None:
    old = next(value for value in values(POLICY) if type(value) is kind)
    changed = exchanged(POLICY, old, exchanged_field(old, CHANGES[kind][name]))
    text = written(changed)
    assert text != written(POLICY)
    assert read_policy(text) == changed


def exchanged_field(old: Any, change: dict[str, Any]) -> Any:
    return type(old)(**{name: getattr(old, name) for name in names(type(old))} | change)


@pytest.mark.property
@pytest.mark.parametrize("name", CHANGES[Sla])
def test_a_field_of_an_sla_is_written(name: str) -> None:
    changed = exchanged_field(SLA, CHANGES[Sla][name])
    text = written_sla(changed, POLICY, BASIC)
    assert text != written_sla(SLA, POLICY, BASIC)
    assert read_sla(text, POLICY, BASIC) == changed
