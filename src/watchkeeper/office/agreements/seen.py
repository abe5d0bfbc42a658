"""Two who edit one agreement: the second is told what the first changed before anything is written over."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext

from watchkeeper.policies.models import Agreement


def last_change(agreement: Agreement) -> int:
    """The number of the last change of an agreement: a form carries it as ``seen``."""
    return agreement.changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def changed_since(request: HttpRequest, agreement: Agreement) -> str:
    """Who changed what since the form was shown; empty where nobody did. The agreement is locked by its reader."""
    newest = agreement.changes.select_related("by").order_by("-pk").first()
    if newest is None or str(newest.pk) == request.POST.get("seen", ""):
        return ""
    who = newest.by.name if newest.by else gettext("An import")
    what = ", ".join(what for what, _before, _after in newest.differences)
    return gettext(
        "{who} changed this meanwhile ({what}). What you typed is still here: look at it again, then save it again."
    ).format(who=who, what=what)
