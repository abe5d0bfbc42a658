"""Who may open what at the desk: every route × role × own and foreign account, none of it left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.cast import Cast

if TYPE_CHECKING:
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.models import Person

ENGINEER = frozenset({"engineer", "manager"})
ESCALATION = frozenset({"account executive", "manager"})
MANAGER = frozenset({"manager"})
TEAM = frozenset(
    {"engineer", "manager", "account executive", "administrator", "engineer elsewhere", "executive elsewhere"}
)
OUTBOX = frozenset({"engineer", "engineer elsewhere", "manager", "administrator"})
REPORTERS = frozenset({"engineer", "engineer elsewhere", "manager"})
SEES_THE_INCIDENT = frozenset({"engineer", "manager", "account executive"})
CUSTOMERS = frozenset({"customer", "customer manager"})

PAGES: Mapping[str, frozenset[str]] = {
    "desk-queue": TEAM,
    "desk-escalations": TEAM,
    "desk-outbox": OUTBOX,
    "desk-report": REPORTERS,
}
"""Pages of no one incident, and the roles they open to; to everybody else they do not exist."""


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
    "desk-merge": Act(ENGINEER, {"into": "{older}"}),
    "desk-links": Act(ENGINEER, {"to": "{older}"}),
    "desk-calls": Act(ENGINEER, {"called_at": "2026-03-02T10:00", "caller": "Petra"} | SAID),
    "desk-erasures": Act(ENGINEER, {"number": "1"} | BECAUSE),
    "desk-participants": Act(ENGINEER, {"person": "{colleague}"}),
    "desk-promise": Act(ENGINEER, {}),
}
ROLES = sorted(TEAM | CUSTOMERS | {"stranger"})


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


def test_every_route_of_the_desk_has_its_row_here() -> None:
    from watchkeeper.incidents.desk.urls import urlpatterns

    elsewhere = {"desk-incident", "desk-mail", "desk-saved-views", "desk-saved-view-removal"}
    assert {pattern.name for pattern in urlpatterns} == {*PAGES, *ACTS, *elsewhere}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", PAGES)
def test_a_page_opens_to_its_roles_and_does_not_exist_for_others(people, browser_of, client, route, role) -> None:
    browser = browser_of(people[role]) if people[role] else client
    answer = browser.get(reverse(route))
    assert answer.status_code == (302 if role == "stranger" else 200 if role in PAGES[route] else 404)
    if role == "stranger":
        assert answer.url.startswith("/sign-in")


@pytest.mark.parametrize("role", ROLES)
def test_an_incident_opens_to_those_who_serve_its_account(people, browser_of, client, incident, role) -> None:
    browser = browser_of(people[role]) if people[role] else client
    answer = browser.get(reverse("desk-incident", args=[incident[1].reference]))
    assert answer.status_code == (302 if role == "stranger" else 200 if role in SEES_THE_INCIDENT else 404)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ACTS)
def test_an_act_is_done_by_its_roles_refused_to_others_and_unknown_to_the_rest(
    people, browser_of, client, cast, incident, breach, route, role
) -> None:
    older, acted_on = incident
    act = ACTS[route]
    _prepare(act.before, acted_on, cast, breach)
    events = acted_on.events.count()
    named = {"bo": cast.bo.pk, "older": older.reference, "colleague": _colleague(cast).pk}
    given = {name: value.format(**named) for name, value in act.given.items()}

    browser = browser_of(people[role]) if people[role] else client
    answer = browser.post(reverse(route, args=[acted_on.reference]), given)

    expected = 302 if role in act.may or role == "stranger" else 403 if role in SEES_THE_INCIDENT else 404
    assert answer.status_code == expected
    _stand()
    assert (acted_on.events.count() > events) is (role in act.may)


@pytest.mark.parametrize("route", [route for route, act in ACTS.items() if "account executive" not in act.may])
def test_who_may_not_is_told_so_before_what_they_typed_is_judged(browser_of, cast, incident, route) -> None:
    answer = browser_of(cast.axel).post(reverse(route, args=[incident[1].reference]), {"severity": "x", "nth": "y"})
    assert answer.status_code == 403


@pytest.mark.parametrize("route", ACTS)
def test_an_act_is_never_done_by_reading(browser_of, cast, incident, route) -> None:
    answer = browser_of(cast.mia).get(reverse(route, args=[incident[1].reference]))
    assert answer.status_code == 405


@pytest.mark.parametrize("route", ACTS)
def test_what_does_not_exist_answers_like_what_is_not_yours(people, browser_of, cast, incident, route) -> None:
    elsewhere = browser_of(people["engineer elsewhere"])
    foreign = elsewhere.post(reverse(route, args=[incident[1].reference]), {})
    absent = elsewhere.post(reverse(route, args=["WK-ZZZZZZ"]), {})
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_a_mail_opens_to_those_who_serve_its_account(people, browser_of, client, incident) -> None:
    from watchkeeper.notify.models import Notice

    notice = Notice.objects.for_incident(incident[1].pk).first()
    assert notice is not None
    address = reverse("desk-mail", args=[notice.pk])
    for role in ROLES:
        browser = browser_of(people[role]) if people[role] else client
        expected = 302 if role == "stranger" else 200 if role in ENGINEER else 404
        assert browser.get(address).status_code == expected, role


@pytest.mark.parametrize("field", ["desk-merge", "desk-links"])
def test_both_ends_of_a_relation_are_seen_by_who_makes_it(people, browser_of, cast, report, field) -> None:
    from watchkeeper.people.models import Account

    foreign = report(cast.ada, 1, title="A secret of Advance")
    Account.objects.filter(pk=cast.premium.pk).update(team=people["engineer elsewhere"].teams.get())
    own = report(cast.petra, 1)
    name = "into" if field == "desk-merge" else "to"
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


def _prepare(before: str, incident: Incident, cast: Cast, breach: Callable[[Incident], Incident]) -> None:
    from watchkeeper.incidents import verbs

    if before == "asked":
        verbs.ask(incident, by=cast.ana, text="Which version?")
    elif before == "resolved":
        verbs.resolve(incident, by=cast.ana, text="The route is back.")
    elif before == "escalated":
        verbs.escalate(breach(incident), by=cast.petra, text="Nobody answers.")


def _colleague(cast: Cast) -> Person:
    from watchkeeper.people.models import Person

    return Person.objects.create_person(
        "pia@premier.example", name="Pia", password=None, roles=["customer"], account=cast.premium
    )


def _stand() -> None:
    from watchkeeper.people.wall import stand_for_the_desk

    stand_for_the_desk()
