"""Two who edit one agreement: the second is told what the first changed before anything is written over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from watchkeeper.policies.models import Agreement


def last_change(agreement: Agreement) -> int:
    """The number of the last change of an agreement: a form carries it as ``seen``."""
    return agreement.changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def changed_since(request: HttpRequest, agreement: Agreement, form: Any) -> bool:
    """Whether somebody changed the agreement since the form was shown; then the form says who and what.

    The agreement is locked first: of two who save at once the second sees what the first wrote.
    """
    get_object_or_404(Agreement.objects.select_for_update(of=("self",)), pk=agreement.pk)
    newest = agreement.changes.select_related("by").order_by("-pk").first()
    if newest is None or str(newest.pk) == request.POST.get("seen", ""):
        return False
    who = newest.by.name if newest.by else "An import"
    what = ", ".join(what for what, _before, _after in newest.differences)
    says = f"{who} changed this meanwhile ({what}). What you typed is still here: look at it again, then save it again."
    form.add_error(None, says)
    return True
