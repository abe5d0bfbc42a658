"""What a change of an account's terms means for its open incidents: they keep their promise until somebody says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from watchkeeper.incidents.models import Incident
from watchkeeper.office.publishing.moves import preview
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement


def promises_page(account: Account) -> str:
    """The address of the page that shows what the promise of now would move at an account's open incidents."""
    return f"{reverse('desk-policy-promises')}?account={account.slug}"


def after_a_change(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Where a change of an agreement leads: to the open incidents that would be due sooner now, else to itself."""
    found = Incident.objects.open().filter(account=agreement.account).select_related("account", "policy_version")
    if not preview(found, at=clock.now()).sooner:
        return redirect("desk-agreement", agreement.pk)
    messages.info(request, gettext("Open incidents keep their promise. By the one of now these would be due sooner."))
    return redirect(promises_page(agreement.account))
