"""The page a vendor publishes, as values: what is promised in the words it is promised with.

The web page, the portal's own terms and ``watchkeeper policy show`` all render these. A target without published
wording gets wording from what is enforced, so that the page never says less or other than what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from watchkeeper.core.circumstances import When
from watchkeeper.core.offer import CHANNEL_NAMES, Offer
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    ARRIVAL,
    ASSIGNMENT,
    CALL,
    DIAGNOSIS,
    DISPATCH,
    POST_INCIDENT_REPORT,
    PROMISED_METRICS,
    RECEIPT,
    RESOLUTION,
    RESTORATION,
    UPDATE,
    WORKAROUND,
    Cadence,
    Contact,
    EscalationRules,
    Level,
    OperatingHours,
    Policy,
    Severity,
    SeverityMatrix,
    Target,
    Tier,
    Variant,
)
from watchkeeper.core.promise import Promise, effective
from watchkeeper.core.said import Said, capitalised, joined, sentence
from watchkeeper.core.within import Within

_HEADINGS: Mapping[str, Said] = {
    ACKNOWLEDGEMENT: sentence("Response Time"),
    ASSIGNMENT: sentence("Assignment"),
    ARRIVAL: sentence("Arrival on Site"),
    DIAGNOSIS: sentence("Diagnosis"),
    WORKAROUND: sentence("Workaround"),
    RESTORATION: sentence("Restoration"),
    UPDATE: sentence("Next Update"),
    RESOLUTION: sentence("Resolution"),
    POST_INCIDENT_REPORT: sentence("Report After the Incident"),
}

_HEADINGS_NOT_GIVEN: Mapping[str, Said] = {
    Policy.severity_heading: sentence("Severity"),
    Policy.definition_heading: sentence("Definition"),
    Policy.contacts_heading: sentence("Contacts"),
}
"""The headings of a policy that names none."""

_BEGINS: Mapping[str, Said] = {
    DISPATCH: sentence("from the review of the report"),
    CALL: sentence("from the telephone call"),
    ACKNOWLEDGEMENT: sentence("from the acknowledgement"),
}

_INSTEAD: Mapping[str, Said] = {
    "best effort": sentence("best effort"),
    "not offered": sentence("not offered"),
    "as agreed": sentence("as agreed"),
}
"""What a policy may say instead of a promise: ``policy.SAID_INSTEAD``."""

_ONCE: Mapping[str, Said] = {
    DIAGNOSIS: sentence("once the cause is known"),
    WORKAROUND: sentence("once there is a workaround"),
    RESTORATION: sentence("once the service is restored"),
}

Place = tuple[str, int]
"""A metric and a severity's number: one cell of a table."""


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


class Note(NamedTuple):
    """What a level says beside its table: a heading and its lines."""

    heading: str
    lines: tuple[str, ...]


class Table(NamedTuple):
    """One support level: its words, the headings of its columns, a row for each severity it speaks of, its notes.

    ``variants`` are tables of what is different in some circumstances, each titled by them.
    """

    key: str
    name: str
    title: str
    introduction: tuple[str, ...]
    conditions: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    features: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    variants: tuple[Table, ...] = ()

    @property
    def labelled_rows(self) -> tuple[tuple[Row, tuple[tuple[str, Cell], ...]], ...]:
        """Every row, and its cells each with the heading of its column, for where columns do not stand side by side."""
        return tuple((row, tuple(zip(self.headings[2:], row.cells, strict=True))) for row in self.rows)


class Page(NamedTuple):
    """The whole page: its levels in order, whom customers may turn to, and notes on what holds for all levels."""

    title: str
    vendor: str
    levels: tuple[Table, ...]
    contacts_heading: str
    contacts: tuple[Contact, ...]
    terms: str
    notes: tuple[Note, ...] = ()


def page(policy: Policy) -> Page:
    """The page of a policy, for everybody: contacts that are not public are left out."""
    return Page(
        title=policy.title or policy.name,
        vendor=policy.vendor,
        levels=tuple(_level_table(policy, level) for level in policy.levels),
        contacts_heading=_heading(policy.contacts_heading),
        contacts=tuple(contact for contact in policy.contacts.values() if contact.is_public),
        terms=policy.terms,
        notes=tuple(note for note in _notes_for_all(policy) if note.lines),
    )


def _notes_for_all(policy: Policy) -> Iterator[Note]:
    matrix = policy.severity_matrix
    if matrix is not None:
        yield Note(sentence("Severity by impact and urgency"), tuple(_of_matrix(policy, matrix)))
    said = (f"{priority.name}: {priority.definition}".removesuffix(": ") for priority in policy.priorities)
    yield Note(sentence("The customer’s own priority"), tuple(said))


def _of_matrix(policy: Policy, matrix: SeverityMatrix) -> Iterator[str]:
    for impact, row in zip(matrix.impacts, matrix.severities, strict=True):
        cells = zip(matrix.urgencies, row, strict=True)
        said = (f"{urgency} → {policy.severity_numbered(number).name}" for urgency, number in cells)
        yield f"{impact}: {', '.join(said)}"


_NOTHING_PROMISED = (Cell(sentence("Nothing is promised")),)


def _level_table(policy: Policy, level: Level) -> Table:
    plain = table(effective(policy, level))
    calendars = {name: operating.published_as for name, operating in policy.operating.items() if operating.published_as}
    variants = []
    for variant in level.variants:
        always = replace(level, variants=(Variant(When(), variant.terms),))
        there = table(effective(policy, always))
        rows = tuple(row for row in there.rows if there.headings != plain.headings or row not in plain.rows)
        spoken_of = {row.severity for row in there.rows}
        rows += tuple(row._replace(cells=_NOTHING_PROMISED) for row in plain.rows if row.severity not in spoken_of)
        notes = tuple(note for note in there.notes if note not in plain.notes)
        differing = there._replace(rows=rows, notes=notes, features=there.features[len(plain.features) :])
        variants.append(differing._replace(title=variant.when.spoken(calendars), introduction=(), conditions=""))
    return plain._replace(variants=tuple(variants))


def table(promise: Promise) -> Table:
    """The table of one promise: a level as published, or the effective terms under an SLA, its changes marked."""
    level, policy = promise.level, promise.policy
    said_by_level = promise.said_by_level
    asked = promise.targets.keys() | said_by_level.keys() | promise.said_instead.keys()
    definitions = dict(level.definitions)
    metrics = [metric for metric in PROMISED_METRICS if any(metric == asked_for for asked_for, _severity in asked)]
    response = level.response_heading or _HEADINGS[ACKNOWLEDGEMENT]
    rows = [
        Row(
            _written(severity),
            definitions.get(severity.number, severity.definition),
            tuple(_cell(promise, said_by_level, (metric, severity.number)) for metric in metrics),
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
            _heading(policy.severity_heading),
            _heading(policy.definition_heading),
            *(response if metric == ACKNOWLEDGEMENT else _HEADINGS[metric] for metric in metrics),
        ),
        rows=tuple(rows),
        features=promise.features,
        notes=_notes(promise),
    )


def _heading(words: str) -> str:
    return _HEADINGS_NOT_GIVEN.get(words, words)


def _written(severity: Severity) -> str:
    return f"{severity.key}: {severity.name}" if severity.key != severity.name else severity.name


def _notes(promise: Promise) -> tuple[Note, ...]:
    offer, level = promise.offer, promise.level
    notes = [
        Note(sentence("Ways in"), _ways_in(offer, promise.policy)),
        Note(sentence("In an emergency"), _lines(offer.emergency)),
        Note(sentence("Named contacts"), _lines(str(offer.named_contacts))),
        Note(sentence("Limits"), tuple(map(str, offer.limits))),
        Note(sentence("Languages"), _lines(", ".join(offer.languages))),
        Note(sentence("Staff"), _lines(offer.staff)),
        Note(sentence("What counts as a response"), _lines(offer.response_means)),
        Note(
            sentence("When clocks start"), _lines(capitalised(_BEGINS[level.begins]) if level.begins != RECEIPT else "")
        ),
        Note(sentence("How severities are set"), (*_at_most(promise), *_lines(offer.severity_rules))),
        Note(sentence("Closing"), _lines(offer.closing_rules)),
        Note(sentence("Escalation"), tuple(_escalation_lines(promise.escalation))),
        Note(sentence("Shares"), tuple(_shares(promise))),
        Note(sentence("Credits"), tuple(map(str, offer.credits))),
        Note(sentence("Maintenance"), tuple(map(str, offer.maintenance))),
        Note(sentence("Not covered"), offer.not_covered),
        Note(sentence("Offered"), _lines(_offered(offer))),
    ]
    return tuple(note for note in notes if note.lines)


def _at_most(promise: Promise) -> tuple[str, ...]:
    if promise.most_severe is None:
        return ()
    severity = promise.policy.severity_numbered(promise.most_severe)
    return (sentence("what is more severe counts as {severity}", severity=_written(severity)),)


def _shares(promise: Promise) -> Iterator[str]:
    for shared in promise.offer.shares:
        named = (_written(promise.policy.severity_numbered(number)) for number in shared.severities)
        yield shared.said(", ".join(named))


def _escalation_lines(rules: EscalationRules) -> Iterator[str]:
    if rules.customer_after is not None:
        yield sentence(
            "a customer may escalate from {length} after the report on, breached or not",
            length=rules.customer_after.after_a_preposition,
        )
    for number, tier in enumerate(rules.path, start=1):
        named = f"{number}. {tier.name}"
        said = joined(", ", filter(None, _of_tier(tier)))
        yield joined(": ", (named, said)) if said else named


def _of_tier(tier: Tier) -> Iterator[str]:
    if tier.after is not None:
        yield sentence("at once") if tier.after.is_nothing else tier.after.as_delay
    if tier.operating is not None:
        yield tier.operating.published_as or tier.operating.name
    yield tier.says
    if tier.contact is not None and tier.contact.is_public:
        yield from (*tier.contact.emails, tier.contact.phone)


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _ways_in(offer: Offer, policy: Policy) -> tuple[str, ...]:
    named = tuple(
        joined(": ", (policy.severity_numbered(number).name, _channels(channels)))
        for number, channels in offer.channels
        if number
    )
    others = next((channels for number, channels in offer.channels if not number), ())
    if not others:
        return named
    said = _channels(others)
    return (*named, sentence("all others: {channels}", channels=said) if named else said)


def _channels(channels: Iterable[str]) -> str:
    return joined(", ", (CHANNEL_NAMES.get(channel, channel) for channel in channels))


def _offered(offer: Offer) -> str:
    begins = sentence("from {day}", day=offer.offered_from) if offer.offered_from else ""
    ends = sentence("until {day}", day=offer.offered_to) if offer.offered_to else ""
    return joined(" ", filter(None, (begins, ends)))


def wording(target: Target) -> str:
    """What is said of a target: the vendor's words, else what is enforced, as ``Within 4 h (Standard Hours)``."""
    if target.published_as:
        return target.published_as
    begins = _BEGINS[target.begins] if target.begins != RECEIPT else ""
    said = joined(" ", filter(None, (_length(target.within), begins, _counted_in(target.operating))))
    if target.share:
        said = sentence("{promise}, for {share}", promise=said, share=str(target.share))
    return capitalised(joined("; ", (said, *map(_later, target.then))))


def instead(words: str) -> str:
    """What is said where nothing is promised: one of three that a policy may choose, or the vendor's own words."""
    return _INSTEAD.get(words, words)


def _later(cadence: Cadence) -> str:
    begins = _ONCE[cadence.once] if cadence.once else _after_the_report(cadence.after)
    return joined(" ", (_length(cadence.within), _counted_in(cadence.operating), begins))


def _after_the_report(after: Within | None) -> Said:
    return sentence("from {length} after the report on", length=after.after_a_preposition if after else "")


def _length(within: Within) -> str:
    if not within.is_counted:
        return str(within)
    if within.counting == "elapsed":
        return sentence("{length} on the clock", length=within.as_limit)
    return within.as_limit


def _counted_in(operating: OperatingHours) -> str:
    return f"({operating.published_as or operating.name})"


def _cell(promise: Promise, said_by_level: Mapping[Place, Target], place: Place) -> Cell:
    holds, level_says = promise.targets.get(place), said_by_level.get(place)
    text = wording(holds) if holds else capitalised(instead(promise.said_instead.get(place, "")))
    if holds == level_says:
        return Cell(text)
    return Cell(text, True, wording(level_says) if level_says else "")


def plain(published: Page) -> dict[str, Any]:
    """The page as dictionaries, lists and texts, for JSON."""
    return {
        **published._asdict(),
        "levels": [_plain_table(level) for level in published.levels],
        "notes": [note._asdict() for note in published.notes],
        "contacts": [
            {"name": contact.name, "emails": contact.emails, "phone": contact.phone, "remark": contact.remark}
            for contact in published.contacts
        ],
    }


def _plain_table(level: Table) -> dict[str, Any]:
    rows = [{**row._asdict(), "cells": [cell._asdict() for cell in row.cells]} for row in level.rows]
    notes = [note._asdict() for note in level.notes]
    return {**level._asdict(), "rows": rows, "notes": notes, "variants": [_plain_table(v) for v in level.variants]}
