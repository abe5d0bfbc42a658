"""Subscribing to the monthly mail and ending it: on the page of attainment, and by the link of a mail."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.reports.attainment.monthly import bound_to, may_subscribe
from watchkeeper.reports.attainment.periods import month_before
from watchkeeper.reports.attainment.seen import accounts_counted_by
from watchkeeper.reports.attainment.side import DESK, PORTAL, Question, Side
from watchkeeper.reports.models import Subscription


def portal_subscription(request: HttpRequest) -> HttpResponse:
    """Begin or end the mail about the reader's account."""
    return _changed(request, PORTAL, request.user.account)


def desk_subscription(request: HttpRequest) -> HttpResponse:
    """The same of the account posted, or of all that the reader serves."""
    slug, account = request.POST.get("account", ""), None
    if slug:
        account = get_object_or_404(accounts_counted_by(request.user), slug=slug)
    return _changed(request, DESK, account)


@csrf_exempt  # a mail program posts without having seen the page; nothing counts but the link
def end_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to end it, and end it. Who has ended it already is told the same."""
    key = bound_to(token)
    if key is None:
        raise Http404
    stand_for_the_desk()
    if request.method == "POST":
        Subscription.objects.filter(pk=key).delete()
    return render(request, "reports/attainment/mail_end.html", {"is_done": request.method == "POST"})


def offered(asked: Question) -> dict[str, object]:
    """What the page says of the mail: whether the reader may have it, and whether they do."""
    account = asked.reader.account if asked.reader.is_customer else _account_of(asked)
    return {
        "may_subscribe": may_subscribe(asked.reader, account),
        "is_subscribed": _of(asked.reader.pk, account).exists(),
        "subscription": asked.side.address("subscription"),
        "subscribed_account": account,
    }


def _account_of(asked: Question) -> Account | None:
    return accounts_counted_by(asked.reader).filter(slug=asked.asked.account).first() if asked.asked.account else None


def _of(person: int, account: Account | None) -> QuerySet[Subscription]:
    return Subscription.objects.filter(person_id=person, account=account)


def _changed(request: HttpRequest, side: Side, account: Account | None) -> HttpResponse:
    if not may_subscribe(request.user, account):
        raise Http404
    if request.POST.get("ends"):
        _of(request.user.pk, account).delete()
        messages.success(request, gettext("You get no more mail about it."))
    else:
        now = clock.now()
        before = month_before(now, policy_in_force(now).zone)
        Subscription.begin(request.user, account, at=now, last_month=before.key)
        messages.success(request, gettext("You get a mail when a month is over."))
    return redirect(side.address() + (f"?account={account.slug}" if account and side.for_the_team else ""))
