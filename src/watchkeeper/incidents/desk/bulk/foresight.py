"""What an act would do to each of several incidents. It folds what would be on their timelines, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core.commitments import BREACHED, CANCELLED, MET, RUNNING, Commitment
from watchkeeper.core.policy import Policy
from watchkeeper.incidents.desk.bulk.acts import BulkAct, Given
from watchkeeper.incidents.desk.incident.promises import no_promise
from watchkeeper.incidents.desk.queue.rows import urgency_of_clock
from watchkeeper.incidents.desk.time_left import time_left_for_the_team
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import Standing, standings_of
from watchkeeper.incidents.refusals import REFUSALS, words_of
from watchkeeper.incidents.what_if import gone_on
from watchkeeper.people import access
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.templatetags.ui import STATES
from watchkeeper.ui.time_left import METRICS, TimeLeft


class Effect(NamedTuple):
    """One thing that would be different, in words, with the due time before and after where there is one."""

    words: str
    tone: str = ""
    was: datetime | None = None
    at: datetime | None = None


class Foreseen(NamedTuple):
    """One incident before an act and after it. Without ``after`` nothing can be said yet, or the act is refused."""

    incident: Incident
    severity_name: str
    before: TimeLeft
    after: TimeLeft | None = None
    effects: Sequence[Effect] = ()
    refused: str = ""


def foresee(
    act: BulkAct, incidents: Sequence[Incident], *, by: Person, given: Given | None, now: datetime
) -> list[Foreseen]:
    """Each incident as ``act`` would leave it at ``now``; where nothing is ``given`` yet, as it stands."""
    standings = standings_of([each.pk for each in incidents])
    names = {by.pk: by.name}
    if given and isinstance(given.get("to"), Person):
        names[given["to"].pk] = given["to"].name
    return [_foreseen(act, each, standings[each.pk], by, given, now, names) for each in incidents]


def _foreseen(
    act: BulkAct,
    incident: Incident,
    standing: Standing,
    by: Person,
    given: Given | None,
    now: datetime,
    names: Mapping[int, str],
) -> Foreseen:
    policy = policy_of(incident.policy_version)
    name = policy.severity_numbered(incident.severity).name
    seen = Foreseen(incident, name, _left(standing, policy, now))
    if given is None:
        return seen
    try:
        access.require(by, act.act)
        after = gone_on(standing, act.would(incident, by, given), at=now)
    except REFUSALS as refusal:
        return seen._replace(refused=words_of(refusal))
    effects = list(_effects(incident, standing, after, policy, names))
    return seen._replace(after=_left(after, policy, now), effects=effects)


def _left(standing: Standing, policy: Policy, now: datetime) -> TimeLeft:
    """The time left of what is most urgent, as the queue shows it."""
    if standing.commitments:
        return time_left_for_the_team(min(standing.commitments, key=urgency_of_clock), now=now)
    return no_promise(standing, policy=policy, now=now)


def _effects(
    incident: Incident, before: Standing, after: Standing, policy: Policy, names: Mapping[int, str]
) -> Iterator[Effect]:
    yield from _of_the_clocks(before.commitments, after.commitments)
    was, is_now = before.facts, after.facts
    if was.state != is_now.state:
        yield Effect(f"{STATES[was.state]} → {STATES[is_now.state]}")
    if was.severity != is_now.severity:
        yield Effect(" → ".join(policy.severity_numbered(number).name for number in (was.severity, is_now.severity)))
    if was.assignee != is_now.assignee:
        owner = incident.assignee.name if incident.assignee else gettext("Nobody")
        yield Effect(f"{owner} → {names[is_now.assignee]}")


def _of_the_clocks(before: Iterable[Commitment], after: Iterable[Commitment]) -> Iterator[Effect]:
    known = {(each.metric, each.nth): each for each in before}
    effects = [_of_the_clock(known.get((each.metric, each.nth)), each) for each in after]
    told = [each for each in effects if each is not None]
    yield from told or [Effect(gettext("No clock changes"))]


def _of_the_clock(was: Commitment | None, is_now: Commitment) -> Effect | None:
    def said(words: str) -> str:
        return words.format(metric=METRICS[is_now.metric])

    if is_now.done_at is not None and (was is None or was.done_at is None):
        if is_now.outcome == MET:
            return Effect(said(gettext("{metric} met")), "ok", at=is_now.due_at)
        if is_now.outcome == BREACHED:
            return Effect(said(gettext("{metric} too late, stays breached")), "breach", at=is_now.due_at)
    if is_now.outcome == CANCELLED and (was is None or was.outcome != CANCELLED):
        return Effect(said(gettext("{metric} cancelled")))
    if is_now.outcome != RUNNING or (was is not None and was.due_at == is_now.due_at):
        return None
    if was is None or was.due_at is None:
        return Effect(said(gettext("{metric} starts to count")), at=is_now.due_at)
    words = gettext("{metric} stands still") if is_now.due_at is None else gettext("{metric} due")
    return Effect(said(words), "", was.due_at, is_now.due_at)
