"""The published page as JSON. ``docs/reference/support-levels.md`` describes it; what is there stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from watchkeeper.core.policy import Contact
from watchkeeper.core.published import Note, Page, Table
from watchkeeper.policies.support_levels.editions import Edition


def as_json(page: Page, edition: Edition, editions: Iterable[Edition]) -> dict[str, Any]:
    """One version of the page, and which others there are."""
    return {
        "title": page.title,
        "vendor": page.vendor,
        **_version(edition),
        "published_at": edition.version.published_at.isoformat().replace("+00:00", "Z"),
        "levels": [_level(table) for table in page.levels],
        "contacts_heading": page.contacts_heading,
        "contacts": [_contact(contact) for contact in page.contacts],
        "terms": page.terms,
        "notes": _notes(page.notes),
        "versions": [
            {**_version(each), "address": reverse("support-levels-version-json", args=[each.version.number])}
            for each in editions
        ],
    }


def _version(edition: Edition) -> dict[str, Any]:
    return {
        "version": edition.version.number,
        "state": edition.state,
        "valid_from": edition.version.valid_from.isoformat(),
        "valid_to": edition.until.isoformat() if edition.until else None,
    }


def _level(table: Table) -> dict[str, Any]:
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


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [{"heading": note.heading, "lines": list(note.lines)} for note in notes]


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "emails": list(contact.emails),
        "phone": contact.phone,
        "remark": contact.remark,
    }
