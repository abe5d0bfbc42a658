"""Filling an empty desk: the stories are played in the order of their times, through the verbs, as one transaction.

Between two acts the conductor looks at every incident at the moment it had set itself, as the watcher would have.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from watchkeeper.config.cannot_run import CannotRun
from watchkeeper.config.connection import is_embedded
from watchkeeper.config.demo import guidance, last_quarter, mails, reply_templates, sign_ins
from watchkeeper.config.demo.acts import Scene, Story
from watchkeeper.config.demo.cast import Cast, assemble
from watchkeeper.config.demo.past import afterwards, beginning
from watchkeeper.config.demo.sign_ins import SignIn
from watchkeeper.config.demo.stories import PRODUCT, STORIES
from watchkeeper.incidents import flow, verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.moment import past
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.publishing import publish_first
from watchkeeper.policies.shipped import shipped_text

SOURCE = "demo"


class NotEmpty(CannotRun):
    """A desk with accounts or people of its own is never mixed with invented ones."""


def fill() -> list[SignIn]:
    """Fill the desk if it is empty, and answer how to sign in; on a desk filled before, how to sign in.

    Raises ``CannotRun`` with a database of one's own, and on a desk that is in use.
    """
    if not is_embedded(os.environ):
        raise CannotRun("the demo invents people and prints their passwords: not into the database of DATABASE_URL")
    with for_the_desk():
        if Account.objects.exists() or Person.objects.exists():
            return _filled_before()
        publish_first(shipped_text())
        now = clock.now()
        cast = assemble(now)
        _play(STORIES, cast, now)
        guidance.recommend(cast, now)
        guidance.describe_the_place(cast, now)
        last_quarter.review_it(cast, now)
        _keep_notices(now)
        reply_templates.keep(by=cast.people["helen"], now=now)
        mails.keep_one()
        sign_ins.keep(cast.sign_ins)
    return cast.sign_ins


def _filled_before() -> list[SignIn]:
    known = sign_ins.kept()
    if not known or not Person.objects.filter(email=known[0].email).exists():
        raise NotEmpty("this desk has accounts or people of its own; the demo fills an empty one only")
    return known


class _Turn(NamedTuple):
    """Something that happens in a story, at ``at``."""

    at: datetime
    story: int
    play: Callable[[], object]


def _play(stories: tuple[Story, ...], cast: Cast, now: datetime) -> None:
    turns: list[_Turn] = []
    begun: dict[int, Incident] = {}
    named: dict[str, Incident] = {}
    for number, story in enumerate(stories):
        turns += _turns(number, story, cast, now, begun, named)
    for turn in sorted(turns, key=lambda turn: turn.at):
        _watch_until(turn.at)
        with past(turn.at, source=SOURCE, names_all=True):
            turn.play()
        _keep_notices(turn.at)
    _watch_until(now)


def _turns(
    number: int, story: Story, cast: Cast, now: datetime, begun: dict[int, Incident], named: dict[str, Incident]
) -> Iterator[_Turn]:
    def report() -> None:
        begun[number] = named[story.name] = _report(story, cast)

    at = beginning(story.when, now)
    yield _Turn(at, number, report)
    for act in story.acts:
        at = afterwards(act.after, at)
        yield _Turn(at, number, lambda act=act: act.play(Scene(begun[number], cast, named)))


def _report(story: Story, cast: Cast) -> Incident:
    reporter = cast.people[story.reporter] if story.reporter else None
    said = verbs.Report(
        title=story.title,
        body=story.body,
        severity=story.severity,
        product=PRODUCT,
        component=story.component,
        environment=story.environment,
    )
    account = cast.accounts[story.account]
    if story.taken_by is not None:
        taken_by = cast.people[story.taken_by]
        return verbs.report(said, account=account, by=taken_by, channel=Incident.Channel.PHONE, on_behalf_of=reporter)
    channel = Incident.Channel.PORTAL if reporter else Incident.Channel.MONITORING
    return verbs.report(said, account=account, by=reporter or cast.monitoring, channel=channel)


def _watch_until(instant: datetime) -> None:
    """Look at what is due up to ``instant``, each at its own moment, the earliest first."""
    while (
        incident := Incident.objects.to_look_at(instant)
        .select_for_update(of=("self",))
        .select_related("account", "policy_version")
        .first()
    ) is not None:
        at = incident.look_again_at
        assert at is not None, "only what has a moment is looked at"
        with past(at, source=SOURCE, names_all=True):
            flow.look_at(incident)
        _keep_notices(at)


def _keep_notices(at: datetime) -> None:
    """What would have been said then is kept to be read in the desk; nobody is mailed about invented incidents."""
    Notice.objects.filter(queued_at__gt=at).update(
        status=Notice.Status.KEPT, queued_at=at, next_attempt_at=at, finished_at=at
    )
