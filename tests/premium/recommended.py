"""What tests of recommendations share: an account with incidents that suggest something, and its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.urls import reverse

from tests.reading import words_of
from watchkeeper.incidents.models import Incident
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.premium.guidance import acts
from watchkeeper.premium.guidance.proposing import propose_for
from watchkeeper.premium.models import Proposal, Recommendation


def customer_manager(account: Account, name: str = "Paula") -> Person:
    return Person.objects.create_person(
        f"{name}@{account.slug}.example".lower(), name=name, password=None, roles=["customer_manager"], account=account
    )


def reports(report: Callable[..., Incident], by: Person, times: list[datetime], set_clock, **said) -> list[Incident]:
    """One incident at each time; the clock stands at the last one afterwards."""
    found = []
    for at in times:
        set_clock(at)
        found.append(report(by, **{"severity": 1, "component": "Router"} | said))
    return found


def proposed() -> list[Proposal]:
    """What is proposed now, of every account."""
    stand_for_the_desk()
    propose_for(Account.objects.all(), now=clock.now())
    return list(Proposal.objects.open().order_by("pk"))


def written(proposal: Proposal, *, by: Person, text: str = "Give it more memory.") -> Recommendation:
    """A draft of a proposal, with words and a day, ready to be sent."""
    draft = acts.take_up(proposal, by=by)
    today = clock.now().date()
    words = acts.Written(
        kind=draft.kind,
        title=draft.title,
        text=text,
        subject=draft.subject,
        evidence=tuple(draft.evidence),
        owner=by,
        due_on=today + timedelta(days=30),
    )
    return acts.rewrite(draft, by=by, written=words, seen=draft.number)


def sent(proposal: Proposal, *, by: Person, text: str = "Give it more memory.") -> Recommendation:
    draft = written(proposal, by=by, text=text)
    return acts.send(draft, by=by, seen=draft.number)


def page(browser, name: str, *args: object, query: str = "", status: int = 200) -> str:
    answer = browser.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    stand_for_the_desk()
    return words_of(answer.content)


def post(browser, name: str, *args: object, **given: object):
    answer = browser.post(reverse(name, args=args), given)
    stand_for_the_desk()
    return answer
