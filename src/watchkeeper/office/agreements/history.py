"""The history of an account's terms: who changed what, when, from what to what. It is written with the change."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from watchkeeper.office.agreements import words
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement, Licence, PolicyVersion, TermsChange

SLA = "SLA"

Said = Mapping[str, str]
NOTHING: Said = {}


def said_of_agreement(agreement: Agreement, version: PolicyVersion) -> Said:
    """An agreement as its history tells it; ``version`` is the policy in force."""
    level, pinned = words.level_of(agreement, version), agreement.pinned_version
    engineers = agreement.designated_engineers.order_by("name") if agreement.pk else ()
    return {
        "Level": level.name if level else agreement.level,
        "Covers": words.covers(agreement),
        **_days(agreement),
        "Policy": f"version {pinned.number}" if pinned else "the version in force",
        "Designated engineers": ", ".join(person.name for person in engineers),
        SLA: agreement.sla_text,
    }


def said_of_licence(licence: Licence) -> Said:
    """A licence as its history tells it."""
    return _days(licence)


def _days(row: Licence | Agreement) -> Said:
    last = periods.last_day(row.period)
    return {"First day": periods.day(row.period.lower), "Last day": periods.day(last) if last else "without end"}


def record(
    account: Account,
    act: str,
    about: str,
    *,
    by: Person | None,
    before: Said = NOTHING,
    after: Said = NOTHING,
    agreement: Agreement | None = None,
) -> TermsChange | None:
    """Write down what was done to ``about``; nothing where nothing became different."""
    differences = [
        [what, before.get(what, ""), after.get(what, "")]
        for what in dict.fromkeys((*before, *after))
        if before.get(what, "") != after.get(what, "")
    ]
    if not differences:
        return None
    return TermsChange.objects.create(
        account=account, agreement=agreement, at=clock.now(), by=by, act=act, about=about, differences=differences
    )


class Difference(NamedTuple):
    """One thing that became different. Of an SLA ``lines`` are those of the two texts that differ, with + and -."""

    what: str
    before: str
    after: str
    lines: tuple[str, ...] = ()


class Entry(NamedTuple):
    """A change as a page shows it."""

    change: TermsChange
    differences: tuple[Difference, ...]


def entries(changes: Iterable[TermsChange]) -> list[Entry]:
    """Changes for a page, in the order given."""
    return [Entry(change, tuple(_differences(change))) for change in changes]


def _differences(change: TermsChange) -> Iterator[Difference]:
    for what, before, after in change.differences:
        lines = tuple(_lines(before, after)) if what == SLA else ()
        yield Difference(what, before, after, lines)


def _lines(before: str, after: str) -> Iterator[str]:
    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return (line for line in compared if not line.startswith(("---", "+++")))
