"""A better promise for the open incidents of an account: seen before it is laid on, and never later by itself."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import ALWAYS, SLA
from tests.office.agreement_pages import agreement_of, post, said
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.core import timeline as t
from watchkeeper.incidents.models import Event
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, Licence


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


def address(slug: str) -> str:
    return f"{reverse('desk-policy-promises')}?account={slug}"


def seen(browser, slug: str) -> str:
    shown = words_of(browser.get(address(slug)).content)
    stand_for_the_desk()
    return shown


def apply(browser, slug: str, **given: object):
    answer = browser.post(address(slug), given)
    stand_for_the_desk()
    return answer


def due_of(incident):
    stand_for_the_desk()
    found = Commitment.objects.of_incident(incident.pk).filter(metric="acknowledgement").first()
    return found.due_at if found else None


def applied(incident) -> list[dict]:
    return list(Event.objects.filter(incident=incident, kind=t.PROMISE_APPLIED).values_list("data", flat=True))


def test_an_upgrade_leads_to_what_it_would_move_and_moves_nothing_by_itself(cast, mia, report):
    incident, other = report(cast.basil, 1), report(cast.ada, 1)
    Agreement.objects.filter(account=cast.advanced).update(level="premium")
    answer = post(mia, "desk-new-agreement", "basic", **said(first_day="2026-03-01"))
    assert answer.url == address("basic")
    shown = seen(mia, "basic")
    assert "Open incidents keep their promise. By the one of now these would be due sooner." in shown
    assert f"{incident.reference} The gateway answers 503 Basic" in shown
    assert "Acknowledgement: Wed 4 Mar, 16:00 → would be Mon 2 Mar, 12:00" in shown
    assert other.reference not in shown, "it is of another account"
    assert due_of(incident) == chicago("2026-03-04 16:00")


def test_on_confirmation_it_is_an_event_of_each_that_was_chosen(cast, mia, report):
    critical, medium, left = report(cast.basil, 1), report(cast.basil, 3), report(cast.basil, 1)
    Agreement.objects.create(account=cast.basic, level="premium", period=ALWAYS)
    answer = apply(mia, "basic", sooner=[critical.reference, medium.reference])
    assert answer.url == address("basic")
    assert (due_of(critical), due_of(medium)) == (chicago("2026-03-02 12:00"), chicago("2026-03-03 09:00"))
    assert [data["supersedes"] for data in (*applied(critical), *applied(medium))] == [False, False]
    assert (due_of(left), applied(left)) == (chicago("2026-03-04 16:00"), [])


def test_a_change_that_moves_nothing_leads_to_the_agreement(cast, mia):
    answer = post(mia, "desk-new-agreement", "basic", **said(first_day="2026-03-01"))
    assert answer.url == reverse("desk-agreement", args=[agreement_of(cast.basic).pk])


@pytest.mark.parametrize(("within", "leads_there"), [("20m", True), ("45m", False)])
def test_an_sla_leads_there_where_it_is_better(cast, mia, report, within, leads_there):
    report(cast.clara, 1)
    typed = {"as": "yaml", "text": SLA.replace("30m", within), "seen": "0"}
    answer = post(mia, "desk-agreement-sla", agreement_of(cast.contracted).pk, **typed)
    assert (answer.url == address("contracted")) is leads_there


def test_a_first_licence_would_give_those_without_entitlement_a_promise(cast, mia, report):
    Licence.objects.filter(account=cast.basic).delete()
    incident = report(cast.basil, 1)
    Licence.objects.create(account=cast.basic, period=ALWAYS)
    assert "Acknowledgement: nothing → would be Wed 4 Mar, 16:00" in seen(mia, "basic")
    apply(mia, "basic", sooner=[incident.reference])
    assert due_of(incident) == chicago("2026-03-04 16:00")


def test_what_is_later_for_the_customer_needs_a_reason(cast, mia, report):
    incident = report(cast.petra, 1)
    Agreement.objects.filter(account=cast.premium).update(level="advanced")
    shown = seen(mia, "premier")
    assert "Sooner" not in shown
    assert "Acknowledgement: Mon 2 Mar, 12:00 → would be Tue 3 Mar, 13:00 later" in shown
    assert apply(mia, "premier", later=[incident.reference], reason=" ").status_code == 422
    assert applied(incident) == []
    apply(mia, "premier", later=[incident.reference], reason="Agreed with Petra.")
    (data,) = applied(incident)
    assert (data["supersedes"], data["reason"]) == (True, "Agreed with Petra.")
    assert due_of(incident) == chicago("2026-03-03 13:00")


def test_an_account_that_there_is_not_is_no_page(cast, mia):
    for slug in ("nobody", "%00nobody"):
        assert mia.get(address(slug)).status_code == 404
