"""How the promises of a period came out, counted by PostgreSQL from the commitment rows.

Each commitment counts once, in the period it came to be owed in: made, and then met, breached, running, left out with
its reason, cancelled, or outside the level; what is contested is counted beside it. Tests count nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Min, QuerySet, Value, When
from django.db.models.fields import BooleanField

from watchkeeper.clocks.models import Commitment, OutsideTheLevel
from watchkeeper.core.commitments import BREACHED, CANCELLED, MET
from watchkeeper.core.policy import ACKNOWLEDGEMENT, ESCALATION_ANSWER, PROMISED_METRICS
from watchkeeper.core.scorecard import EXCLUDED, OPEN, OUTSIDE_LEVEL, Attainment
from watchkeeper.core.shares import Standing, Tally
from watchkeeper.people.models import Person
from watchkeeper.policies.models import GivenPromise
from watchkeeper.policies.terms import promise_of
from watchkeeper.reports.attainment.asked import Asked
from watchkeeper.reports.attainment.periods import Choice
from watchkeeper.reports.attainment.seen import seen_by
from watchkeeper.reports.attainment.sorting import figure_of, is_late

METRICS = (*PROMISED_METRICS, ESCALATION_ANSWER)
_SHARES_WITHIN = {"month": ("month",), "quarter": ("month", "quarter"), "year": ("month", "quarter", "year")}
"""By the kind of a period, the kinds that lie in it as a whole: a share of one that does not cannot be told by it."""

_OUTCOME = ("outcome", "reason", "excluded", "is_late")


@dataclass
class Figures:
    """How often each figure occurred, why what is left out or was cancelled is, and how disputes stand."""

    counts: Counter[str] = field(default_factory=Counter)
    excluded: Counter[str] = field(default_factory=Counter)
    cancelled: Counter[str] = field(default_factory=Counter)
    disputed: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.counts + other.counts,
            self.excluded + other.excluded,
            self.cancelled + other.cancelled,
            self.disputed + other.disputed,
        )

    @property
    def met(self) -> int:
        return self.counts[MET]

    @property
    def breached(self) -> int:
        return self.counts[BREACHED]

    @property
    def open(self) -> int:
        return self.counts[OPEN]

    @property
    def left_out(self) -> int:
        """What somebody decided to leave out."""
        return self.counts[EXCLUDED]

    @property
    def ended(self) -> int:
        """What was cancelled, such as by taking a report back."""
        return self.counts[CANCELLED]

    @property
    def outside(self) -> int:
        return self.counts[OUTSIDE_LEVEL]

    @property
    def contested(self) -> int:
        return self.disputed.total()

    @property
    def made(self) -> int:
        """All but what lies outside the level, where nothing is promised."""
        return self.counts.total() - self.outside

    @property
    def attainment(self) -> Attainment:
        """By core's one formula."""
        left_out = {EXCLUDED: self.left_out + self.ended}
        return Attainment({name: self.counts[name] for name in (MET, BREACHED, OPEN, OUTSIDE_LEVEL)} | left_out)


class Line(NamedTuple):
    """One metric at one severity of one level."""

    metric: str
    severity: int
    level: str
    figures: Figures


@dataclass(frozen=True)
class Population:
    """Whose commitments are counted, of which period, narrowed how, and as of when."""

    reader: Person
    asked: Asked
    period: Choice
    as_of: datetime

    def commitments(self) -> QuerySet[Commitment]:
        """Their rows, unsorted."""
        rows = seen_by(self.reader, Commitment.objects.opened_on(*self.period.days)).filter(self.asked.narrowing())
        return rows.filter(metric=self.asked.metric) if self.asked.metric else rows

    def outside(self) -> QuerySet[OutsideTheLevel]:
        """The incidents outside the level: what is not promised there is an acknowledgement in the first place."""
        if self.asked.metric not in ("", ACKNOWLEDGEMENT):
            return OutsideTheLevel.objects.none()
        first, before = self.period.days
        rows = OutsideTheLevel.objects.filter(opened_on__gte=first, opened_on__lt=before)
        return seen_by(self.reader, rows).filter(self.asked.narrowing())


def counted(population: Population, *by: str) -> dict[tuple[Any, ...], Figures]:
    """The figures of each group of commitments that are equal in these columns, which both tables have."""
    return sorted_into(population, by, lambda key: key)


def sorted_into(
    population: Population, by: Sequence[str], place: Callable[[tuple[Any, ...]], tuple[Any, ...]]
) -> dict[tuple[Any, ...], Figures]:
    """The same, where ``place`` says of the values of these columns into which group they belong."""
    found: defaultdict[tuple[Any, ...], Figures] = defaultdict(Figures)
    for row in _groups(population, by):
        figures = found[place(tuple(row[name] for name in by))]
        figure = figure_of(**{name: row[name] for name in _OUTCOME})
        figures.counts[figure] += row["n"]
        if figure == EXCLUDED:
            figures.excluded[row["excluded"]] += row["n"]
        elif figure == CANCELLED:
            figures.cancelled[row["reason"]] += row["n"]
        if row["disputed"]:
            figures.disputed[row["disputed"]] += row["n"]
    for row in population.outside().values(*_of_outside(by)).annotate(n=Count("*")).order_by():
        key = tuple(ACKNOWLEDGEMENT if name == "metric" else row[name] for name in by)
        found[place(key)].counts[OUTSIDE_LEVEL] += row["n"]
    return dict(found)


def lines_of(population: Population) -> list[Line]:
    """A line for each metric, severity and level, in the policy's order, the most severe first."""
    found = counted(population, "metric", "severity", "level")
    in_order = sorted(found, key=lambda key: (METRICS.index(key[0]), *key[1:]))
    return [Line(*key, found[key]) for key in in_order]


def together(figures: Sequence[Figures] | Iterator[Figures]) -> Figures:
    """Several as one."""
    return sum(figures, Figures())


def shares_of(population: Population, zone: str) -> Sequence[Standing]:
    """How the promises for a share of the period's incidents stand."""
    kinds = _SHARES_WITHIN.get(population.period.each, ())
    if not kinds:
        return ()
    groups = _groups(population, ("promise_id", "metric", "severity", "opened_on"), first=Min("opened_at"))
    given = GivenPromise.objects.select_related("version").in_bulk({row["promise_id"] for row in groups})
    shares = {key: [s for s in promise_of(row).shares if s.share.each in kinds] for key, row in given.items()}
    tally = Tally(zone)
    for row in groups:
        figure = figure_of(**{name: row[name] for name in _OUTCOME})
        outcome = EXCLUDED if figure in (CANCELLED, OUTSIDE_LEVEL) else figure
        promised = shares[row["promise_id"]]
        tally.add(promised, row["metric"], row["severity"], row["first"], outcome, row["n"])
    return tally.standings(population.as_of)


def with_figure_parts(rows: QuerySet[Commitment], as_of: datetime) -> QuerySet[Commitment, Any]:
    """Rows with what ``sorting.figure_of`` asks for beside their own columns."""
    late = Case(When(is_late(as_of), then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(is_late=late)


def _groups(population: Population, by: Sequence[str], **more: Any) -> Sequence[Mapping[str, Any]]:
    """The groups, all at once: of what is read through a cursor PostgreSQL counts on one processor alone."""
    rows = with_figure_parts(population.commitments(), population.as_of)
    grouped = rows.values(*by, "outcome", "reason", "excluded", "disputed", "is_late")
    return list(grouped.annotate(n=Count("*"), **more).order_by())


def _of_outside(by: Sequence[str]) -> list[str | F]:
    return [name for name in by if name != "metric"]
