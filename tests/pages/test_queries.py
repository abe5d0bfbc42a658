"""How many questions each page asks of the database: as many with thirty incidents as with one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.harness.clock import Clock
from tests.pages.addresses import addresses
from tests.pages.things import one_of_each_role, things
from tests.pages.visits import readers
from watchkeeper.incidents import flow, verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.people.doors import DOORS

QUERIES: Mapping[str, int] = {
    "start": 3,
    "sign-in": 3,
    "words": 3,
    "my-account": 8,
    "password-forgotten": 3,
    "password-link-asked-for": 3,
    "new-password": 10,
    "support-levels": 8,
    "support-levels-json": 8,
    "support-levels-pdf": 8,
    "support-levels-version": 8,
    "support-levels-version-json": 8,
    "support-levels-version-pdf": 8,
    "portal-terms": 21,
    "portal-terms-pdf": 21,
    "portal-incidents": 14,
    "portal-report": 17,
    "portal-report-promise": 12,
    "portal-report-similar": 9,
    "portal-incident": 22,
    "portal-incident-report": 9,
    "portal-recommendations": 20,
    "portal-recommendation": 13,
    "portal-changes": 21,
    "portal-changes-calendar": 8,
    "portal-new-change": 19,
    "portal-reviews": 19,
    "portal-review": 13,
    "portal-review-pdf": 8,
    "portal-attainment": 14,
    "attainment-mail-end": 5,
    "portal-attainment-behind": 12,
    "portal-attainment-part": 11,
    "portal-attainment-chart": 11,
    "portal-attainment-file": 12,
    "portal-what-if": 15,
    "portal-what-if-file": 15,
    "unfollow": 8,
    "portal-people": 10,
    "portal-new-person": 9,
    "portal-person": 11,
    "attachment": 7,
    "signed-copy": 7,
    "mail-as-sent": 6,
    "desk-wall": 13,
    "desk-queue": 19,
    "desk-hand-over": 10,
    "desk-bulk": 2,
    "desk-report": 9,
    "desk-escalations": 10,
    "desk-what-if": 13,
    "desk-what-if-file": 16,
    "desk-outbox": 11,
    "desk-mail": 12,
    "desk-mails-in": 11,
    "desk-mail-in": 9,
    "desk-mail-in-file": 6,
    "desk-incident": 21,
    "desk-incident-report": 9,
    "desk-incident-report-draft": 13,
    "desk-templates": 9,
    "desk-incident-templates": 9,
    "desk-new-template": 8,
    "desk-template": 9,
    "desk-letters": 9,
    "desk-letter": 10,
    "desk-letter-page": 5,
    "desk-attainment": 13,
    "desk-attainment-behind": 12,
    "desk-attainment-part": 11,
    "desk-attainment-chart": 10,
    "desk-attainment-file": 11,
    "desk-accounts": 18,
    "desk-account": 22,
    "desk-new-licence": 13,
    "desk-licence-end": 10,
    "desk-new-agreement": 23,
    "desk-agreement": 20,
    "desk-agreement-edit": 22,
    "desk-agreement-end": 12,
    "desk-agreement-sla": 21,
    "desk-recommendations": 14,
    "desk-new-recommendation": 11,
    "desk-recommendation": 23,
    "desk-recommendation-words": 6,
    "desk-places": 10,
    "desk-place": 23,
    "desk-place-calendar": 8,
    "desk-incident-place": 14,
    "desk-new-run-book-note": 12,
    "desk-run-book-note": 12,
    "desk-new-change": 14,
    "desk-reviews": 19,
    "desk-review": 21,
    "desk-review-pdf": 12,
    "desk-review-draft": 19,
    "desk-people": 14,
    "desk-new-person": 11,
    "desk-person": 11,
    "desk-import": 9,
    "desk-imported": 9,
    "desk-policy": 14,
    "desk-policy-draft": 10,
    "desk-policy-draft-page": 9,
    "desk-policy-draft-file": 6,
    "desk-policy-draft-effect": 15,
    "desk-policy-draft-publication": 16,
    "desk-policy-draft-rehearsal": 12,
    "desk-policy-version": 11,
    "desk-policy-version-file": 6,
    "desk-policy-version-rehearsal": 12,
    "desk-policy-rehearsal": 14,
    "desk-policy-promises": 21,
    "desk-holidays": 19,
    "desk-holidays-country": 5,
    "api-v1:openapi-json": 0,
}
"""Each page as who sees most of it opens it, on the stage. A smaller number is written down like a larger one."""

LISTS = (
    "portal-incidents",
    "portal-attainment",
    "portal-attainment-behind",
    "desk-attainment",
    "desk-attainment-behind",
    "desk-attainment-part",
    "portal-what-if",
    "portal-what-if-file",
    "desk-what-if-file",
    "desk-queue",
    "desk-escalations",
    "desk-outbox",
    "desk-accounts",
    "desk-account",
    "desk-people",
    "desk-policy-promises",
)
"""The pages that show more where there is more."""

MORE = 29


@pytest.fixture
def counted(cast, report, browser_of):
    """``counted(name)``: the queries of a page that was open before, so that nothing is read for the first time."""
    people, named = one_of_each_role(cast), things(cast, report)
    browsers = {role: Client() if person is None else browser_of(person) for role, person in people.items()}
    before = {address.name: address.before for address in addresses()}

    def count(name: str) -> int:
        browser = browsers[readers(name)[0]]
        path = reverse(name, args=named[before[name]].own if before[name] is not None else ())
        _open(browser, path)
        with CaptureQueriesContext(connection) as asked:
            _open(browser, path)
        return len(asked)

    return count


def test_each_page_asks_as_often_as_it_did(counted) -> None:
    pages = [name for name, door in DOORS.items() if "GET" in door.methods and not name.startswith("set-up-")]
    changes = _changes(QUERIES, {name: counted(name) for name in pages})
    assert not changes, "\n".join(["", *changes])


def test_a_list_asks_no_more_often_the_longer_it_is(cast, report, clock, counted) -> None:
    _escalated(report(cast.petra, 1), clock)
    few = {name: counted(name) for name in LISTS}
    for _ in range(MORE):
        _escalated(report(cast.petra, 1), clock)
    changes = _changes(few, {name: counted(name) for name in LISTS})
    assert not changes, "\n".join(["", *changes])


def _escalated(incident: Incident, clock: Clock) -> None:
    """Let its promise be broken, and its customer escalate."""
    clock.advance(timedelta(hours=3))
    flow.look_at(incident)
    verbs.escalate(incident, by=incident.reporter, text="Nobody answers.")


def _open(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in (200, 302), path
    if answer.streaming:
        b"".join(answer.streaming_content)


def _changes(before: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """What differs, a line for each page: to be written into the table if it is meant."""
    names = sorted(before.keys() | now.keys(), key=list(DOORS).index)
    return [
        f'"{name}": {now.get(name)},  # was {before.get(name)}' for name in names if before.get(name) != now.get(name)
    ]
