"""A better promise for open incidents: shown before it is laid on, and never later but by a manager with a reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import ALWAYS, SLA
from tests.office.agreement_pages import agreement_of, page, post, said
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.core import timeline as t
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Event
from watchkeeper.policies.models import Agreement, Licence


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


@pytest.fixture
def upgraded(cast, report):
    """Two open incidents of Basic, received by Break-Fix; the account has Premium since."""
    incidents = report(cast.basil, 1), report(cast.basil, 3, title="The console is slow")
    Agreement.objects.create(account=cast.basic, level="premium", period=ALWAYS)
    return incidents


def due_of(incident):
    found = Commitment.objects.of_incident(incident.pk).filter(metric="acknowledgement").first()
    return found.due_at if found else None


def applied(incident) -> list[dict]:
    return list(Event.objects.filter(incident=incident, kind=t.PROMISE_APPLIED).values_list("data", flat=True))


def test_an_upgrade_leads_to_what_it_would_move_from_when_to_when(cast, mia, report):
    incident = report(cast.basil, 1)
    answer = post(mia, "desk-new-agreement", "basic", **said(first_day="2026-03-01"))
    assert answer.url == reverse("desk-account-promises", args=["basic"])
    shown = page(mia, "desk-account-promises", "basic")
    assert f"{incident.reference} Severity 1 Critical" in shown
    assert "Acknowledgement: Wed 4 Mar, 16:00 CT → Mon 2 Mar, 12:00 CT by Premium" in shown
    assert due_of(incident) == chicago("2026-03-04 16:00"), "nothing is moved by looking"


def test_a_change_that_moves_nothing_leads_to_the_agreement(cast, mia):
    answer = post(mia, "desk-new-agreement", "basic", **said(first_day="2026-03-01"))
    assert answer.url == reverse("desk-agreement", args=[agreement_of(cast.basic).pk])


def test_an_sla_that_is_better_leads_there_too(cast, mia, report):
    report(cast.clara, 1)
    text = SLA.replace("30m", "20m")
    answer = post(
        mia, "desk-agreement-sla", agreement_of(cast.contracted).pk, **{"as": "yaml", "text": text, "seen": "0"}
    )
    assert answer.url == reverse("desk-account-promises", args=["contracted"])


def test_on_confirmation_the_better_promise_is_an_event_of_each_chosen(cast, mia, upgraded):
    critical, medium = upgraded
    shown = page(mia, "desk-account-promises", "basic")
    assert "Acknowledgement: no promise → Mon 2 Mar, 18:00" not in shown
    assert "Acknowledgement: no promise → Tue 3 Mar, 09:00 CT" in shown, "8 h of standard hours from Monday 10:00"
    chosen = [critical.reference, medium.reference]
    assert post(mia, "desk-account-better-promises", "basic", incidents=chosen).status_code == 302
    assert (due_of(critical), due_of(medium)) == (chicago("2026-03-02 12:00"), chicago("2026-03-03 09:00"))
    assert [data["supersedes"] for data in (*applied(critical), *applied(medium))] == [False, False]
    assert "No open incident would be due earlier." in page(mia, "desk-account-promises", "basic")


def test_what_was_not_chosen_keeps_its_promise(cast, mia, upgraded):
    critical, medium = upgraded
    post(mia, "desk-account-better-promises", "basic", incidents=[critical.reference])
    assert (applied(medium), due_of(medium)) == ([], None)


@pytest.mark.parametrize("chosen", [[], ["WK-222222"], ["\0"]])
def test_what_would_not_move_cannot_be_chosen(cast, mia, upgraded, chosen):
    answer = post(mia, "desk-account-better-promises", "basic", incidents=chosen)
    assert answer.status_code == 422
    assert "Nothing was applied" in answer.content.decode()


def test_incidents_of_other_accounts_are_out_of_reach(cast, mia, upgraded, report):
    other = report(cast.ada, 1)
    assert post(mia, "desk-account-better-promises", "basic", incidents=[other.reference]).status_code == 422
    assert applied(other) == []


def test_what_is_acknowledged_or_over_moves_no_more(cast, mia, upgraded):
    critical, medium = upgraded
    verbs.acknowledge(critical, by=cast.ana)
    verbs.withdraw(medium, by=cast.basil, reason="It was us.")
    assert "No open incident would be due earlier." in page(mia, "desk-account-promises", "basic")


def test_a_first_licence_gives_those_without_entitlement_a_promise(cast, mia, report):
    Licence.objects.filter(account=cast.basic).delete()
    incident = report(cast.basil, 1)
    Licence.objects.create(account=cast.basic, period=ALWAYS)
    assert "Acknowledgement: no promise → Wed 4 Mar, 16:00 CT by Break-Fix" in page(
        mia, "desk-account-promises", "basic"
    )
    post(mia, "desk-account-better-promises", "basic", incidents=[incident.reference])
    assert due_of(incident) == chicago("2026-03-04 16:00")


# Later for the customer


@pytest.fixture
def downgraded(cast, report):
    incident = report(cast.petra, 1)
    Agreement.objects.filter(account=cast.premium).update(level="advanced")
    return incident


def test_a_later_promise_is_never_offered_as_a_better_one(cast, mia, downgraded):
    shown = page(mia, "desk-account-promises", "premier")
    assert "No open incident would be due earlier." in shown
    assert "Due later" in shown
    assert "Acknowledgement: Mon 2 Mar, 12:00 CT → Tue 3 Mar, 13:00 CT by Advanced" in shown
    assert post(mia, "desk-account-better-promises", "premier", incidents=[downgraded.reference]).status_code == 422


def test_a_later_promise_needs_a_reason_and_stands_on_the_timeline_with_it(cast, mia, downgraded):
    typed = {"incidents": [downgraded.reference]}
    answer = post(mia, "desk-account-later-promises", "premier", **typed, reason="")
    assert (answer.status_code, applied(downgraded)) == (422, [])
    post(mia, "desk-account-later-promises", "premier", **typed, reason="Agreed with Petra.")
    (data,) = applied(downgraded)
    assert (data["supersedes"], data["reason"]) == (True, "Agreed with Petra.")
    assert due_of(downgraded) == chicago("2026-03-03 13:00")


def test_the_same_promise_is_offered_neither_as_better_nor_as_later(cast, mia, report, clock):
    report(cast.petra, 1)
    clock.set(chicago("2026-03-02 11:00"))
    shown = page(mia, "desk-account-promises", "premier")
    assert "No open incident would be due earlier." in shown
    assert "Due later" not in shown


def test_the_page_costs_the_same_however_many_are_open(cast, mia, report):
    Agreement.objects.filter(account=cast.premium).update(level="advanced")
    page(mia, "desk-account-promises", "premier")
    counts = []
    for more in (1, 3):
        for _ in range(more):
            report(cast.petra, 1)
        page(mia, "desk-account-promises", "premier")
        with CaptureQueriesContext(connection) as asked:
            page(mia, "desk-account-promises", "premier")
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 4 * 3, "the terms of each are asked for, its timeline is not"
