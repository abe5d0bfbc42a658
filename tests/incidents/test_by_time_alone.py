"""Steps that follow from how long an incident stands, on a desk whose policy has some: told once, and in words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import POLICY
from tests.reading import part, words_of
from tests.stage import chicago
from watchkeeper.config.watcher import look_at_some
from watchkeeper.incidents import verbs
from watchkeeper.notify.models import Notice
from watchkeeper.policies.publishing import publish

LADDER = """\
    escalation:
      eligible: [1, 2, 3]
      customer_after: 1h
      ladder: [{after: 30m, since: receipt, while: open, severities: [1], tells: managers}]
"""


@pytest.fixture
def desk(cast):
    """The shipped policy, in which a manager of Premium hears after half an hour of what is open and critical."""
    text = POLICY.read_text().replace("    escalation: {eligible: [1, 2, 3]}\n", LADDER)
    publish(text, valid_from=date(2026, 3, 1))
    return cast


def look_on() -> None:
    while look_at_some():
        pass


def test_a_manager_is_told_once_of_what_stays_open_though_it_is_acknowledged(desk, report, clock):
    incident = report(desk.petra, 1)
    verbs.acknowledge(incident, by=desk.ana)
    clock.set(chicago("2026-03-02 10:30"))
    look_on()
    clock.set(chicago("2026-03-02 10:45"))
    look_on()
    (notice,) = Notice.objects.for_incident(incident.pk).filter(step__startswith="rung_reached")
    assert notice.recipient == "mia@vendor.example"
    assert "STILL OPEN" in notice.subject
    assert "it came at Mon 2 Mar" in notice.text


def test_a_step_may_tell_a_contact_of_the_policy_that_nobody_signs_in_as(cast, report, clock):
    named = "  desk: {name: Support desk, emails: [support@vendor.example]}\n"
    director = "  director: {name: Director, emails: [director@vendor.example], public: no}\n"
    text = POLICY.read_text().replace("    escalation: {eligible: [1, 2, 3]}\n", LADDER)
    text = text.replace("tells: managers", "tells: [director, managers]").replace(named, named + director)
    publish(text, valid_from=date(2026, 3, 1))
    incident = report(cast.petra, 1)
    clock.set(chicago("2026-03-02 10:30"))
    look_on()
    notices = Notice.objects.for_incident(incident.pk).filter(step__startswith="rung_reached")
    assert {notice.recipient for notice in notices} == {"director@vendor.example", "mia@vendor.example"}


def test_the_desk_reads_why_a_step_was_taken(desk, report, clock, browser_of):
    incident = report(desk.petra, 1)
    verbs.acknowledge(incident, by=desk.ana)
    clock.set(chicago("2026-03-02 11:00"))
    look_on()
    page = words_of(browser_of(desk.mia).get(f"/desk/incidents/{incident.reference}").content)
    assert "took step 1 of the ladder: it stands so long" in page
    assert "made it eligible for escalation: it stands so long" in page


def test_a_customer_reads_from_when_and_then_escalates_without_a_breach(desk, report, clock, browser_of):
    incident = report(desk.petra, 1)
    verbs.acknowledge(incident, by=desk.ana)
    customer = browser_of(desk.petra)
    before = part(customer.get(f"/incidents/{incident.reference}").content, "escalating")
    assert "From Mon 2 Mar, 11:00 CT on" in before
    clock.set(chicago("2026-03-02 11:00"))
    look_on()
    after = part(customer.get(f"/incidents/{incident.reference}").content, "escalating")
    assert "you may escalate, though no promise is broken" in after
    assert "The promised time has passed" not in after
    incident.refresh_from_db()
    verbs.escalate(incident, by=desk.petra, text="We stand still.")
    assert incident.events.filter(kind="escalated").exists()
