"""``/desk/mail-in``: what came in by mail and what became of it; what waits for a person stands first."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, pgettext_lazy

from watchkeeper.core import mail as core
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.download import download
from watchkeeper.incidents.models import Incident
from watchkeeper.intake.desk.forms import ReportForm
from watchkeeper.intake.models import DoorFault, ReceivedMail
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.ui.paging import address, page_number
from watchkeeper.ui.translated import again

PAGE = 50
RAW_SHOWN = 20_000
_STATUSES = {
    "": (pgettext_lazy("mails", "Waits for a person"), ReceivedMail.Status.QUARANTINED),
    "taken": (pgettext_lazy("mails", "Taken"), ReceivedMail.Status.TAKEN),
    "dropped": (pgettext_lazy("mails", "Left without effect"), ReceivedMail.Status.DROPPED),
    "waiting": (pgettext_lazy("mails", "Being read"), ReceivedMail.Status.WAITING),
}
_EFFECTS = {
    core.DROP: pgettext_lazy("what a mail did", "nothing"),
    core.ATTACH: pgettext_lazy("what a mail did", "joined to a delivery"),
    core.SAY: pgettext_lazy("what a mail did", "said on an incident"),
    core.REPORT: pgettext_lazy("what a mail did", "a new incident"),
    core.REPORT_UNVERIFIED: pgettext_lazy("what a mail did", "a new incident, its sender not confirmed"),
    core.ESCALATE: pgettext_lazy("what a mail did", "an escalation"),
    core.QUARANTINE: pgettext_lazy("what a mail did", "waits for a person"),
}


def mails_seen_by(person: Person) -> QuerySet[ReceivedMail]:
    """What a person may read of mail that came in: of the accounts they serve, and what is nobody's yet."""
    return ReceivedMail.objects.filter(Q(account__in=access.accounts_served_by(person)) | Q(account__isnull=True))


def mails(request: HttpRequest) -> HttpResponse:
    """A page of them, the newest first; ``status`` and ``q`` (author, subject) narrow it."""
    status = request.GET.get("status", "")
    status = status if status in _STATUSES else ""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    seen = mails_seen_by(request.user)
    counts = dict(seen.order_by().values_list("status").annotate(Count("pk")))
    found = seen.filter(status=_STATUSES[status][1])
    if asked:
        found = found.filter(Q(author__icontains=asked) | Q(subject__icontains=asked))
    page = page_number(request.GET)
    rows = list(found.select_related("account").order_by("-id")[page * PAGE : (page + 1) * PAGE + 1])
    return shell.page(
        request,
        "intake/mails.html",
        now=clock.now(),
        section="desk-mails-in",
        rows=_with_references(request.user, rows[:PAGE]),
        tabs=[_tab(key, status, counts) for key in _STATUSES],
        chosen=status,
        asked=asked,
        faults=DoorFault.objects.all(),
        earlier=address(status=status, q=asked, page=page - 1) if page else "",
        later=address(status=status, q=asked, page=page + 1) if len(rows) > PAGE else "",
    )


def mail(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: what became of it and why, what it says, and what a person can do with it."""
    return mail_page(request, mail_seen(request, key))


def mail_page(
    request: HttpRequest, found: ReceivedMail, form: ReportForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one mail; with a form that was mistyped it keeps what was typed."""
    (row,) = _with_references(request.user, [found])
    waits = found.status == ReceivedMail.Status.QUARANTINED
    may_settle = waits and access.may(request.user, "settle mail that came in")
    return shell.page(
        request,
        "intake/mail.html",
        now=clock.now(),
        section="desk-mails-in",
        status=status,
        row=row,
        raw=_beginning(found),
        settling=(form or ReportForm(by=request.user)) if may_settle else None,
    )


def file(request: HttpRequest, key: str) -> FileResponse:
    """The mail as it came, as a file that no browser interprets."""
    found = mail_seen(request, key)
    data = bytes(found.raw.data)
    return download([data], name=f"{found.key}.eml", size=len(data))


def mail_seen(request: HttpRequest, key: str) -> ReceivedMail:
    """The mail of this key if the asker may read it; else there is no such page."""
    return get_object_or_404(mails_seen_by(request.user).select_related("raw", "account", "person"), key=key)


def _beginning(found: ReceivedMail) -> str:
    """The first of the bytes as text; what is no UTF-8 shows as such."""
    return bytes(found.raw.data[:RAW_SHOWN]).decode("utf-8", "replace")


def _tab(key: str, chosen: str, counts: dict[str, int]) -> dict[str, Any]:
    label, status = _STATUSES[key]
    return {"label": label, "href": address(status=key), "is_current": key == chosen, "count": counts.get(status, 0)}


def _with_references(person: Person, found: list[ReceivedMail]) -> list[dict[str, Any]]:
    """Each mail with what it did in words, and the reference of its incident where the reader sees that."""
    keys = {mail.incident_id for mail in found} - {None}
    references = dict(Incident.objects.seen_by(person).filter(pk__in=keys).values_list("pk", "reference"))
    return [
        {
            "mail": mail,
            "title": mail.subject or gettext("(no subject)"),
            "why": again(mail.why),
            "effect": _EFFECTS.get(mail.effect, ""),
            "reference": references.get(mail.incident_id),
        }
        for mail in found
    ]
