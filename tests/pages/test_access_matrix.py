"""Every address × method × role × thing of one's own, of another account's, and none: all of it, against one table.

The addresses come from the URLconf and what is expected of them from ``people/doors.py``. Everything is tried in one
transaction, of which nothing stays.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.pages.addresses import Address, addresses
from tests.pages.things import Names, Thing, one_of_each_role, things
from watchkeeper.people.access import WHO_MAY
from watchkeeper.people.doors import DOORS, Door, NoDoor, Side
from watchkeeper.people.models import Person

Role = Person.Role

IS_CALLED: Mapping[str, Role] = {role.label: role for role in Role}
PORTAL = frozenset({"customer", "customer manager"})
Answer = tuple[int, str, bytes]
METHODS = ("GET", "HEAD", "POST", "DELETE")
GIVEN: Mapping[str, str] = {"desk-policy-draft-comparison": "version=1"}
"""What has to be posted for an answer other than 404."""

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')

API = {"/api/v1/incidents": ("GET", "POST"), "/api/v1/incidents/WK-ZZZZZZ": ("GET",)}
"""What machines are let in to, and by which methods; what they see there is tried in `tests/api`."""

SIGN_IN, ABSENT, NO_METHOD, TOLD, DONE = "sign in", "absent", "no such method", "told so", "let in"


def expected(door: Door, role: str, method: str, is_seen: bool) -> str:
    """What one request comes to; ``is_seen``: whether who comes through the door sees the thing."""
    if door.side is not Side.ANYBODY and role == "nobody":
        return SIGN_IN
    if door.side in (Side.DESK, Side.PORTAL) and (role in PORTAL) is not (door.side is Side.PORTAL):
        return ABSENT
    may = not door.act or IS_CALLED.get(role) in WHO_MAY[door.act]
    if not may and not door.tells:
        return ABSENT
    if method not in door.methods:
        return NO_METHOD
    if not is_seen:
        return ABSENT
    return DONE if may else TOLD


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser. Whatever they do is undone, in the database and in the browser."""

    browser: Client
    absent: dict[str, Answer] = field(default_factory=dict)

    def asks(self, method: str, path: str, given: str = "") -> Answer:
        """The status of the answer, where it leads, and what stands in it."""
        session = self.browser.cookies.get(settings.SESSION_COOKIE_NAME)
        kept = session.value if session else None
        with transaction.atomic():
            answer = self.browser.generic(method, path, given, "application/x-www-form-urlencoded")
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        self.browser.cookies.clear()
        if kept is not None:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = kept
        return answer.status_code, answer.headers.get("Location", ""), TOKEN.sub(b"", content)

    def outcome(self, method: str, path: str, given: str = "") -> str:
        """What one request came to, in a word or, where none fits, in the answer's own."""
        status, leads_to, content = self.asks(method, path, given)
        if status == 302 and leads_to.startswith("/sign-in?next="):
            return SIGN_IN
        if status == 404:
            return ABSENT if (status, leads_to, content) == self._absent(method) else "another 404"
        words = {405: NO_METHOD, 403: TOLD, 200: DONE, 302: DONE, 409: DONE, 422: DONE}
        return words.get(status, f"{status} {leads_to}")

    def _absent(self, method: str) -> Answer:
        """How they are told that an address does not exist."""
        if method not in self.absent:
            self.absent[method] = self.asks(method, "/no-such-page")
        return self.absent[method]


def tries(address: Address, named: Mapping[str, Thing], door: Door, role: str) -> Iterator[tuple[str, str, str, bool]]:
    """Every request to one address by one role: the thing in a word, the method, the path, whether it is seen."""
    if address.before is None:
        is_over = address.name.startswith("set-up-") and door.side is Side.ANYBODY
        for method in METHODS:
            yield "", method, reverse(address.name), not is_over
        return
    thing = named[address.before]
    ways: list[tuple[str, Names | None, bool]] = [
        ("their own", thing.own, role in thing.seen_by),
        ("another account's", thing.foreign, role in thing.foreign_seen_by),
        ("none", thing.absent, False),
    ]
    for word, names, is_seen in ways:
        for method in METHODS if word == "their own" else door.methods:
            if names is not None:
                yield word, method, reverse(address.name, args=names), is_seen


@pytest.fixture
def visitor_of(cast, browser_of, settings, caplog):
    """``visitor_of(role)``. Some thousand requests: what each costs besides is left out where it changes nothing."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    caplog.set_level(logging.ERROR, "django.request")
    people = one_of_each_role(cast)

    def visitor(role: str) -> Visitor:
        who = people[role]
        browser = Client() if who is None else browser_of(who)
        browser.raise_request_exception = False  # a view that fails is one more line, and the others are tried
        return Visitor(browser)

    return visitor


def test_every_address_has_a_door_and_every_door_an_address() -> None:
    assert {address.name for address in addresses()} == set(DOORS)


def test_an_address_that_nobody_gave_a_door_opens_to_nobody(cast, browser_of, monkeypatch) -> None:
    monkeypatch.delitem(DOORS, "desk-queue")
    with pytest.raises(NoDoor, match='"/desk/", named "desk-queue", has no row'):
        browser_of(cast.mia).get("/desk/")


@pytest.mark.parametrize("role", [*IS_CALLED, "nobody"])
def test_each_address_lets_in_whom_its_door_names_and_shows_them_what_is_theirs(cast, report, visitor_of, role) -> None:
    visitor, named = visitor_of(role), things(cast, report)
    faults = []
    for address in addresses():
        door = DOORS[address.name]
        if door.side is Side.MACHINES:
            continue
        for word, method, path, is_seen in tries(address, named, door, role):
            should, did = (
                expected(door, role, method, is_seen),
                visitor.outcome(method, path, GIVEN.get(address.name, "")),
            )
            if did != should:
                faults.append(f"{role}: {method} {address.name} {word}: should be {should}, is {did}")
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize("role", ["manager", "nobody"])
def test_to_the_api_a_person_is_nobody_signed_in_or_not(visitor_of, role) -> None:
    visitor = visitor_of(role)
    for address, methods in API.items():
        for method in METHODS:
            should = 401 if method in methods else 405
            assert visitor.asks(method, address)[0] == should, f"{method} {address}"
