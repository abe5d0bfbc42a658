"""Ends that nothing follows: the account executive is told 90, 30 and 7 days before, and when it is over.

Any number of processes may look, as often as they like: that an end was told is a row, written with the notices in
one transaction, and unique for an end and a mark. What came due while nobody looked is told once, by the last mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from watchkeeper.notify import outbox, wording
from watchkeeper.office.agreements import words
from watchkeeper.office.agreements.holdings import holdings_of
from watchkeeper.people import clock
from watchkeeper.people.apart import apart
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement, EndReminder, Licence
from watchkeeper.policies.versions import NoPolicy, local_day, midnight, policy_in_force

MARKS = (90, 30, 7)
"""Days before an end at which it is told."""

OVER = 0
TOLD_AFTERWARDS = timedelta(days=7)
"""How long after an end it is still told: what ended long before anybody looked is no news."""

Row = Licence | Agreement


def tell_of_ends() -> int:
    """Tell of every end that is due to be told and was not; how many. A fault in one holds up no other."""
    return sum(
        apart(f"tell of the end of {type(row).__name__} {row.pk}", _tell, type(row), row.pk) for row in _ending()
    )


def mark_of(row: Row, today: date) -> int | None:
    """The mark at which an end is told on a day: the last that has come; ``None`` before all of them.

    A mark that lies before the first day never comes.
    """
    left = (row.period.upper - today).days
    if left <= 0:
        return OVER
    come = [mark for mark in MARKS if left <= mark and row.period.upper - timedelta(days=mark) >= row.period.lower]
    return min(come, default=None)


def _ending() -> list[Row]:
    with for_the_desk():
        try:
            today = local_day(clock.now())
        except NoPolicy:
            return []
        within = (today - TOLD_AFTERWARDS, today + timedelta(days=max(MARKS)))
        return [
            row
            for model in (Agreement, Licence)
            for row in model.objects.not_renewed().filter(period__endswith__range=within)
        ]


def _tell(model: type[Row], key: int) -> bool:
    """Tell of one end as it stands now: it is read again, for it may have been renewed meanwhile."""
    now = clock.now()
    today = local_day(now)
    row = model.objects.not_renewed().filter(pk=key).select_related("account__account_executive").first()
    mark = mark_of(row, today) if row is not None else None
    if row is None or mark is None:
        return False
    of = {"agreement": row} if isinstance(row, Agreement) else {"licence": row}
    ends_on: date = row.period.upper
    _row, is_new = EndReminder.objects.get_or_create(
        **of, ends_on=ends_on, days_before=mark, defaults={"account": row.account, "told_at": now}
    )
    if is_new:
        step = f"{model.__name__.lower()}-ends:{key}:{ends_on}:{mark}"
        left = (ends_on - today).days
        outbox.queue_all([_saying(to, step, row, mark, left, now) for to in _recipients(row.account)])
    return is_new


def _recipients(account: Account) -> list[Person]:
    executive = account.account_executive
    return [executive] if executive is not None and executive.is_active else account.managers()


def _saying(to: Person, step: str, row: Row, mark: int, days_left: int, now: datetime) -> outbox.Saying:
    with speaking_to(to):
        said = _words(row, mark, days_left, now)
    recipient = outbox.Recipient(to.email, to.name, to.pk)
    return outbox.Saying(step=step, to=recipient, words=said, account_id=row.account.pk, at=now)


def _words(row: Row, mark: int, days_left: int, now: datetime) -> wording.Words:
    in_force = policy_in_force(now)
    of_agreement = isinstance(row, Agreement)
    page = (
        reverse("desk-agreement", args=[row.pk]) if of_agreement else reverse("desk-account", args=[row.account.slug])
    )
    end = wording.End(
        account=row.account.name,
        what=words.called(row, in_force) if of_agreement else gettext("The licence"),
        through=periods.through(row.period),
        since=periods.day(row.period.upper),
        zone=in_force.zone,
        then=list(_then(row, midnight(row.period.upper, zone=in_force.zone))),
        url=settings.WATCHKEEPER_BASE_URL + page,
    )
    return wording.has_ended(end) if mark == OVER else wording.ends_in(end, days=days_left)


def _then(row: Row, at: datetime) -> Iterator[str]:
    for holding in holdings_of(row.account, at=at):
        level = holding.promise.level.name if holding.promise else gettext("terms that cannot be read")
        yield gettext("{level} for {what}").format(level=level, what=holding.covers)
