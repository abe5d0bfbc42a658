"""The monthly mail: when a month is over, whoever subscribed is told once what came of its promises.

Any number of processes may look, as often as they like: a subscription names the last month it was told of, and is
claimed in the transaction that queues the mail. Who may not read it any more is told nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.notify import outbox, wording
from watchkeeper.people import access, clock
from watchkeeper.people.apart import apart
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.versions import NoPolicy, policy_in_force
from watchkeeper.reports.attainment import words
from watchkeeper.reports.attainment.asked import Asked
from watchkeeper.reports.attainment.count import Figures, Line, Population, lines_of, together
from watchkeeper.reports.attainment.periods import Choice, month_before
from watchkeeper.reports.models import Subscription


def may_subscribe(person: Person, account: Account | None) -> bool:
    """Whether somebody may have this mail: of one account that is theirs, or of all that they serve."""
    if not person.is_active or not access.may(person, "subscribe to attainment"):
        return False
    if person.is_customer:
        return account is not None and person.account_id == account.pk
    return account is None or access.serves(person, account)


def tell_of_months() -> int:
    """Tell of the month that is over whoever was not told of it; how many. A fault in one holds up no other."""
    with for_the_desk():
        now = clock.now()
        try:
            month = month_before(now, policy_in_force(now).zone)
        except NoPolicy:
            return 0
        keys = list(Subscription.objects.without(month.key).order_by("pk").values_list("pk", flat=True))
    return sum(apart(f"tell of {month.key} by subscription {key}", _tell, key, month) for key in keys)


def ending_link(subscription: Subscription) -> str:
    """Where whoever has the link ends a subscription, without signing in."""
    return settings.WATCHKEEPER_BASE_URL + reverse("attainment-mail-end", args=[_signer().sign(str(subscription.pk))])


def bound_to(token: str) -> int | None:
    """The subscription that a link is signed for; nothing where we did not sign it."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _tell(key: int, month: Choice) -> bool:
    if not Subscription.objects.claim(key, month.key):
        return False
    subscription = Subscription.objects.select_related("person__account", "account").get(pk=key)
    person, account, now = subscription.person, subscription.account, clock.now()
    if not may_subscribe(person, account):
        return False
    asked = Asked(period=month.key, account=account.slug if account and not person.is_customer else "")
    with speaking_to(person):
        said = _words(Population(person, asked, month, now), policy_in_force(now), subscription)
    outbox.queue_all([_saying(subscription, said, month, now)])
    return True


def _saying(subscription: Subscription, said: wording.Words, month: Choice, now: datetime) -> outbox.Saying:
    person = subscription.person
    return outbox.Saying(
        step=f"attainment:{subscription.pk}:{month.key}",
        to=outbox.Recipient(person.email, person.name, person.pk),
        words=said,
        account_id=subscription.account_id,
        unsubscribe=ending_link(subscription),
        at=now,
    )


def _words(population: Population, policy: Policy, subscription: Subscription) -> wording.Words:
    lines = lines_of(population)
    account, side = subscription.account, "portal" if subscription.person.is_customer else "desk"
    return wording.monthly(
        of=account.name if account else gettext("all accounts"),
        month=population.period.key,
        lines=[_came(line, policy) for line in lines],
        beside=", ".join(_beside(together(line.figures for line in lines))),
        url=settings.WATCHKEEPER_BASE_URL + reverse(f"{side}-attainment") + population.asked.query,
        ends=ending_link(subscription),
    )


def _came(line: Line, policy: Policy) -> wording.Came:
    metric, severity = words.metric_name(line.metric), words.severity_name(policy, line.severity)
    attainment = line.figures.attainment
    what = gettext("{metric} of {severity} at {level}").format(
        metric=metric, severity=severity, level=words.level_name(policy, line.level)
    )
    percent = attainment.percent()
    return wording.Came(what, line.figures.met, attainment.judged, "" if percent is None else str(percent))


def _beside(total: Figures) -> Iterator[str]:
    for count, said in (
        (total.open, gettext("{count} still running")),
        (total.left_out, gettext("{count} left out")),
        (total.ended, gettext("{count} cancelled")),
        (total.outside, gettext("{count} outside the level")),
        (total.contested, gettext("{count} disputed")),
    ):
        if count:
            yield said.format(count=count)


def _signer() -> Signer:
    return Signer(salt="watchkeeper.reports.attainment.monthly", sep=".")
