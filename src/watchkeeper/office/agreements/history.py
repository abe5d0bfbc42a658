"""The history of an account's terms: who changed what, when, from what to what. It is written with the change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from watchkeeper.core.policy import Policy
from watchkeeper.office.agreements import kept_words, words
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement, Licence, TermsChange

SLA = "SLA"

ACTS = (
    *(gettext_noop("changed"), gettext_noop("made"), gettext_noop("renewed"), gettext_noop("opened")),
    *(gettext_noop("ended"), gettext_noop("called off"), gettext_noop("imported")),
    *(gettext_noop("attached a signed copy"), gettext_noop("took a signed copy away")),
)
"""What is done to terms, as it is kept; a page says it in the reader's language."""

Said = Mapping[str, str]
NOTHING: Said = {}


def _on_record(said: Callable[..., Said]) -> Callable[..., Said]:
    """What is kept is English, whoever made the change."""

    @wraps(said)
    def in_english(*given: Any) -> Said:
        with translation.override("en"):
            return said(*given)

    return in_english


@_on_record
def said_of_agreement(agreement: Agreement, in_force: Policy) -> Said:
    """An agreement as its history tells it."""
    engineers = agreement.designated_engineers.order_by("name") if agreement.pk else ()
    return {
        **terms_of_agreement(agreement, in_force),
        gettext_noop("Designated engineers"): ", ".join(person.name for person in engineers),
    }


@_on_record
def terms_of_agreement(agreement: Agreement, in_force: Policy) -> Said:
    """What an agreement says, but for whom it designates."""
    level, pinned = words.level_of(agreement, in_force), agreement.pinned_version
    return {
        gettext_noop("Level"): level.name if level else agreement.level,
        gettext_noop("Covers"): words.covers(agreement),
        **days_of(agreement),
        gettext_noop("Policy"): f"version {pinned.number}" if pinned else "the version in force",
        SLA: agreement.sla_text,
    }


@_on_record
def days_of(row: Licence | Agreement) -> Said:
    """From when until when: all that a licence says."""
    last = periods.last_day(row.period)
    return {
        gettext_noop("First day"): periods.day(row.period.lower),
        gettext_noop("Last day"): periods.day(last) if last else "without end",
    }


def record(account: Account, act: str, about: str, **said: Any) -> None:
    """Write down what was done; nothing where nothing became different. ``said`` is as for ``change``."""
    made = change(account.pk, act, about, at=clock.now(), **said)
    if made.differences:
        made.save()


def change(
    account_id: int,
    act: str,
    about: str,
    *,
    at: datetime,
    by: Person | None,
    before: Said = NOTHING,
    after: Said = NOTHING,
    agreement: Agreement | None = None,
) -> TermsChange:
    """What was done to ``about``, not yet written down. ``by`` is nobody for a command."""
    differences = [
        [what, before.get(what, ""), after.get(what, "")]
        for what in dict.fromkeys((*before, *after))
        if before.get(what, "") != after.get(what, "")
    ]
    return TermsChange(
        account_id=account_id, agreement=agreement, at=at, by=by, act=act, about=about, differences=differences
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

    @property
    def act(self) -> str:
        """What was done, in the reader's language where the desk knows the word."""
        return gettext(self.change.act)

    @property
    def about(self) -> str:
        """What it was done to, in the reader's language."""
        return kept_words.about(self.change.about)


def entries(changes: Iterable[TermsChange]) -> list[Entry]:
    """Changes for a page, in the order given."""
    return [Entry(each, tuple(_differences(each))) for each in changes]


def _differences(made: TermsChange) -> Iterator[Difference]:
    for what, before, after in made.differences:
        lines = tuple(_lines(before, after)) if what == SLA else ()
        worded = (before, after) if lines else (kept_words.value(what, before), kept_words.value(what, after))
        yield Difference(gettext(what), *worded, lines)


def _lines(before: str, after: str) -> Iterator[str]:
    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return (line for line in compared if not line.startswith(("---", "+++")))
