"""What tests of the agreements' pages share: dates in words, forms as a browser sends them, what a page says."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, Licence


def days(first: str, last: str | None = None) -> DateRange:
    """The period from a first through a last day."""
    return DateRange(date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1) if last else None)


def agreement_of(account) -> Agreement:
    return Agreement.objects.get(account=account)


def licence_of(account) -> Licence:
    return Licence.objects.get(account=account)


def said(**typed: object) -> dict[str, object]:
    """The form of an agreement as a browser sends it: Premium for everything in 2027."""
    begun = {"level": "premium", "scope": "all", "scope_value": "", "first_day": "2027-01-01", "last_day": "2027-12-31"}
    return {**begun, "pinned_version": "", **typed}


def post(browser, name: str, *args: object, query: str = "", follow: bool = False, **given: object):
    answer = browser.post(reverse(name, args=args) + query, given, follow=follow)
    stand_for_the_desk()
    return answer


def page(browser, name: str, *args: object) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200
    stand_for_the_desk()
    return words_of(answer.content)


def person(name: str, role: str, **fields: object) -> Person:
    return Person.objects.create_person(f"{name}@x.example".lower(), name=name, password=None, roles=[role], **fields)
