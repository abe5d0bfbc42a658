"""What stands on paper: the published page, or an account's own terms, as plain texts for ``paper``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from watchkeeper.core import published
from watchkeeper.core.policy import Contact, Policy
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.publishing import SINCE_EVER
from watchkeeper.policies.support_levels.account_terms import AccountTerms
from watchkeeper.policies.support_levels.held_terms import Terms

_MOST_UPRIGHT = 5
"""Columns that fit on an upright page; more of them lie across."""

_ACCEPTED = "You may report these all the same: they are accepted, kept and worked on, without a promised time."
_NO_ENTITLEMENT = {
    "title": "No entitlement on record",
    "lead": "Nothing is refused for that: your reports are accepted and worked on, without a promised time.",
    "introduction": [],
    "conditions": "",
    "headings": [],
    "rows": [],
    "notes": [],
    "variants": [],
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def of_version(policy: Policy, version: PolicyVersion) -> dict[str, Any]:
    """The published page. It says nothing that a later version changes, and so is the same for ever."""
    page = published.page(policy)
    published_on = _local_date(version.published_at, policy)
    begins = "the beginning" if version.valid_from == SINCE_EVER else _written(version.valid_from)
    levels = [_level(table) for table in page.levels]
    return {
        "title": page.title,
        "author": page.vendor or page.title,
        "eyebrow": page.vendor,
        "about": f"Version {version.number}, in force from {begins}. Published on {_written(published_on)}.",
        "footer": " · ".join(filter(None, (page.vendor, page.title, f"version {version.number}"))),
        "dated": _parts(published_on),
        "levels": levels,
        "contacts_heading": page.contacts_heading,
        "contacts": [_contact(contact) for contact in page.contacts],
        "terms": page.terms,
        **_form(policy, levels),
    }


def of_account(terms: AccountTerms, policy: Policy, *, at: datetime) -> dict[str, Any]:
    """What an account was promised, as it holds at an instant."""
    today = _local_date(at, policy)
    levels = [_held(each) for each in terms.terms]
    executive = terms.executive
    contacts = [_contact(contact) for contact in terms.contacts]
    if executive is not None:
        contacts.append({"name": "Your account executive", "ways": [executive.name, executive.email]})
    return {
        "title": "Your support terms",
        "author": policy.vendor or policy.name,
        "eyebrow": terms.account.name,
        "about": f"As they hold on {_written(today)}. An incident keeps the promise it was given when it was received.",
        "footer": f"{terms.account.name} · support terms of {_written(today)}",
        "dated": _parts(today),
        "levels": levels or [_NO_ENTITLEMENT],
        "contacts_heading": "Contacts",
        "contacts": contacts,
        "terms": "",
        **_form(policy, levels),
    }


def _held(terms: Terms) -> dict[str, Any]:
    lead = f"{terms.covers}, {terms.period}"
    if terms.promise.sla is not None:
        lead += f", with the SLA “{terms.promise.sla.name}” laid over the level"
    level = _level(terms.table._replace(title=terms.promise.level.name, introduction=()), lead=f"{lead}.")
    escalation = [f"{said}." for said in (terms.escalates, terms.does_not_escalate) if said]
    if escalation:
        level["notes"].insert(0, {"heading": "Escalation", "lines": [" ".join(escalation)]})
    if terms.engineers:
        names = ", ".join(person.name for person in terms.engineers)
        level["notes"].append({"heading": "Your engineers", "lines": [names]})
    if terms.limits:
        ends = [f"{limit.severity.name}: {limit.says}" for limit in terms.limits]
        level["notes"].append({"heading": "Where your level ends", "lines": [_ACCEPTED, *ends]})
    return level


def _level(table: published.Table, *, lead: str = "") -> dict[str, Any]:
    notes = [{"heading": note.heading, "lines": list(note.lines)} for note in table.notes]
    if table.features:
        notes.append({"heading": "Also included", "lines": [", ".join(table.features)]})
    return {
        "title": table.title,
        "lead": lead,
        "introduction": list(table.introduction),
        "conditions": table.conditions,
        "headings": list(table.headings),
        "rows": [{**row._asdict(), "cells": [cell._asdict() for cell in row.cells]} for row in table.rows],
        "notes": notes,
        "variants": [_level(variant) for variant in table.variants],
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {"name": contact.name, "ways": [*contact.emails, *filter(None, (contact.phone, contact.remark))]}


def _form(policy: Policy, levels: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The paper of the policy's part of the world, lying across where a table is wide."""
    tables = [table for level in levels for table in (level, *level["variants"]) if table["rows"]]
    return {
        "paper": "us-letter" if policy.zone.startswith("America/") else "a4",
        "wide": any(len(table["headings"]) > _MOST_UPRIGHT for table in tables),
    }


def _local_date(at: datetime, policy: Policy) -> date:
    return at.astimezone(ZoneInfo(policy.zone)).date()


def _parts(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _written(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
