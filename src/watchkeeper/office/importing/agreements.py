"""The table of agreements. A row is found by its account, what it covers and the day it begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache

from watchkeeper.core.policy import Level, Policy
from watchkeeper.core.policy_file import PolicyFileErrors, read_sla
from watchkeeper.core.said import joined, sentence
from watchkeeper.office.agreements import history, words
from watchkeeper.office.importing import known, periods
from watchkeeper.office.importing.cells import Cells, line_of_text, one_of
from watchkeeper.office.importing.periods import Stretch
from watchkeeper.office.importing.plan import ADDED, AT_ONCE, CHANGED, Plan, Step, difference, overwrite
from watchkeeper.office.importing.problems import Problem, shown
from watchkeeper.office.importing.table import Column, Row
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.following import from_now_on, obstacle_ahead
from watchkeeper.policies.models import Agreement, TermsChange
from watchkeeper.policies.versions import version_in_force

COLUMNS = (
    Column("account", sentence("The slug or name of the account."), "acme", is_needed=True),
    Column("level", sentence("The support level that was bought: its key or name."), "premium", is_needed=True),
    Column(
        "product",
        sentence("The one product it covers. Without product and environment it covers everything."),
        "Gateway",
    ),
    Column("environment", sentence("The one environment it covers."), "production"),
    *periods.COLUMNS,
    Column("sla", sentence("The text of the SLA over the level, in a quoted cell; empty: none."), "“sla: Acme 2026 …”"),
    Column(
        "sla_file",
        sentence("Instead of sla: the name of a file that holds it, given beside the table."),
        "acme-sla.yaml",
    ),
)

_FIELDS = ("level", "period", "sla_text")

Scope = Agreement.Scope
Covers = tuple[int, str, str]
"""Account, scope, and what it names."""


def plan(rows: Iterable[Row], policy: Policy, sla_files: Mapping[str, str], problems: list[Problem]) -> Plan:
    """What the table would do; ``sla_files`` are the texts of files by name.
    What cannot be done is added to ``problems``."""
    return _Agreements(policy, sla_files, problems).planned(rows)


class _Agreements:
    def __init__(self, policy: Policy, sla_files: Mapping[str, str], problems: list[Problem]) -> None:
        self.policy = policy
        self.sla_files = sla_files
        self.accounts = known.accounts()
        self.levels = {word.casefold(): level for level in policy.levels for word in (level.name, level.key)}
        self.check = cache(self._fault_of)
        self.versions = from_now_on(version_in_force(clock.now()))
        self.known = {
            (*_covers(found), found.period.lower): found for found in Agreement.objects.select_related("pinned_version")
        }
        self.stretches: dict[Covers, dict[date, Stretch]] = defaultdict(dict)
        for found in self.known.values():
            self.stretches[_covers(found)][found.period.lower] = Stretch(found.period, 0)
        self.plan = Plan(problems=problems)
        self.new: list[Agreement] = []
        self.changed: list[Agreement] = []
        self.before: dict[int, history.Said] = {}

    def planned(self, rows: Iterable[Row]) -> Plan:
        for row in rows:
            self._look_at(Cells(row, self.plan.problems))
        for stretches in self.stretches.values():
            for later, earlier in periods.collisions(stretches.values()):
                one, other = (later, earlier) if later.line else (earlier, later)
                if one.line:
                    says = sentence(
                        "overlaps {other}; agreements that cover the same follow one another",
                        other=periods.said_at(other),
                    )
                    self.plan.problems.append(Problem(one.line, "from", says))
        self.plan.write = self._write
        return self.plan

    def _look_at(self, cells: Cells) -> None:
        account = cells.needed("account", one_of(self.accounts, known.AN_ACCOUNT), sentence("name the account"))
        level = cells.needed(
            "level",
            one_of(self.levels, sentence("a level of the policy")),
            sentence("name the level that was bought"),
        )
        scope, value = self._scope(cells)
        period = periods.period(cells)
        sla = self._sla(cells, level) if level is not None else ""
        if not cells.are_sound or account is None or level is None or period is None:
            return
        covers = (account.pk, scope.value, value)
        said = self.stretches[covers].get(period.lower)
        if said is not None and said.line:
            cells.complain("from", sentence("the same begins on that day in line {line} already", line=said.line))
            return
        self.stretches[covers][period.lower] = Stretch(period, cells.line)
        agreement = Agreement(
            account=account, level=level.key, scope=scope, scope_value=value, period=period, sla_text=sla or ""
        )
        self._plan(cells, account, agreement, says_an_sla=sla is not None)

    def _plan(self, cells: Cells, account: Account, said: Agreement, *, says_an_sla: bool) -> None:
        about = sentence(
            "{account}, {what}, from {day}",
            account=account.name,
            what=said.scope_value or sentence("everything"),
            day=said.period.lower.isoformat(),
        )
        agreement = self.known.get((*_covers(said), said.period.lower))
        said.pinned_version = agreement.pinned_version if agreement else None
        obstacle = obstacle_ahead(said, self.versions)
        if obstacle is not None:
            cells.complain("level", words.of_obstacle(obstacle, self.versions[0]))
            return
        if agreement is None:
            with_sla = (sentence("with an SLA"),) if said.sla_text else ()
            self.new.append(said)
            steps = (said.level, periods.ends_in_words(said.period), *with_sla)
            self.plan.steps.append(Step(cells.line, ADDED, about, (joined(", ", steps),)))
            return
        if not says_an_sla:
            said.sla_text = agreement.sla_text
            fault = self.check(said.level, said.sla_text)
            if fault:
                told = sentence("does not fit the SLA that the agreement has: {fault}", fault=fault)
                cells.complain("level", told)
                return
        differences = tuple(_differences(agreement, said))
        if not differences:
            self.plan.unchanged += 1
            return
        self.before[agreement.pk] = history.terms_of_agreement(agreement, self.policy)
        for field in _FIELDS:
            setattr(agreement, field, getattr(said, field))
        self.changed.append(agreement)
        self.plan.steps.append(Step(cells.line, CHANGED, about, differences))

    def _scope(self, cells: Cells) -> tuple[Agreement.Scope, str]:
        product = cells.read("product", line_of_text(200))
        environment = cells.read("environment", line_of_text(200))
        if product and environment:
            told = sentence("stands beside product; an agreement covers one of the two, or everything")
            cells.complain("environment", told)
        if product:
            return Scope.PRODUCT, product
        return (Scope.ENVIRONMENT, environment) if environment else (Scope.ALL, "")

    def _sla(self, cells: Cells, level: Level) -> str | None:
        """The SLA's text, sound for its level; ``None`` where the table does not speak of SLAs."""
        if not cells.has("sla") and not cells.has("sla_file"):
            return None
        text, column = cells.given("sla"), "sla"
        if cells.given("sla_file"):
            if text:
                cells.complain("sla_file", sentence("stands beside sla; fill in one of the two"))
            column, text = "sla_file", cells.read("sla_file", self._named_file) or ""
        fault = self.check(level.key, text)
        if fault:
            cells.complain(column, fault)
        return text

    def _named_file(self, given: str) -> str:
        if given not in self.sla_files:
            names = ", ".join(sorted(self.sla_files)[:8])
            there = sentence("there are {names}", names=names) if self.sla_files else sentence("none was given")
            told = sentence("{given} is no file given beside the table; {there}", given=shown(given), there=there)
            raise ValueError(told)
        return self.sla_files[given].strip()

    def _fault_of(self, level: str, text: str) -> str:
        """What is wrong with an SLA laid over a level, or nothing."""
        if not text:
            return ""
        try:
            read_sla(text, self.policy, self.policy.level(level))
        except PolicyFileErrors as errors:
            first, *others = errors.problems
            if others:
                return sentence("the SLA is unsound: {problem}; {count} more", problem=first, count=len(others))
            return sentence("the SLA is unsound: {problem}", problem=first)
        return ""

    def _write(self, by: Person | None) -> None:
        overwrite(self.changed, _FIELDS)
        Agreement.objects.bulk_create(self.new, AT_ONCE)
        now = clock.now()
        TermsChange.objects.bulk_create((self._change(each, now, by) for each in (*self.changed, *self.new)), AT_ONCE)

    def _change(self, agreement: Agreement, now: datetime, by: Person | None) -> TermsChange:
        return history.change(
            agreement.account_id,
            "imported",
            words.called_on_record(agreement, self.policy),
            at=now,
            by=by,
            before=self.before.get(agreement.pk, history.NOTHING),
            after=history.terms_of_agreement(agreement, self.policy),
            agreement=agreement,
        )


def _covers(agreement: Agreement) -> Covers:
    return agreement.account_id, str(agreement.scope), agreement.scope_value


def _differences(before: Agreement, after: Agreement) -> Iterable[str]:
    if before.level != after.level:
        yield difference(sentence("level"), before.level, after.level)
    if before.period != after.period:
        yield difference(sentence("ends"), periods.ends_in_words(before.period), periods.ends_in_words(after.period))
    if before.sla_text.strip() != after.sla_text.strip():
        if not after.sla_text:
            yield sentence("SLA: taken away")
        else:
            yield sentence("SLA: other words") if before.sla_text else sentence("SLA: given")
