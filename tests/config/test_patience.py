"""When something that died is started again."""

from watchkeeper.config.processes import A_GOOD_LIFE, LONGEST_WAIT, Patience


def waits(*lives: float) -> list[float]:
    """How long it waits after each of these lives, one after the other."""
    patience, now, found = Patience(), 0.0, []
    for life in lives:
        patience.started_at = now
        now += life
        patience.after_death(now)
        assert patience.again_at == now + patience.wait
        found.append(patience.wait)
        now = patience.again_at
    return found


def test_after_a_good_life_it_starts_again_at_once() -> None:
    assert waits(A_GOOD_LIFE, A_GOOD_LIFE, 1_000) == [0, 0, 0]


def test_the_more_often_it_dies_young_the_longer_it_waits() -> None:
    assert waits(0, 0, 0, 0) == [0.1, 0.2, 0.4, 0.8]


def test_the_wait_has_an_end() -> None:
    assert waits(*[0] * 30)[-1] == LONGEST_WAIT


def test_one_good_life_forgives_all() -> None:
    assert waits(0, 0, 0, A_GOOD_LIFE, 0)[-2:] == [0, 0.1]
