"""A whole policy file: its own fields, and the order in which its parts are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from watchkeeper.core.policy import RECEIPT, Contact, Policy, Priority, Severity, SeverityMatrix, UnsoundPolicy
from watchkeeper.core.policy_file.beginnings import known_beginning
from watchkeeper.core.policy_file.contacts import read_contacts
from watchkeeper.core.policy_file.escalation_rules import DEFAULTS, read_escalation, refuse_idle_steps
from watchkeeper.core.policy_file.fields import Section, folded
from watchkeeper.core.policy_file.grammar.limits import MOST_SEVERITIES
from watchkeeper.core.policy_file.grammar.policy import NEEDED_CONTACTS
from watchkeeper.core.policy_file.levels import ForAll, promised_by, read_levels
from watchkeeper.core.policy_file.offering import read_offer
from watchkeeper.core.policy_file.operating import Almanac, Place, StoredHolidays, known_zone, read_hours
from watchkeeper.core.policy_file.problems import PolicyFileErrors, Problem, quoted
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.tree import Text, parse
from watchkeeper.core.policy_file.vocabulary import Vocabulary

_SCALE = "write the scale, the most severe first, as 1: {name: Critical}"

_DAYS = re.compile(r"(\d{1,4}) days?", re.IGNORECASE)


class PolicyFile(NamedTuple):
    """A file that was read: its policy, and the dates of the holidays it names by country.

    ``holidays`` is stored with a published version and given back to ``open_policy`` when the version is read again.
    ``remarks`` are what is known about those holidays that a publisher should hear, ``tree`` is the file as it stands.
    """

    policy: Policy
    holidays: Mapping[str, tuple[date, ...]]
    remarks: tuple[str, ...]
    tree: MappingNode


def read_policy(text: str, *, holidays: StoredHolidays | None = None) -> Policy:
    """The policy that ``text`` says. Raises ``PolicyFileErrors`` with every problem found."""
    return open_policy(text, holidays=holidays).policy


def open_policy(text: str, *, holidays: StoredHolidays | None = None) -> PolicyFile:
    """The policy that ``text`` says with what belongs to it. Raises ``PolicyFileErrors``.

    Countries' holidays come from ``holidays`` where a version stored them, from the holidays library otherwise.
    """
    tree = parse(text)
    problems: list[Problem] = []
    almanac = Almanac(holidays)
    policy = _policy(Section(tree, "", problems), almanac)
    if policy is None or problems:
        raise PolicyFileErrors(problems)
    return PolicyFile(policy, almanac.used, tuple(almanac.remarks.values()), tree)


def _policy(file: Section, almanac: Almanac) -> Policy | None:
    name = file.required("policy", folded, "name the policy, as policy: production-support")
    zone = file.required("zone", known_zone, "write the zone local times are meant in, as America/Chicago")
    severities = _severities(file)
    place = Place(zone or "UTC", file.text("zone_label") or None)
    hours = read_hours(_section(file, "hours", "name at least one calendar"), place, almanac)
    contacts = _contacts(file)
    vocabulary = Vocabulary(severities, hours, contacts)
    escalation = file.section("escalation")
    rules = read_escalation(escalation, vocabulary, DEFAULTS)
    begins = file.value("clock_starts", known_beginning) or RECEIPT
    names_eligible = escalation is not None and escalation.has("eligible")
    for_all = ForAll(rules, names_eligible, begins, read_offer(file, vocabulary), place, almanac)
    levels = read_levels(_section(file, "levels", "a policy needs at least one level"), vocabulary, for_all)
    if escalation is not None and levels:
        refuse_idle_steps(escalation, vocabulary, promised_by(levels))
    matrix = _severity_matrix(file, vocabulary)
    default = file.required("default_severity", vocabulary.severity, "write the severity a report without one gets")
    priorities = tuple(
        Priority(name, definition) for _key, name, definition in _scale(file.section("priorities"), "a priority")
    )
    close_after = file.value("close_after", _days)
    words = {key: file.text(key) for key in ("vendor", "title", "terms")}
    headings = {key: file.text(key) for key in ("severity_heading", "definition_heading", "contacts_heading")}
    reacknowledge = file.choice("reacknowledge_on_raise", False)
    file.refuse_unknown("a policy")
    if file.problems or name is None or zone is None or default is None:
        return None
    try:
        return Policy(
            name=name,
            zone=zone,
            zone_label=place.label,
            severities=severities,
            operating={calendar: operating for calendar, operating in hours.items() if operating is not None},
            levels=levels,
            contacts=contacts,
            default_severity=default.number,
            close_after=close_after or timedelta(days=14),
            reacknowledge_on_raise=reacknowledge,
            severity_matrix=matrix,
            priorities=priorities,
            **words,
            **{key: words for key, words in headings.items() if words},
        )
    except UnsoundPolicy as error:
        file.complain("", str(error))
        return None


def _section(file: Section, key: str, remedy: str) -> Section | None:
    if file.node(key) is None:
        file.complain(key, f"is missing; {remedy}")
    return file.section(key)


def _severities(file: Section) -> tuple[Severity, ...]:
    section = _section(file, "severities", _SCALE)
    severities: list[Severity] = []
    for number, (key, name, definition) in enumerate(_scale(section, "a severity"), start=1):
        for other in severities:
            if section and {key.casefold(), name.casefold()} & {other.key.casefold(), other.name.casefold()}:
                section.complain(key, f"shares a key or name with severity {other.key}; each needs its own", name)
        severities.append(Severity(number, key, name, definition))
    if section and not severities:
        file.complain("severities", f"is empty; {_SCALE}")
    return tuple(severities)


def _scale(section: Section | None, rung: str) -> Iterator[tuple[str, str, str]]:
    """The key, name and definition of each rung of a scale, the first first; ``rung`` is what one is called."""
    for key, node in section.entries(MOST_SEVERITIES) if section else ():
        assert section is not None
        name, definition = key, ""
        if isinstance(node, MappingNode):
            entry = section.child(key, node)
            name, definition = entry.text("name") or key, entry.text("definition")
            entry.refuse_unknown(rung)
        elif isinstance(node, Text):
            name = folded(node.value or key)
        else:
            section.complain(key, "must be a name or a mapping with name and definition")
        yield key, name, definition


def _severity_matrix(file: Section, vocabulary: Vocabulary) -> SeverityMatrix | None:
    """``severity_matrix``: impact → urgency → severity; every impact names the same urgencies."""
    section = file.section("severity_matrix")
    if section is None:
        return None
    rows: dict[str, dict[str, int]] = {}
    for impact, node in section.entries():
        if not isinstance(node, MappingNode):
            section.complain(impact, "must be a mapping from urgency to severity")
            continue
        row = section.child(impact, node)
        named = {urgency: row.value(urgency, vocabulary.severity) for urgency, _cell in row.entries()}
        rows[impact] = {urgency: severity.number for urgency, severity in named.items() if severity is not None}
    urgencies = tuple(next(iter(rows.values()), {}))
    for impact, cells in rows.items():
        if tuple(cells) != urgencies:
            section.complain(impact, f"must name the urgencies of the first, in its order: {', '.join(urgencies)}")
            return None
    return SeverityMatrix(tuple(rows), urgencies, tuple(tuple(cells.values()) for cells in rows.values()))


def _contacts(file: Section) -> dict[str, Contact]:
    section = _section(file, "contacts", f"a policy needs {' and '.join(NEEDED_CONTACTS)}")
    return read_contacts(section, NEEDED_CONTACTS)


def _days(written: str) -> timedelta:
    """A number of days, ``14 days``. Raises ``ValueError``."""
    match = _DAYS.fullmatch(written)
    if match is None or int(match[1]) == 0:
        raise ValueError(f"{quoted(written)} is not a number of days; write 14 days")
    return timedelta(days=int(match[1]))
