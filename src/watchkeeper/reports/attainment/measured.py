"""What else a report of attainment tells: how long an acknowledgement takes, by the hour of the week, by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Aggregate, Count

from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.reports.attainment.count import Figures, Population, counted, sorted_into

PERCENTILES = (50, 90, 95)


class Speed(NamedTuple):
    """How long acknowledgements took at one severity: the lengths that so many in a hundred did not exceed."""

    severity: int
    count: int
    elapsed: Sequence[timedelta]
    operating: Sequence[timedelta]


class _Percentiles(Aggregate):
    """The least value that is not exceeded by each of ``PERCENTILES`` of the rows: always one that occurred."""

    function = "percentile_disc"
    template = "%(function)s(array[0.5, 0.9, 0.95]) within group (order by %(expressions)s)"
    name = "percentiles"

    @property
    def output_field(self) -> models.Field[Any, Any]:
        from django.contrib.postgres.fields import ArrayField

        return ArrayField(models.BigIntegerField())


def speed_of(population: Population) -> list[Speed]:
    """The time to acknowledge, by severity, of all that was acknowledged, in time or late, and not left out.

    Elapsed is by any clock, operating by the hours that the promise counts in.
    """
    rows = population.commitments().filter(metric=ACKNOWLEDGEMENT, excluded="", took_elapsed__isnull=False)
    by_severity = rows.values("severity").annotate(
        n=Count("*"), elapsed=_Percentiles("took_elapsed"), operating=_Percentiles("took_operating")
    )
    return [
        Speed(row["severity"], row["n"], _lengths(row["elapsed"]), _lengths(row["operating"]))
        for row in by_severity.order_by("severity")
    ]


def by_hour_of(population: Population) -> dict[int, Figures]:
    """The figures of each hour of the week in which anything came to be owed."""
    return {key[0]: figures for key, figures in sorted(counted(population, "opened_hour").items())}


def by_month_of(population: Population) -> dict[str, Figures]:
    """The figures of each month, ``2026-03``, in order."""
    found = sorted_into(population, ["opened_on"], lambda key: (f"{key[0]:%Y-%m}",))
    return {month: figures for (month,), figures in sorted(found.items())}


def by_component_of(population: Population) -> dict[str, Figures]:
    """The figures of each component, those with most breaches first."""
    found = {key[0]: figures for key, figures in counted(population, "component").items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].breached, -item[1].made, item[0])))


def _lengths(microseconds: Sequence[int]) -> list[timedelta]:
    return [timedelta(microseconds=each) for each in microseconds]
