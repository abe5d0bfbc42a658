"""What a customer may do to an incident, and what becomes of an act that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.reading import words_of
from watchkeeper.core import timeline as t
from watchkeeper.incidents import verbs
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_for_the_desk

ACTS = {
    "answers": {"text": "More words."},
    "escalation": {"text": "Who is on this?"},
    "withdrawal": {"reason": "It was us."},
    "confirmation": {},
    "reopening": {"reason": "It is back."},
    "severity": {"severity": "1", "reason": "It grew."},
    "participants": {"person": "1"},
}


@pytest.fixture
def act(browser_of):
    def acted(person, incident, resource, /, **said):
        return browser_of(person).post(f"/incidents/{incident.reference}/{resource}", said)

    return acted


def kinds(incident) -> list[str]:
    stand_for_the_desk()
    return list(incident.events.order_by("number").values_list("kind", flat=True))


def test_an_answer_goes_to_the_team_with_its_files(cast, report, act, browser_of):
    incident = report(cast.petra, 1)
    answer = act(
        cast.petra, incident, "answers", text="Here is the trace.", files=[SimpleUploadedFile("t.log", b"boom")]
    )
    assert answer.url == f"/incidents/{incident.reference}"
    assert kinds(incident)[-1] == t.ANSWERED
    page = browser_of(cast.petra).get(answer.url).content.decode()
    assert "Here is the trace." in page
    assert "t.log" in page


def test_the_first_press_escalates_and_a_second_joins(cast, report, act, clock, look_again):
    incident = report(cast.petra, 1)
    clock.advance(timedelta(hours=3))
    look_again(incident)
    assert act(cast.petra, incident, "escalation", text="Who is on this?").status_code == 302
    assert act(cast.petra, incident, "escalation").status_code == 302
    assert kinds(incident)[-2:] == [t.ESCALATED, t.ESCALATION_JOINED]


def test_until_the_breach_escalating_is_refused_and_the_words_stay(cast, report, act):
    incident = report(cast.petra, 1)
    answer = act(cast.petra, incident, "escalation", text="Hurry <please>")
    assert answer.status_code == 409
    assert "The promise is still running; you can escalate from the moment it is breached." in words_of(answer.content)
    assert "Hurry &lt;please&gt;</textarea>" in answer.content.decode()
    assert t.ESCALATED not in kinds(incident)


def test_a_report_taken_back_closes_the_incident(cast, report, act):
    incident = report(cast.petra, 1)
    assert act(cast.petra, incident, "withdrawal", reason="It was us.").status_code == 302
    incident.refresh_from_db()
    assert incident.state == "closed"


def test_a_solution_is_confirmed_or_reopened_with_a_reason(cast, report, act):
    first, second = report(cast.petra, 1), report(cast.petra, 2)
    for incident in (first, second):
        verbs.resolve(incident, by=cast.ana, text="Fixed.")
    assert act(cast.petra, first, "confirmation").status_code == 302
    assert act(cast.petra, second, "reopening", reason="It is back.").status_code == 302
    assert kinds(first)[-1] == t.CONFIRMED
    assert kinds(second)[-1] == t.REOPENED


def test_confirming_what_is_not_resolved_is_refused_in_words(cast, report, act):
    incident = report(cast.petra, 1)
    answer = act(cast.petra, incident, "confirmation")
    assert answer.status_code == 409
    assert "it must be resolved" in words_of(answer.content)


def test_an_answer_to_what_is_closed_meanwhile_is_kept_on_the_page(cast, report, act):
    incident = report(cast.petra, 1)
    verbs.withdraw(incident, by=cast.petra, reason="It was us.")
    answer = act(cast.petra, incident, "answers", text="A long text typed meanwhile")
    assert answer.status_code == 409
    assert "A long text typed meanwhile</textarea>" in answer.content.decode()


def test_a_customer_raises_the_severity_and_never_lowers_it(cast, report, act):
    incident = report(cast.petra, 3)
    assert act(cast.petra, incident, "severity", severity="2", reason="It grew.").status_code == 302
    incident.refresh_from_db()
    assert incident.severity == 2
    answer = act(cast.petra, incident, "severity", severity="4", reason="Not so bad.")
    assert answer.status_code == 422
    assert "Not so bad.</textarea>" in answer.content.decode()
    incident.refresh_from_db()
    assert incident.severity == 2


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ("answers", {"text": "   "}),
        ("withdrawal", {"reason": ""}),
        ("severity", {"severity": "1", "reason": ""}),
        ("severity", {"severity": "x", "reason": "It grew."}),
        ("answers", {"text": "a NUL \x00"}),
        ("participants", {"person": "x"}),
    ],
)
def test_what_is_not_sound_is_said_beside_its_field_and_nothing_happens(cast, report, act, resource, said):
    Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )
    incident = report(cast.petra, 3)
    answer = act(cast.petra, incident, resource, **said)
    assert answer.status_code == 422
    assert "needs another look" in words_of(answer.content)
    assert kinds(incident) == [t.REPORTED]


def test_only_people_of_the_account_can_be_let_in(cast, report, act):
    paul = Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )
    incident = report(cast.petra, 1)
    assert act(cast.petra, incident, "participants", person=cast.clara.pk).status_code == 422
    assert act(cast.petra, incident, "participants", person=cast.ana.pk).status_code == 422
    assert act(cast.petra, incident, "participants", person=paul.pk).status_code == 302
    assert kinds(incident)[-1] == t.JOINED


@pytest.mark.parametrize("resource", ACTS)
def test_to_everybody_else_the_incident_does_not_exist(cast, report, act, resource):
    incident = report(cast.petra, 3)
    before = kinds(incident)
    for stranger in (cast.clara, cast.ana, cast.mia, cast.axel):
        assert act(stranger, incident, resource, **ACTS[resource]).status_code == 404
    assert kinds(incident) == before


def test_what_a_form_does_not_have_cannot_be_set(cast, report, act):
    incident = report(cast.petra, 3)
    act(
        cast.petra, incident, "answers", text="x", severity="1", state="closed", account="1", is_public="", assignee="1"
    )
    incident.refresh_from_db()
    assert (incident.severity, incident.state, incident.account) == (3, "new", cast.premium)
