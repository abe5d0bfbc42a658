"""The page the vendor publishes, rendered from the policy in force: what is promised is what is enforced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeeper.core import published
from watchkeeper.core.policy import Contact
from watchkeeper.people import clock
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.terms import policy_of, version_in_force


@require_safe
def support_levels(request: HttpRequest) -> HttpResponse:
    """``/support-levels``: every cell of the published page, for anybody."""
    now = clock.now()
    version = version_in_force(now)
    policy = policy_of(version)
    shown = {"page": published.page(policy), "version": version, **around(policy, now)}
    return render(request, "policies/support_levels.html", shown)


@require_safe
def support_levels_json(request: HttpRequest) -> JsonResponse:
    """The same page for machines."""
    version = version_in_force(clock.now())
    return JsonResponse(
        _as_json(published.page(policy_of(version)), version), json_dumps_params={"ensure_ascii": False}
    )


def _as_json(page: published.Page, version: PolicyVersion) -> dict[str, Any]:
    return {
        "title": page.title,
        "vendor": page.vendor,
        "version": version.number,
        "valid_from": version.valid_from.isoformat(),
        "levels": [_level(table) for table in page.levels],
        "contacts": [_contact(contact) for contact in page.contacts],
        "terms": page.terms,
        "notes": _notes(page.notes),
    }


def _level(table: published.Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "name": table.name,
        "title": table.title,
        "introduction": list(table.introduction),
        "conditions": table.conditions,
        "headings": list(table.headings),
        "rows": [[row.severity, row.definition, *(cell.text for cell in row.cells)] for row in table.rows],
        "features": list(table.features),
        "notes": _notes(table.notes),
        "variants": [_level(variant) for variant in table.variants],
    }


def _notes(notes: Sequence[published.Note]) -> list[dict[str, Any]]:
    return [{"heading": note.heading, "lines": list(note.lines)} for note in notes]


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "emails": list(contact.emails),
        "phone": contact.phone,
        "remark": contact.remark,
    }
