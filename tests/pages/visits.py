"""Which pages a running demo desk has for whom: every address that is read, with something of the demo to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.urls import reverse

from tests.harness.desk_process import Desk
from tests.pages.addresses import addresses
from watchkeeper.people.doors import DOORS, Side
from watchkeeper.people.models import Person

WHO: Mapping[str, str] = {
    "nobody": "",
    "manager": "manager, team East",
    "customer manager": "customer manager, Premium",
    "customer": "customer, Premium",
    "engineer": "engineer, team East",
    "account executive": "account executive",
    "administrator": "administrator",
}
"""How the demo describes one person of each role; those who see most of the pages come first."""

FILES = frozenset(
    {
        "api-v1:openapi-json",
        "support-levels-json",
        "support-levels-pdf",
        "support-levels-version-json",
        "support-levels-version-pdf",
        "portal-terms-pdf",
        "desk-review-pdf",
        "portal-review-pdf",
        "desk-policy-draft-file",
        "desk-policy-version-file",
        "desk-mail-in-file",
        "desk-place-calendar",
        "portal-changes-calendar",
        "words",
    }
)
"""Addresses that answer with a file."""

ELSEWHERE = frozenset(
    {
        "start",
        "portal-report-promise",
        "portal-report-similar",
        "attachment",
        "signed-copy",
        "new-password",
        "unfollow",
        "desk-bulk",
        "desk-incident-place",
    }
)
"""What is no page (a redirection, a part of one, a download that the demo has none of), needs a link by mail, or is
opened by ticking rows (``tests/desk/test_bulk_in_a_browser.py``)."""

UNSEEN: Mapping[str, frozenset[str]] = {
    **{role: frozenset() for role in WHO},
    "administrator": frozenset({"desk-incident", "desk-incident-report", "desk-mail", "desk-imported"}),
}
"""What is another's behind a door that opens: of incidents an administrator sees none."""

LOOK_ALIKE = frozenset({"support-levels-version", "desk-policy-version-rehearsal"})
"""Pages that are made as another one is."""

QUERIES = {"desk-holidays": "?country=US", "desk-report": "?account=corvina"}
"""What is asked for besides, to see more of a page."""

_OF_CORVINA = "in (select id from people_account where slug = 'corvina')"
_KEYS: Mapping[str, str] = {
    "incidents/": f"""select distinct on (state) reference from incidents_incident i where account_id {_OF_CORVINA}
        and state in ('new', 'acknowledged', 'waiting', 'resolved', 'closed')
        order by state, exists (select from incidents_publishedreport r where r.incident_id = i.id) desc, id""",
    "outbox/": f"select id::text from notify_notice where account_id {_OF_CORVINA} limit 1",
    "mail-in/": "select key::text from intake_receivedmail order by id limit 1",
    "accounts/": "select 'corvina'",
    "licences/": f"select id from policies_licence where account_id {_OF_CORVINA}",
    "agreements/": f"select id from policies_agreement where account_id {_OF_CORVINA}",
    "people/": f"select id from people_person where account_id {_OF_CORVINA} and roles = '{{customer}}'",
    "templates/": "select min(id) from incidents_replytemplate",
    "drafts/": "select max(id) from office_policydraft",
    "versions/": "select 1",
    "support-levels/": "select 1",
    "hand-overs/": "select id from incidents_handover",
    "reviews/": f"select period from premium_servicereview where account_id {_OF_CORVINA} and published_at is not null",
    "words/": "select 'de'",
    "recommendations/": f"""select distinct on (state) key from premium_recommendation where account_id {_OF_CORVINA}
        order by state, id""",
    "places/": "select 'corvina'",
    "run-book/": f"select id from premium_runbooknote where account_id {_OF_CORVINA} order by id limit 1",
    "import/": "select key::text from office_importedtable limit 1",
}
"""What to show where an address names something, by what stands before it."""

_WITH_A_REPORT = """select reference from incidents_incident i
    where exists (select from incidents_publishedreport r where r.incident_id = i.id)"""
_SENT = f"""select distinct on (state) key from premium_recommendation where account_id {_OF_CORVINA}
    and sent_at is not null order by state, id"""
_A_REVIEW = f"select id from premium_servicereview where account_id {_OF_CORVINA}"
_KEYS_OF: Mapping[str, str] = {
    "portal-recommendation": _SENT,
    "desk-review": _A_REVIEW,
    "desk-review-pdf": _A_REVIEW,
    "desk-review-draft": _A_REVIEW,
    "portal-incident-report": _WITH_A_REPORT,
    "desk-incident-report": _WITH_A_REPORT,
    "desk-incident-report-draft": _WITH_A_REPORT,
}
"""What to show of a page that needs more than the thing it names."""


class Visit(NamedTuple):
    """One page for one role."""

    name: str
    path: str


def readers(name: str) -> list[str]:
    """The roles that read a page, who sees most first. A page for anybody is a stranger's in the first place."""
    door = DOORS[name]
    if door.side is Side.ANYBODY:
        return list(WHO)
    return [role for role in WHO if role != "nobody" and door.opens_to(_somebody(role)) and name not in UNSEEN[role]]


def visits(desk: Desk) -> list[Visit]:
    """Every page of a desk with the demo in it."""
    return [Visit(name, path) for name, path in _read(desk) if name not in FILES]


def files(desk: Desk) -> list[Visit]:
    """Every file of it."""
    return [Visit(name, path) for name, path in _read(desk) if name in FILES]


def _read(desk: Desk) -> Iterator[tuple[str, str]]:
    with desk.database() as owner:
        for address in addresses():
            is_of_the_walk = address.name.startswith("set-up-") and address.name != "set-up-done"
            door = DOORS[address.name]
            if "GET" not in door.methods or address.name in ELSEWHERE or is_of_the_walk:
                continue
            if address.before is None:
                yield address.name, reverse(address.name) + QUERIES.get(address.name, "")
            else:
                last = address.before.rstrip("/").rpartition("/")[2] + "/"
                for (key,) in owner.execute(_KEYS_OF.get(address.name, _KEYS[last])).fetchall():
                    yield address.name, reverse(address.name, args=[key])


def _somebody(role: str) -> Person:
    of_account = role in ("customer", "customer manager")
    return Person(roles=[role.replace(" ", "_")], account_id=1 if of_account else None)
