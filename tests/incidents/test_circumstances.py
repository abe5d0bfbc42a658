"""A promise keeps what it depends on: the product, place and zone it was given for, and the holidays that it names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.cast import ALWAYS, POLICY
from tests.stage import chicago
from watchkeeper.incidents import verbs
from watchkeeper.incidents.reading import standing_of
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.people import clock as desk_clock
from watchkeeper.policies.models import Agreement, GivenPromise
from watchkeeper.policies.publishing import publish

VARIANT = """\
    variants:
      - when: {environment: production}
        acknowledgement: {1: 30m}
        workaround: {1: 4h}
"""


@pytest.fixture
def by_environment(cast):
    """The shipped policy with a variant of Premium, in force."""
    text = POLICY.read_text()
    publish(text + VARIANT, valid_from=date(2026, 3, 1))  # Premium is the last level of the file
    return cast


def test_the_environment_that_is_reported_decides_which_variant_is_promised(by_environment, report):
    cast = by_environment
    due = {
        environment: incident.due_at - incident.received_at
        for environment in ("production", "staging")
        for incident in [report(cast.petra, 1, environment=environment)]
    }
    assert due == {"production": timedelta(minutes=30), "staging": timedelta(hours=2)}


def test_what_is_reported_later_about_the_environment_changes_no_promise_by_itself(by_environment, report):
    cast = by_environment
    incident = report(cast.petra, 1, environment="staging")
    verbs.describe(incident, by=cast.ana, product="", component="", environment="production")
    incident.refresh_from_db()
    assert incident.due_at - incident.received_at == timedelta(hours=2)


def test_a_promise_keeps_only_the_circumstances_that_its_policy_looks_at(by_environment, report):
    cast = by_environment
    report(cast.petra, 1, environment="production", product="Gateway")
    report(cast.petra, 1, environment="production", product="Portal")
    assert [given.circumstances for given in GivenPromise.objects.all()] == [{"environment": "production"}]


def test_a_reply_that_offers_a_workaround_meets_that_promise(by_environment, report):
    cast = by_environment
    incident = report(cast.petra, 1, environment="production")
    verbs.reply(incident, by=cast.ana, text="Send the traffic to the second gateway.", reached="workaround")
    found = {one.metric: one.outcome for one in standing_of(incident).commitments}
    assert (found["acknowledgement"], found["workaround"]) == ("met", "met")


@pytest.mark.parametrize("metric", ["resolution", "lunch"])
def test_a_reply_reaches_nothing_else(by_environment, report, metric):
    incident = report(by_environment.petra, 1)
    with pytest.raises(NotPossible, match="is not reached by a message"):
        verbs.reply(incident, by=by_environment.ana, text="Done.", reached=metric)


def test_the_desk_offers_to_say_what_is_reached_only_where_that_is_promised(by_environment, report, browser_of):
    engineer = browser_of(by_environment.ana)
    production, staging = (report(by_environment.petra, 1, environment=name) for name in ("production", "staging"))
    assert 'name="reached"' in engineer.get(f"/desk/incidents/{production.reference}").content.decode()
    assert 'name="reached"' not in engineer.get(f"/desk/incidents/{staging.reference}").content.decode()
    posted = {"text": "Use the second gateway.", "reached": "workaround"}
    assert engineer.post(f"/desk/incidents/{production.reference}/replies", posted).status_code == 302
    assert production.events.filter(kind="replied", data__reached="workaround").exists()


def test_the_holidays_of_a_country_that_an_sla_names_are_kept_with_the_promise(cast, report):
    sla = "sla: Berlin\nhours:\n  berlin: {zone: Europe/Berlin, weekly: {mon-fri: 09:00-17:00}, holidays: DE}\n"
    sla += "acknowledgement: {1: {within: 2h, hours: berlin}}\n"
    Agreement.objects.filter(account=cast.contracted).update(sla_text=sla)
    report(cast.clara, 1)
    (given,) = GivenPromise.objects.all()
    assert "2026-10-03" in given.holidays["DE"]


def test_hours_of_the_customers_own_zone_and_holidays_are_theirs(cast, report):
    text = POLICY.read_text()
    weekly = next(line for line in text.splitlines() if line.strip().startswith("weekly:"))
    indent = " " * (len(weekly) - len(weekly.lstrip()))
    own = f"{indent}zone: customer\n{indent}holidays: customer\n{weekly}"
    publish(text.replace(weekly, own, 1), valid_from=date(2026, 3, 1))
    cast.advanced.zone, cast.advanced.place = "Europe/Berlin", "DE"
    cast.advanced.save()
    incident = report(cast.ada, 1)
    promise = standing_of(incident).promise
    assert promise is not None
    schedule = promise.targets["acknowledgement", 1].operating.hours.schedules[0]
    assert (schedule.zone, date(2026, 10, 3) in schedule.holidays) == ("Europe/Berlin", True)


def test_when_an_agreement_began_can_decide(cast, report):
    legacy = "    variants:\n      - {when: {agreed_before: 2018-09-17}, acknowledgement: {1: 1h}}\n"
    publish(POLICY.read_text() + legacy, valid_from=date(2026, 3, 1))
    Agreement.objects.filter(account=cast.premium).update(period=DateRange(date(2018, 1, 1), ALWAYS.upper))
    incident = report(cast.petra, 1)
    assert incident.due_at == incident.received_at + timedelta(hours=1)
    assert desk_clock.now() < incident.due_at


BY_NIGHT = """\
    variants:
      - when: {received_outside: standard}
        acknowledgement: {1: 3h}
"""


@pytest.mark.parametrize(("received", "hours"), [("2026-03-02 10:00", 2), ("2026-03-02 20:00", 3)])
def test_whether_it_came_in_support_hours_can_decide(cast, report, browser_of, clock, received, hours):
    publish(POLICY.read_text() + BY_NIGHT, valid_from=date(2026, 3, 1))
    clock.set(chicago(received))
    incident = report(cast.petra, 1)
    assert incident.due_at == incident.received_at + timedelta(hours=hours)
    (given,) = GivenPromise.objects.all()
    assert given.circumstances == {"open_hours": ["standard"] if hours == 2 else []}
    assert browser_of(cast.petra).get("/report").status_code == 200


def test_a_promise_laid_on_later_looks_at_the_receipt_and_not_at_the_hour_it_is_laid_on(cast, report, clock):
    publish(POLICY.read_text() + BY_NIGHT, valid_from=date(2026, 3, 1))
    clock.set(chicago("2026-03-02 16:55"))
    incident = report(cast.petra, 1)
    clock.set(chicago("2026-03-02 17:05"))
    verbs.apply_promise(incident, by=cast.mia)
    assert [given.circumstances for given in GivenPromise.objects.all()] == [{"open_hours": ["standard"]}]
