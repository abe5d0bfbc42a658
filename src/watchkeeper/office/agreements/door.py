"""What of licences and agreements a reader has before them: what ``access`` lets them read, and else no page."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from watchkeeper.people import access
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, Licence

MANAGE = "manage agreements"


def account_read(request: HttpRequest, slug: str) -> Account:
    """The account of this name if the asker reads its agreements; else there is no such page."""
    accounts = access.accounts_with_agreements_read_by(request.user).select_related("account_executive", "team")
    return get_object_or_404(accounts, slug=slug)


def agreement_read(request: HttpRequest, key: int) -> Agreement:
    """The agreement with this key if the asker reads it."""
    return get_object_or_404(_read(request, Agreement.objects.select_related("pinned_version")), pk=key)


def agreement_to_change(request: HttpRequest, key: int) -> Agreement:
    """The same; what is sent waits for its lock, so that of two who change it the second reads what the first wrote."""
    if request.method != "POST":
        return agreement_read(request, key)
    locked = Agreement.objects.select_for_update(of=("self",), no_key=True).select_related("pinned_version")
    return get_object_or_404(_read(request, locked), pk=key)


def licence_read(request: HttpRequest, key: int) -> Licence:
    """The licence with this key if the asker reads it."""
    return get_object_or_404(_read(request, Licence.objects.all()), pk=key)


def renewed(request: HttpRequest, rows: QuerySet) -> Licence | Agreement | None:
    """The one of ``rows`` that ``?renews=`` names: it has an end, which the new one follows."""
    written = request.GET.get("renews", "")
    if not (written.isascii() and written.isdigit()):
        return None
    return get_object_or_404(rows.filter(period__endswith__isnull=False), pk=int(written))


def _read(request: HttpRequest, rows: QuerySet) -> QuerySet:
    accounts = access.accounts_with_agreements_read_by(request.user)
    return rows.filter(account__in=accounts).select_related("account__account_executive", "account__team")
