"""Licences and agreements as they stand on a day: current, coming or ended, and what ends soon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.office.agreements import words
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement, Licence

CURRENT, COMING, ENDED = "current", "coming", "ended"
SOON = 90
"""Days before an end that nothing follows at which it is spoken of."""

Row = Licence | Agreement


@dataclass(frozen=True, slots=True)
class Spell:
    """One licence or agreement on ``today``. ``renewal`` is what follows it without a gap, for the same."""

    row: Row
    name: str
    today: date
    renewal: Row | None

    @property
    def phase(self) -> str:
        if self.row.period.lower > self.today:
            return COMING
        ends = self.row.period.upper
        return CURRENT if ends is None or ends > self.today else ENDED

    @property
    def days_left(self) -> int | None:
        """How many days it still holds, today among them; ``None`` without an end."""
        ends = self.row.period.upper
        return (ends - self.today).days if ends is not None else None

    @property
    def ends_soon(self) -> bool:
        """Whether it ends within ``SOON`` days and nothing follows."""
        days = self.days_left
        return self.phase == CURRENT and self.renewal is None and days is not None and days <= SOON

    @property
    def left(self) -> str:
        """``12 days left``, today among them."""
        return (
            gettext("ends today")
            if self.days_left == 1
            else gettext("{days_left} days left").format(days_left=self.days_left)
        )

    @property
    def period(self) -> str:
        return periods.spelled(self.row.period)

    @property
    def through(self) -> str:
        return periods.through(self.row.period)


def spells(rows: Iterable[Row], today: date, in_force: Policy) -> list[Spell]:
    """What is current stands first, and of it what ends soonest; then what comes next; then what ended last.

    The policy ``in_force`` names the levels of agreements that pin no version.
    """
    known = list(rows)
    return sorted((Spell(row, _name(row, in_force), today, renewal_of(row, known)) for row in known), key=_order)


def renewal_of(row: Row, among: Sequence[Row]) -> Row | None:
    """What follows a licence or an agreement without a gap, for the same."""
    ends = row.period.upper
    if ends is None:
        return None
    return next((other for other in among if _covers(other) == _covers(row) and _holds_on(other, ends)), None)


def _name(row: Row, in_force: Policy) -> str:
    return words.called(row, in_force) if isinstance(row, Agreement) else gettext("Licence")


def _covers(row: Row) -> tuple[object, ...]:
    return (row.account_id, *((row.scope, row.scope_value) if isinstance(row, Agreement) else ()))


def _holds_on(row: Row, day: date) -> bool:
    return row.period.lower <= day and (row.period.upper is None or day < row.period.upper)


def _order(spell: Spell) -> tuple[int, int]:
    ends = spell.row.period.upper or date.max
    if spell.phase == COMING:
        return 1, spell.row.period.lower.toordinal()
    return (0, ends.toordinal()) if spell.phase == CURRENT else (2, -ends.toordinal())
