"""When the customer is asked how it was, and until when they can say so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.premium import at, event, fold, reported
from watchkeeper.core import survey
from watchkeeper.core import timeline as t

MONDAY, TUESDAY = "2026-03-02 10:00", "2026-03-03 10:00"
SOLVED = (reported(MONDAY, 1), event(t.RESOLVED, "2026-03-02 11:00"))


@pytest.mark.parametrize("end", [t.CONFIRMED, t.CLOSED])
def test_it_is_asked_from_the_end_on_for_thirty_days(end: str) -> None:
    facts, _ = fold(*SOLVED, event(end, TUESDAY))
    until = at("2026-04-02 11:00")  # thirty days, and the clocks went forward
    assert survey.open_until(facts) == until
    assert survey.is_open(facts, until)
    assert not survey.is_open(facts, until + timedelta(microseconds=1))


def test_it_is_not_asked_before_the_end() -> None:
    facts, _ = fold(*SOLVED)
    assert survey.open_until(facts) is None
    assert not survey.is_open(facts, at(TUESDAY))


@pytest.mark.parametrize("end", [t.WITHDRAWN, t.MERGED])
def test_who_took_it_back_or_reads_on_elsewhere_is_not_asked(end: str) -> None:
    facts, _ = fold(reported(MONDAY, 1), event(end, TUESDAY))
    assert survey.open_until(facts) is None


def test_an_answer_changes_nothing_that_was_promised() -> None:
    over = (*SOLVED, event(t.CONFIRMED, TUESDAY))
    _, before = fold(*over)
    _, after = fold(*over, event(t.RATED, "2026-03-20 10:00", score=1))
    assert after == before
