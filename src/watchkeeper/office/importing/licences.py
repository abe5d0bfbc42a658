"""The table of licences. A row is found by its account and the day it begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from watchkeeper.core.said import sentence
from watchkeeper.office.agreements import history
from watchkeeper.office.importing import known, periods
from watchkeeper.office.importing.cells import Cells, one_of
from watchkeeper.office.importing.periods import Stretch
from watchkeeper.office.importing.plan import ADDED, AT_ONCE, CHANGED, Plan, Step, difference, overwrite
from watchkeeper.office.importing.problems import Problem
from watchkeeper.office.importing.table import Column, Row
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.policies.models import Licence, TermsChange

COLUMNS = (Column("account", sentence("The slug or name of the account."), "acme", is_needed=True), *periods.COLUMNS)


def plan(rows: Iterable[Row], problems: list[Problem]) -> Plan:
    """What the table would do. What cannot be done is added to ``problems``."""
    return _Licences(problems).planned(rows)


class _Licences:
    def __init__(self, problems: list[Problem]) -> None:
        self.accounts = known.accounts()
        self.known = {(licence.account_id, licence.period.lower): licence for licence in Licence.objects.all()}
        self.stretches: dict[int, dict[date, Stretch]] = defaultdict(dict)
        for (account, begins), licence in self.known.items():
            self.stretches[account][begins] = Stretch(licence.period, 0)
        self.plan = Plan(problems=problems)
        self.new: list[Licence] = []
        self.changed: list[Licence] = []
        self.before: dict[int, history.Said] = {}

    def planned(self, rows: Iterable[Row]) -> Plan:
        for row in rows:
            self._look_at(Cells(row, self.plan.problems))
        for stretches in self.stretches.values():
            for later, earlier in periods.collisions(stretches.values()):
                one, other = (later, earlier) if later.line else (earlier, later)
                if one.line:
                    says = sentence(
                        "overlaps {other}; licences of one account follow one another", other=periods.said_at(other)
                    )
                    self.plan.problems.append(Problem(one.line, "from", says))
        self.plan.write = self._write
        return self.plan

    def _look_at(self, cells: Cells) -> None:
        account = cells.needed("account", one_of(self.accounts, known.AN_ACCOUNT), sentence("name the account"))
        period = periods.period(cells)
        if not cells.are_sound or account is None or period is None:
            return
        said = self.stretches[account.pk].get(period.lower)
        if said is not None and said.line:
            day = period.lower.isoformat()
            told = sentence(
                "{slug} from {day} stands in line {line} already", slug=account.slug, day=day, line=said.line
            )
            cells.complain("from", told)
            return
        self.stretches[account.pk][period.lower] = Stretch(period, cells.line)
        about = sentence("{account}, from {day}", account=account.name, day=period.lower.isoformat())
        licence = self.known.get((account.pk, period.lower))
        if licence is None:
            self.new.append(Licence(account=account, period=period))
            self.plan.steps.append(Step(cells.line, ADDED, about, (periods.ends_in_words(period),)))
        elif licence.period == period:
            self.plan.unchanged += 1
        else:
            ends = difference(sentence("ends"), periods.ends_in_words(licence.period), periods.ends_in_words(period))
            self.before[licence.pk] = history.days_of(licence)
            licence.period = period
            self.changed.append(licence)
            self.plan.steps.append(Step(cells.line, CHANGED, about, (ends,)))

    def _write(self, by: Person | None) -> None:
        overwrite(self.changed, ["period"])
        Licence.objects.bulk_create(self.new, AT_ONCE)
        now = clock.now()
        TermsChange.objects.bulk_create((self._change(each, now, by) for each in (*self.changed, *self.new)), AT_ONCE)

    def _change(self, licence: Licence, now: datetime, by: Person | None) -> TermsChange:
        before, after = self.before.get(licence.pk, history.NOTHING), history.days_of(licence)
        return history.change(licence.account_id, "imported", "Licence", at=now, by=by, before=before, after=after)
