"""A page says a share as the command line does, where the page speaks English."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest
from django.utils.translation import override

from tests.core.wall_clocks import at
from watchkeeper.core.offer import Share, SharedPromise
from watchkeeper.core.scorecard import attainment
from watchkeeper.core.shares import period_of, standing
from watchkeeper.reports.attainment.shares import promised_said, standing_said

MARCH = period_of(at("2026-03-10 09:00"), "month", "America/Chicago")
IN_MARCH, IN_APRIL = at("2026-03-20 09:00"), at("2026-04-01 00:00")
MOST = SharedPromise(Share(Fraction(95, 100), "month"), "acknowledgement")
OF_MANY = SharedPromise(Share(Fraction(995, 1000), "quarter", 20), "post_incident_report", (1, 2), ("outages", "tests"))


@pytest.mark.parametrize("promised", [MOST, OF_MANY, MOST._replace(share=Share(Fraction(1, 2), "year"))])
@pytest.mark.parametrize("severities", ["", "Critical, High"])
def test_the_promise_is_said_in_the_words_of_the_core(promised: SharedPromise, severities: str) -> None:
    assert promised_said(promised, severities) == promised.said(severities)


@pytest.mark.parametrize("promised", [MOST, OF_MANY])
@pytest.mark.parametrize("as_of", [IN_MARCH, IN_APRIL])
@pytest.mark.parametrize(("met", "breached", "still_open"), [(39, 0, 1), (19, 1, 0), (0, 0, 0), (15, 1, 1), (1, 3, 0)])
def test_how_it_stands_is_said_in_the_words_of_the_core(
    promised: SharedPromise, as_of: datetime, met: int, breached: int, still_open: int
) -> None:
    counts = attainment(["met"] * met + ["breached"] * breached + ["open"] * still_open)
    stands = standing(promised, MARCH, counts, as_of)
    assert standing_said(stands) == str(stands)


def test_in_german_it_is_said_in_german_with_a_comma_in_its_numbers() -> None:
    stands = standing(MOST, MARCH, attainment(["met"] * 15 + ["breached"]), IN_MARCH)
    with override("de"):
        assert promised_said(OF_MANY, "Critical").startswith("Bericht nach dem Vorfall bei Critical: 99,5 % im Quartal")
        assert standing_said(stands).startswith("läuft: 15 von 16 eingehalten (93,7 %); im Rückstand: 4 weitere")
