"""The page a vendor publishes, as values: what is promised in the words it is promised with.

The web page, the portal's own terms and ``watchkeeper policy show`` all render these. A target without published
wording gets wording from what is enforced, so that the page never says less or other than what is counted.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from watchkeeper.core.policy import ACKNOWLEDGEMENT, PROMISED_METRICS, RESOLUTION, UPDATE, Contact, Policy, Target
from watchkeeper.core.promise import Promise, effective

_HEADINGS = {ACKNOWLEDGEMENT: "Response Time", UPDATE: "Next Update", RESOLUTION: "Resolution"}


class Cell(NamedTuple):
    """What is said about one metric at one severity; empty where nothing is promised.

    ``is_changed`` marks what an SLA changed. ``level_says`` is then the level's own wording.
    """

    text: str
    is_changed: bool = False
    level_says: str = ""


class Row(NamedTuple):
    """One severity: as the vendor writes it, its definition, and a cell for each metric the table has."""

    severity: str
    definition: str
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """One support level: its words, the headings of its columns and a row for each severity it covers."""

    key: str
    name: str
    title: str
    introduction: tuple[str, ...]
    conditions: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    features: tuple[str, ...]


class Page(NamedTuple):
    """The whole page: its levels in order, and whom customers may turn to."""

    title: str
    vendor: str
    levels: tuple[Table, ...]
    contacts_heading: str
    contacts: tuple[Contact, ...]
    terms: str


def page(policy: Policy) -> Page:
    """The page of a policy, for everybody: contacts that are not public are left out."""
    return Page(
        title=policy.title or policy.name,
        vendor=policy.vendor,
        levels=tuple(table(effective(policy, level)) for level in policy.levels),
        contacts_heading=policy.contacts_heading,
        contacts=tuple(contact for contact in policy.contacts.values() if contact.is_public),
        terms=policy.terms,
    )


def table(promise: Promise) -> Table:
    """The table of one promise: a level as published, or the effective terms under an SLA, its changes marked."""
    level, policy = promise.level, promise.policy
    said_by_level = {(target.metric, target.severity): target for target in level.targets}
    asked = promise.targets.keys() | said_by_level.keys()
    metrics = [metric for metric in PROMISED_METRICS if any(metric == asked_for for asked_for, _severity in asked)]
    response = level.response_heading or _HEADINGS[ACKNOWLEDGEMENT]
    rows = [
        Row(
            f"{severity.key}: {severity.name}" if severity.key != severity.name else severity.name,
            severity.definition,
            tuple(
                _cell(promise.target(metric, severity.number), said_by_level.get((metric, severity.number)))
                for metric in metrics
            ),
        )
        for severity in policy.severities
        if any(number == severity.number for _metric, number in asked)
    ]
    return Table(
        key=level.key,
        name=level.name,
        title=level.title or level.name,
        introduction=level.introduction,
        conditions=level.conditions,
        headings=(
            policy.severity_heading,
            policy.definition_heading,
            *(response if metric == ACKNOWLEDGEMENT else _HEADINGS[metric] for metric in metrics),
        ),
        rows=tuple(rows),
        features=promise.features,
    )


def wording(target: Target) -> str:
    """What is said of a target: the vendor's words, else what is enforced, as ``Within 4 h (Standard Hours)``."""
    if target.published_as:
        return target.published_as
    within = str(target.within)
    length = f"Within {within}" if within[0].isdigit() else within.capitalize()
    clock = " on the clock" if target.within.counting == "elapsed" else ""
    return f"{length}{clock} ({target.operating.published_as or target.operating.name})"


def _cell(holds: Target | None, level_says: Target | None) -> Cell:
    text = wording(holds) if holds else ""
    if holds == level_says:
        return Cell(text)
    return Cell(text, True, wording(level_says) if level_says else "")


def plain(published: Page) -> dict[str, Any]:
    """The page as dictionaries, lists and texts, for JSON."""
    return {
        **published._asdict(),
        "levels": [_plain_table(level) for level in published.levels],
        "contacts": [
            {"name": contact.name, "emails": contact.emails, "phone": contact.phone, "remark": contact.remark}
            for contact in published.contacts
        ],
    }


def _plain_table(level: Table) -> dict[str, Any]:
    rows = [{**row._asdict(), "cells": [cell._asdict() for cell in row.cells]} for row in level.rows]
    return {**level._asdict(), "rows": rows}
