"""What the pages of one draft have around them: its name, and the way from its text to its publication."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.office.publishing.models import PolicyDraft

TABS = {
    "desk-policy-draft": gettext_lazy("Text"),
    "desk-policy-draft-page": gettext_lazy("Published page"),
    "desk-policy-draft-effect": gettext_lazy("Effect"),
    "desk-policy-draft-publication": gettext_lazy("Publish"),
}


def draft_called(key: int) -> PolicyDraft:
    """The draft with this number; else there is no such page."""
    named = ("author", "changed_by", "discarded_by", "based_on", "published_as")
    return get_object_or_404(PolicyDraft.objects.select_related(*named), pk=key)


def page(
    request: HttpRequest, template: str, draft: PolicyDraft, *, now: datetime, status: int = 200, **shown: Any
) -> HttpResponse:
    """A page of a draft."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    tabs = [
        {"label": str(label), "href": reverse(name, args=[draft.pk]), "is_current": name == here}
        for name, label in TABS.items()
    ]
    known = {"now": now, "status": status, "section": "desk-policy", "draft": draft, "tabs": tabs}
    return shell.page(request, f"office/publishing/{template}", **known, **shown)
