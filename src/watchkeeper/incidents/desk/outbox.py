"""The outbox: everything the desk says to somebody, how far each came, and its words where no server took it away."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy, pgettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.models import Notice
from watchkeeper.notify.urgency import DESK, MAIL, SIGN_IN, WEBHOOK
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.ui.paging import address, page_number

PAGE = 50
_UNDER_WAY = "under-way"
_STATUSES = {
    "": (pgettext_lazy("mails", "All"), None),
    "kept": (gettext_lazy("Kept to be read here"), (Notice.Status.KEPT,)),
    _UNDER_WAY: (gettext_lazy("Under way"), (Notice.Status.QUEUED, Notice.Status.SENDING)),
    "sent": (pgettext_lazy("mails", "Sent"), (Notice.Status.SENT,)),
    "failed": (pgettext_lazy("mails", "Failed"), (Notice.Status.FAILED,)),
    "suppressed": (pgettext_lazy("mails", "Called off"), (Notice.Status.SUPPRESSED,)),
}
_CHANNELS = {
    MAIL: pgettext_lazy("a notice is sent by …", "mail"),
    WEBHOOK: pgettext_lazy("a notice is sent by …", "webhook"),
    DESK: pgettext_lazy("a notice is sent by …", "desk"),
}


def channel_called(channel: str) -> str:
    """A channel in the reader's words; one of an installation's own by its name."""
    return str(_CHANNELS.get(channel, channel))


def notices_seen_by(person: Person) -> QuerySet[Notice]:
    """What a person may read in the outbox: of the accounts they serve, and of none.

    Sign-in mails are left out: each is a secret for one pair of eyes. In the demo all eyes are the same pair's.
    """
    served = Q(account__in=access.accounts_served_by(person)) | Q(account__isnull=True)
    seen = Notice.objects.filter(served)
    return seen if settings.WATCHKEEPER_DEMO else seen.exclude(urgency=SIGN_IN)


def outbox(request: HttpRequest) -> HttpResponse:
    """A page of the outbox, the newest first; ``status`` and ``q`` (recipient, subject) narrow it."""
    status = request.GET.get("status", "")
    status = status if status in _STATUSES else ""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    seen = notices_seen_by(request.user)
    counts = dict(seen.order_by().values_list("status").annotate(Count("pk")))
    found = _found(seen, _STATUSES[status][1], asked)
    page = page_number(request.GET)
    rows = list(
        found.order_by("-queued_at", "pk").annotate(tries=Count("attempts"))[page * PAGE : (page + 1) * PAGE + 1]
    )
    return shell.page(
        request,
        "desk/outbox.html",
        now=clock.now(),
        section="desk-outbox",
        rows=_with_references(request.user, rows[:PAGE]),
        tabs=[_tab(key, status, counts) for key in _STATUSES],
        chosen=status,
        asked=asked,
        earlier=address(status=status, q=asked, page=page - 1) if page else "",
        later=address(status=status, q=asked, page=page + 1) if len(rows) > PAGE else "",
    )


def mail(request: HttpRequest, key: str) -> HttpResponse:
    """One notice: its words and every attempt to hand it over."""
    notice = get_object_or_404(notices_seen_by(request.user), pk=key)
    (row,) = _with_references(request.user, [notice])
    return shell.page(
        request,
        "desk/mail.html",
        now=clock.now(),
        section="desk-outbox",
        row=row,
        attempts=notice.attempts.all(),
        bounces=notice.bounces.all(),
    )


def _found(seen: QuerySet[Notice], statuses: tuple[str, ...] | None, asked: str) -> QuerySet[Notice]:
    if statuses:
        seen = seen.filter(status__in=statuses)
    return seen.filter(Q(recipient__icontains=asked) | Q(subject__icontains=asked)) if asked else seen


def _tab(key: str, chosen: str, counts: dict[str, int]) -> dict[str, Any]:
    label, statuses = _STATUSES[key]
    count = sum(counts.values()) if statuses is None else sum(counts.get(status, 0) for status in statuses)
    return {"label": label, "href": address(status=key), "is_current": key == chosen, "count": count}


def _with_references(person: Person, notices: list[Notice]) -> list[dict[str, Any]]:
    """Each notice with its channel in words, and the reference of its incident where the reader sees that."""
    keys = {notice.incident_id for notice in notices} - {None}
    references = dict(Incident.objects.seen_by(person).filter(pk__in=keys).values_list("pk", "reference"))
    return [
        {
            "notice": notice,
            "channel": channel_called(notice.channel),
            "reference": references.get(notice.incident_id),
        }
        for notice in notices
    ]
