"""Who hears of recommendations: the account's managers when one is sent, the team when it is decided and when due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from watchkeeper.notify import outbox, wording
from watchkeeper.people import clock
from watchkeeper.people.apart import apart
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.periods import day
from watchkeeper.policies.versions import NoPolicy, local_day
from watchkeeper.premium.models import Recommendation, RecommendationEvent

MARKS = (7, 0)
"""Days before it is due at which its owner is told."""

TOLD_AFTERWARDS = timedelta(days=7)
"""How long after that day it is still told: what was due long before anybody looked is no news."""

State, Act = Recommendation.State, RecommendationEvent.Act


def managers_of(account: Account) -> list[Person]:
    """Those of the account who decide."""
    return list(account.people.filter(is_active=True, roles__contains=[Person.Role.CUSTOMER_MANAGER]))


def tell_of_sending(sent: Recommendation, now: datetime) -> None:
    """The managers of the account read what a person of the team wrote."""
    step = f"recommendation-sent:{sent.pk}"
    speaker = sent.sent_by.name

    def words(about: wording.Recommended) -> wording.Words:
        return wording.recommended(about, text=sent.text, by=speaker)

    outbox.queue_all([_saying(to, step, sent, words, now, speaker) for to in managers_of(sent.account)])


def tell_of_decision(decided: Recommendation, event: RecommendationEvent) -> None:
    """Its owner and the account executive hear what the customer decided, or that it is done."""
    by = event.by.name

    def words(about: wording.Recommended) -> wording.Words:
        if event.act == Act.DECLINED:
            return wording.recommendation_declined(about, by=by, reason=event.data["reason"])
        said = {Act.ACCEPTED: wording.recommendation_accepted, Act.DONE: wording.recommendation_done}
        return said[event.act](about, by=by)

    step = f"recommendation-decided:{event.pk}"
    outbox.queue_all([_saying(to, step, decided, words, event.at) for to in _team_of(decided)])


def tell_of_due() -> int:
    """Tell owners of what is due soon; how many notices are new. As often as it is asked, each mark is told once. A
    fault in one holds up no other."""
    with for_the_desk():
        now = clock.now()
        try:
            today = local_day(now)
        except NoPolicy:
            return 0
        within = (today - TOLD_AFTERWARDS, today + timedelta(days=max(MARKS)))
        due = Recommendation.objects.awaited().filter(due_on__range=within)
        found = list(due.select_related("account__account_executive", "owner"))
    return sum(apart(f"tell that recommendation {each.key} is due", _tell_of_due, each, today, now) for each in found)


def _tell_of_due(due: Recommendation, today: date, now: datetime) -> int:
    days = (due.due_on - today).days
    mark = min(mark for mark in MARKS if days <= mark)
    step = f"recommendation-due:{due.pk}:{due.due_on}:{mark}"

    def words(about: wording.Recommended) -> wording.Words:
        return wording.recommendation_due(about, days=days, is_decided=due.state == State.ACCEPTED)

    to = due.owner if due.owner.is_active else next(iter(_team_of(due)), due.owner)
    (notice,) = outbox.queue_all([_saying(to, step, due, words, now)])
    return notice.queued_at == now


def _team_of(about: Recommendation) -> Iterable[Person]:
    """The owner and the account executive; where neither may sign in, the managers."""
    both = dict.fromkeys(filter(None, (about.owner, about.account.account_executive)))
    return [person for person in both if person.is_active] or about.account.managers()


def _saying(
    to: Person,
    step: str,
    about: Recommendation,
    words: Callable[[wording.Recommended], wording.Words],
    now: datetime,
    speaker: str = "",
) -> outbox.Saying:
    page = "portal-recommendation" if to.is_customer else "desk-recommendation"
    with speaking_to(to):
        said = words(
            wording.Recommended(
                account=about.account.name,
                kind=str(about.get_kind_display()),
                title=about.title,
                due=day(about.due_on),
                url=settings.WATCHKEEPER_BASE_URL + reverse(page, args=[about.key]),
            )
        )
    recipient = outbox.Recipient(to.email, to.name, to.pk)
    return outbox.Saying(step=step, to=recipient, words=said, account_id=about.account_id, speaker=speaker, at=now)
