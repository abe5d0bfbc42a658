"""Who may act at the desk: what is done when they may, and that nothing is when they may not.

Which address opens to whom, and that what is not yours is not there, `tests/pages/test_access_matrix.py` tries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.cast import Cast
from watchkeeper.people.doors import DOORS, Side

if TYPE_CHECKING:
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.models import Person

ENGINEER = frozenset({"engineer", "manager"})
ESCALATION = frozenset({"account executive", "manager"})
MANAGER = frozenset({"manager"})
SEES_THE_INCIDENT = frozenset({"engineer", "manager", "account executive"})


@dataclass(frozen=True)
class Act:
    """Who may do it, what is posted, and what must have happened before."""

    may: frozenset[str]
    given: Mapping[str, str]
    before: str = ""


SAID = {"text": "We look into it."}
BECAUSE = {"reason": "As agreed on the telephone."}
ACTS: Mapping[str, Act] = {
    "desk-acknowledgement": Act(ENGINEER, {}),
    "desk-replies": Act(ENGINEER, SAID),
    "desk-questions": Act(ENGINEER, SAID),
    "desk-notes": Act(ENGINEER, SAID),
    "desk-resolution": Act(ENGINEER, SAID),
    "desk-dispatch": Act(ENGINEER, {"to": "{bo}"}),
    "desk-severity": Act(ENGINEER, {"severity": "2"} | BECAUSE),
    "desk-subject": Act(ENGINEER, {"product": "Gateway", "component": "Routes", "environment": "production"}),
    "desk-resumption": Act(ENGINEER, BECAUSE, "asked"),
    "desk-closure": Act(ENGINEER, BECAUSE, "resolved"),
    "desk-reopening": Act(ENGINEER, BECAUSE, "resolved"),
    "desk-escalation-answer": Act(ESCALATION, SAID, "escalated"),
    "desk-escalation-end": Act(ESCALATION, BECAUSE, "escalated"),
    "desk-exclusions": Act(MANAGER, {"commitment": "acknowledgement:1"} | BECAUSE),
    "desk-dispute-answer": Act(MANAGER, {"subject": "severity", "answer": "declined"} | SAID, "disputed"),
    "desk-merge": Act(ENGINEER, {"into": "{older}"}),
    "desk-links": Act(ENGINEER, {"to": "{older}"}),
    "desk-outage": Act(ENGINEER, {"parent": "{older}"}),
    "desk-outage-end": Act(ENGINEER, {}, "part of an outage"),
    "desk-sender-confirmation": Act(ENGINEER, {}, "without proof"),
    "desk-calls": Act(ENGINEER, {"called_at": "2026-03-02T10:00", "caller": "Petra"} | SAID),
    "desk-erasures": Act(ENGINEER, {"number": "1"} | BECAUSE),
    "desk-participants": Act(ENGINEER, {"person": "{colleague}"}),
    "desk-departures": Act(ENGINEER, {"person": "{reporter}"}),
    "desk-promise": Act(ENGINEER, {}),
}

ONLY_WHO_DID_IT = {"desk-undoing"}
"""What not even everybody of a role may do: `test_undoing.py` tries it."""


@pytest.fixture
def people(cast: Cast) -> Mapping[str, Person | None]:
    """One person of each role, and two of the vendor who serve other accounts."""
    from watchkeeper.people.models import Person, Team

    def person(name: str, role: str, **fields: Any) -> Person:
        return Person.objects.create_person(f"{name}@desk.example", name=name, password=None, roles=[role], **fields)

    elsewhere = person("Elias", "engineer")
    Team.objects.create(name="Elsewhere").members.add(elsewhere)
    return {
        "engineer": cast.ana,
        "engineer elsewhere": elsewhere,
        "manager": cast.mia,
        "account executive": cast.axel,
        "executive elsewhere": person("Xenia", "account_executive"),
        "administrator": person("Adam", "administrator"),
        "customer": cast.petra,
        "customer manager": person("Paula", "customer_manager", account=cast.premium),
        "stranger": None,
    }


@pytest.fixture
def incident(cast: Cast, report: Callable[..., Incident]) -> tuple[Incident, Incident]:
    """An older incident of the premium account and the one that is acted on."""
    return report(cast.petra, 1, title="The older one"), report(cast.petra, 1)


def test_every_act_of_the_desk_has_its_row_here() -> None:
    assert set(ACTS) | ONLY_WHO_DID_IT == {
        name for name, door in DOORS.items() if door.tells and door.side is Side.DESK
    }


@pytest.mark.parametrize("route", ACTS)
def test_an_act_is_done_by_its_roles_refused_to_others_and_unknown_to_the_rest(
    people, browser_of, client, cast, incident, breach, route
) -> None:
    older, acted_on = incident
    act = ACTS[route]
    acted_on = _prepare(act.before, acted_on, cast, breach, older)
    events = acted_on.events.count()
    named = {"bo": cast.bo.pk, "older": older.reference, "colleague": _colleague(cast).pk, "reporter": cast.petra.pk}
    given = {name: value.format(**named) for name, value in act.given.items()}

    for role, person in people.items():
        browser = browser_of(person) if person else client
        with transaction.atomic():
            answer = browser.post(reverse(route, args=[acted_on.reference]), given)
            _stand()
            is_done = acted_on.events.count() > events
            transaction.set_rollback(True)
        expected = 302 if role in act.may or role == "stranger" else 403 if role in SEES_THE_INCIDENT else 404
        assert (role, answer.status_code, is_done) == (role, expected, role in act.may)


@pytest.mark.parametrize("field", ["desk-merge", "desk-links", "desk-outage"])
def test_both_ends_of_a_relation_are_seen_by_who_makes_it(people, browser_of, cast, report, field) -> None:
    from watchkeeper.people.models import Account

    foreign = report(cast.ada, 1, title="A secret of Advance")
    Account.objects.filter(pk=cast.premium.pk).update(team=people["engineer elsewhere"].teams.get())
    own = report(cast.petra, 1)
    name = {"desk-merge": "into", "desk-outage": "parent"}.get(field, "to")
    elsewhere = browser_of(people["engineer elsewhere"])
    answers = [
        elsewhere.post(reverse(field, args=[own.reference]), {name: reference})
        for reference in (foreign.reference, "WK-ZZZZZZ")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert foreign.title not in answers[0].content.decode()
    _stand()
    assert own.events.count() == 1


def test_nobody_is_dispatched_to_who_does_not_serve_the_account(people, browser_of, cast, incident) -> None:
    outsiders = [people["engineer elsewhere"], cast.axel, cast.petra, cast.ada]
    for outsider in outsiders:
        answer = browser_of(cast.ana).post(
            reverse("desk-dispatch", args=[incident[1].reference]), {"to": str(outsider.pk)}
        )
        assert answer.status_code == 422, outsider
    _stand()
    incident[1].refresh_from_db()
    assert incident[1].assignee is None


def test_somebody_of_another_account_is_never_added_as_a_participant(browser_of, cast, incident) -> None:
    answer = browser_of(cast.ana).post(
        reverse("desk-participants", args=[incident[1].reference]), {"person": str(cast.ada.pk)}
    )
    assert answer.status_code == 422


def _prepare(
    before: str, incident: Incident, cast: Cast, breach: Callable[[Incident], Incident], older: Incident
) -> Incident:
    from watchkeeper.core.disputes import Subject
    from watchkeeper.incidents import verbs

    if before == "without proof":
        said = verbs.Report(title="By mail", body="It is down.", severity=1)
        return verbs.report(said, account=cast.premium, by=cast.petra, channel="mail", is_unverified=True)
    if before == "asked":
        verbs.ask(incident, by=cast.ana, text="Which version?")
    elif before == "resolved":
        verbs.resolve(incident, by=cast.ana, text="The route is back.")
    elif before == "escalated":
        verbs.escalate(breach(incident), by=cast.petra, text="Nobody answers.")
    elif before == "disputed":
        verbs.dispute(incident, by=cast.petra, subject=Subject("severity"), text="It is Critical to us.")
    elif before == "part of an outage":
        verbs.put_under(incident, parent=older, by=cast.ana)
    return incident


def _colleague(cast: Cast) -> Person:
    from watchkeeper.people.models import Person

    return Person.objects.create_person(
        "pia@premier.example", name="Pia", password=None, roles=["customer"], account=cast.premium
    )


def _stand() -> None:
    from watchkeeper.people.wall import stand_for_the_desk

    stand_for_the_desk()
