"""Two managers at once, on two connections: one publishes, the other is told. And a replay by a real worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from procrastinate.contrib.django import app

from tests.cast import Cast, raise_curtain
from tests.incidents.at_once import Gate, at_once, at_the_desk
from tests.policy_texts import FASTER, SLOWER
from tests.stage import chicago
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.office.models import DraftEffect, PolicyDraft
from watchkeeper.office.publishing import drafts, replays
from watchkeeper.office.publishing.drafts import Closed
from watchkeeper.office.publishing.effect import Effect
from watchkeeper.office.publishing.plan import AT_ONCE, NotPublished
from watchkeeper.office.publishing.publication import publish_draft
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies import publishing
from watchkeeper.policies.models import PolicyVersion


@pytest.fixture
def cast(committed_db, clock) -> Cast:
    clock.set(chicago("2026-03-02 10:00"))
    return at_the_desk(raise_curtain)()


@pytest.fixture
def gate(postgres, test_database) -> Callable[[], Iterator[Gate]]:
    """What everybody who publishes waits for, held until the gate opens."""

    @contextmanager
    def held() -> Iterator[Gate]:
        with postgres.superuser(test_database) as keeper, postgres.superuser(test_database) as watcher:
            keeper.execute("begin")
            keeper.execute("select pg_advisory_xact_lock(%s)", [publishing.ONE_AT_A_TIME])
            yield Gate(keeper, watcher)

    return held


def drafted(text: str, cast: Cast) -> PolicyDraft:
    def made() -> PolicyDraft:
        draft = drafts.open_draft(text, based_on=PolicyVersion.objects.get(), note="A change", by=cast.mia)
        replays.ask(draft)
        return draft

    return at_the_desk(made)()


def publishing_(draft: PolicyDraft, cast: Cast):
    return at_the_desk(publish_draft, draft, revision=1, valid_from=AT_ONCE, note="mine", by=cast.mia)


def test_of_two_who_publish_one_draft_at_once_one_wins_and_the_other_is_told(cast, gate):
    draft = drafted(FASTER, cast)
    with gate() as opened:
        first, second = at_once(opened, publishing_(draft, cast), publishing_(draft, cast))
    assert first.number == 2
    assert isinstance(second, Closed)
    assert "published meanwhile" in str(second)
    assert PolicyVersion.objects.count() == 2


def test_of_two_drafts_at_once_the_second_is_told_that_it_would_replace_the_first(cast, gate):
    faster, slower = drafted(FASTER, cast), drafted(SLOWER, cast)
    with gate() as opened:
        first, second = at_once(opened, publishing_(faster, cast), publishing_(slower, cast))
    assert first.number == 2
    assert isinstance(second, NotPublished)
    assert "it would replace version 2, and it was compared with version 1" in str(second)
    assert PolicyVersion.objects.count() == 2


@pytest.fixture
def some_incidents(cast) -> list[Incident]:
    said = verbs.Report("The gateway answers 503", "Since ten, for every route.", 2)
    one = at_the_desk(verbs.report, said, account=cast.premium, by=cast.petra, channel=Incident.Channel.PORTAL)
    return [one() for _ in range(5)]


@pytest.fixture
def by_a_worker(monkeypatch) -> None:
    """Few incidents stand for many."""
    monkeypatch.setattr(replays, "AT_ONCE_AT_MOST", 3)
    monkeypatch.setattr("watchkeeper.office.publishing.effect.AT_A_TIME", 2)


def work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def effect() -> DraftEffect:
    with for_the_desk():
        return DraftEffect.objects.select_related("draft").get()


def test_many_incidents_are_replayed_by_a_worker(cast, some_incidents, by_a_worker):
    drafted(FASTER, cast)
    assert (effect().finished_at, effect().progress) == (None, "0 of 5")
    work()
    assert effect().finished_at is not None
    assert (effect().progress, effect().result["incidents"], effect().is_stale) == ("5 of 5", 5, False)


def test_a_replay_that_was_asked_for_again_ends_and_leaves_the_new_one_alone(cast, some_incidents, by_a_worker):
    draft = drafted(FASTER, cast)
    first = str(effect().run)
    at_the_desk(replays.ask, draft)()
    replays.replay(draft.pk, first)
    assert (effect().finished_at, effect().done) == (None, 0)
    work()
    assert effect().progress == "5 of 5"


def test_a_replay_under_way_ends_when_somebody_asks_again(cast, some_incidents, by_a_worker, monkeypatch):
    draft = drafted(FASTER, cast)
    first, counted = str(effect().run), Effect.add

    def asked_again_after_the_first_chunk(self: Effect, keys: list[int]) -> None:
        counted(self, keys)
        if str(effect().run) == first:
            at_the_desk(replays.ask, draft)()

    monkeypatch.setattr(Effect, "add", asked_again_after_the_first_chunk)
    replays.replay(draft.pk, first)
    assert (str(effect().run) == first, effect().finished_at, effect().done) == (False, None, 0)


def test_a_replay_begun_anew_after_its_worker_died_counts_anew(cast, some_incidents, by_a_worker):
    draft = drafted(FASTER, cast)
    with for_the_desk():
        DraftEffect.objects.update(done=4)
    replays.replay(draft.pk, str(effect().run))
    assert effect().progress == "5 of 5"
    replays.replay(draft.pk, str(effect().run))
    assert effect().progress == "5 of 5"


def test_what_is_saved_meanwhile_makes_the_effect_that_of_an_earlier_revision(cast, some_incidents, by_a_worker):
    draft = drafted(FASTER, cast)
    at_the_desk(drafts.save, draft, text=SLOWER, revision=1, by=cast.mia)()
    work()
    found = effect()
    assert (found.is_stale, found.revision, found.draft.revision) == (True, 1, 2)
    assert found.result["rows"][0]["all"] == 5
