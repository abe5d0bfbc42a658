"""The effect of a text before it is a version, counted over the desk's own incidents."""

from __future__ import annotations

from datetime import timedelta
from operator import itemgetter

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.policy_texts import (
    CRITICAL_AS_0,
    FASTER,
    NOTHING_IN_THE_LICENCE,
    SLOWER,
    TEXT,
    WITHOUT_COSMETIC,
    WITHOUT_PREMIUM,
    replaced,
)
from tests.stage import chicago
from watchkeeper.config import demo
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.office.publishing.effect import replayed
from watchkeeper.people import clock as desk_clock
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, Licence
from watchkeeper.policies.publishing import candidate, publish


def effect_of(text: str) -> dict:
    return replayed(candidate(text), as_of=desk_clock.now())


@pytest.fixture
def answered_late(cast, report, clock):
    """Premium, High, reported at ten and acknowledged at one: within four hours and not within two."""
    incident = report(cast.petra, 2)
    clock.set(chicago("2026-03-02 13:00"))
    verbs.acknowledge(incident, by=cast.ana)
    return incident


def test_what_was_kept_and_would_be_missed_is_counted_and_named(answered_late):
    effect = effect_of(FASTER)
    assert effect["rows"] == [
        {
            "level": "Premium",
            "number": 2,
            "severity": "High",
            "metric": "acknowledgement",
            "all": 1,
            "was": {"met": 1, "breached": 0},
            "would": {"met": 0, "breached": 1},
        }
    ]
    assert effect["changed"] == 1
    assert effect["changes"] == [
        {
            "reference": answered_late.reference,
            "account": "Premier",
            "level": "Premium",
            "severity": "High",
            "changes": [{"metric": "acknowledgement", "nth": 1, "was": "met", "would": "breached"}],
        }
    ]


def test_what_was_missed_and_would_be_kept_is_counted_too(cast, report, clock, answered_late):
    incident = report(cast.petra, 2)
    clock.advance(timedelta(hours=5))
    verbs.acknowledge(incident, by=cast.ana)
    effect = effect_of(SLOWER)
    (row,) = effect["rows"]
    assert (row["was"], row["would"]) == ({"met": 1, "breached": 1}, {"met": 2, "breached": 0})
    assert [change["reference"] for change in effect["changes"]] == [incident.reference]


@pytest.mark.long
def test_the_same_text_changes_nothing_in_a_whole_past(django_db_setup, django_db_blocker, tmp_path, monkeypatch):
    monkeypatch.setenv("WATCHKEEPER_VAR", str(tmp_path))
    with django_db_blocker.unblock(), transaction.atomic():
        stand_for_the_desk()
        demo.fill()
        effect = effect_of(TEXT)
        looked_at = Incident.objects.filter(received_at__gte=desk_clock.now() - timedelta(days=90))
        assert effect["incidents"] == looked_at.count() > 25
        assert (effect["changes"], effect["uncomputable"]) == ([], 0)
        assert len(effect["rows"]) > 8
        assert all(row["was"] == row["would"] for row in effect["rows"])
        transaction.set_rollback(True)


def test_the_sla_and_the_agreement_are_those_of_the_receipt(cast, report, clock):
    """Contracted within half an hour and answered after twenty minutes; the SLA is gone since, and counts still."""
    incident = report(cast.clara, 1)
    clock.advance(timedelta(minutes=20))
    verbs.acknowledge(incident, by=cast.ana)
    Agreement.objects.filter(account=cast.contracted).update(sla_text="", level="advanced")
    (row,) = effect_of(replaced("1: {within: 2h, goal: 15m,", "1: {within: 10m, goal: 5m,"))["rows"]
    assert (row["level"], row["would"]) == ("Premium", {"met": 1, "breached": 0})


def test_an_agreement_that_pins_its_version_follows_no_draft(cast, answered_late):
    version = publish(FASTER, valid_from=chicago("2027-01-01 12:00").date())
    Agreement.objects.filter(account=cast.premium).update(pinned_version=version)
    assert effect_of(FASTER)["changed"] == 0


def test_what_is_still_open_is_told_as_it_stands_now(cast, report, clock):
    report(cast.petra, 2)
    clock.set(chicago("2026-03-02 12:30"))
    (change,) = effect_of(FASTER)["changes"]
    assert change["changes"] == [{"metric": "acknowledgement", "nth": 1, "was": "open", "would": "breached"}]


def test_what_was_outside_the_level_and_would_be_promised_is_told(cast, report):
    report(cast.ada, 3)
    more = replaced(
        '      2: {within: 12h, published_as: "Within 12 hours, before escalation."}\n',
        '      2: {within: 12h, published_as: "Within 12 hours, before escalation."}\n      3: 24h\n',
    )
    (change,) = effect_of(more)["changes"]
    assert [(each["was"], each["would"]) for each in change["changes"]] == [("outside_level", "open")]


@pytest.mark.parametrize(
    ("who", "severity", "text", "reason"),
    [
        ("petra", 1, WITHOUT_PREMIUM, "the level Premium is gone"),
        ("petra", 5, WITHOUT_COSMETIC, "the severity Cosmetic is gone"),
        ("basil", 1, NOTHING_IN_THE_LICENCE, "a licence includes no level any more"),
        ("clara", 2, CRITICAL_AS_0, "its SLA is not sound there"),
        ("petra", 1, CRITICAL_AS_0, "the severity Critical is gone"),
    ],
)
def test_an_incident_that_cannot_be_computed_is_named_with_its_reason(cast, report, who, severity, text, reason):
    incident = report(getattr(cast, who), severity)
    effect = effect_of(text)
    assert effect["uncomputable"] == 1
    (told,) = effect["uncomputables"]
    assert told["reference"] == incident.reference
    assert told["reason"].startswith(reason)
    assert effect["rows"] == []


def test_without_entitlement_there_is_nothing_to_change(cast, report):
    Licence.objects.filter(account=cast.basic).delete()
    report(cast.basil, 1)
    effect = effect_of(FASTER)
    assert (effect["incidents"], effect["without_promise"], effect["rows"]) == (1, 1, [])


def test_ninety_days_count_and_the_first_fifty_are_named(cast, report, clock):
    old = report(cast.petra, 2)
    clock.set(chicago("2026-06-02 10:00"))
    new = [report(cast.petra, 2).reference for _ in range(52)]
    clock.advance(timedelta(hours=3))
    effect = effect_of(FASTER)
    assert (effect["incidents"], effect["changed"], len(effect["changes"])) == (52, 52, 50)
    assert old.reference not in map(itemgetter("reference"), effect["changes"])
    assert set(map(itemgetter("reference"), effect["changes"])) < set(new)


def test_levels_stand_in_the_texts_order_and_severities_below_them(cast, report):
    for who, severity in ((cast.petra, 3), (cast.petra, 1), (cast.ada, 2), (cast.basil, 1)):
        report(who, severity)
    assert [(row["level"], row["number"]) for row in effect_of(TEXT)["rows"]] == [
        ("Break-Fix", 1),
        ("Advanced", 2),
        ("Premium", 1),
        ("Premium", 3),
    ]


def test_circumstances_that_only_the_new_text_looks_at_count(cast, report):
    Agreement.objects.filter(account=cast.premium).update(period=DateRange(chicago("2026-01-01 12:00").date(), None))
    incident = report(cast.petra, 2, environment="production")
    verbs.describe(incident, by=cast.ana, product="", component="", environment="staging")
    text = replaced(
        "    escalation: {eligible: [1, 2, 3]}\n",
        "    escalation: {eligible: [1, 2, 3]}\n"
        "    variants:\n"
        "      - when: {environment: production, agreed_since: 2026-01-01}\n"
        "        acknowledgement: {2: none, 3: none, 4: none, 5: none}\n",
    )
    (change,) = effect_of(text)["changes"]
    assert [(each["was"], each["would"]) for each in change["changes"]] == [("open", "outside_level")]
