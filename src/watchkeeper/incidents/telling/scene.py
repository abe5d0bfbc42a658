"""One event with all that a notice may say about it, and the two audiences that can hear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from watchkeeper.core import leaving, trace
from watchkeeper.core.commitments import RUNNING, Commitment
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Policy, Told, better_level
from watchkeeper.core.survey import OPEN_FOR
from watchkeeper.escalation.recipients import recipients
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.leaving_links import leaving_link
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.quotes import parted
from watchkeeper.incidents.reading import Standing, as_core
from watchkeeper.incidents.reply_addresses import reply_address
from watchkeeper.incidents.telling.earlier import earlier, may_read
from watchkeeper.notify import outbox, wording
from watchkeeper.notify.wording.history import Said
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.moments import DeskZone
from watchkeeper.ui.translated import translated

Speak = Callable[[wording.About], wording.Words]
"""The words of a notice, once it is known who reads it: the link in it is the reader's own, and so is the language."""


@dataclass(frozen=True)
class Scene:
    """An event on its incident. ``step`` names what is said, so that it is said once to each."""

    event: Event
    incident: Incident
    standing: Standing

    @cached_property
    def policy(self) -> Policy:
        return policy_of(self.incident.policy_version)

    @property
    def step(self) -> str:
        return f"{self.event.kind}:{self.event.number}"

    @property
    def by(self) -> str:
        """The name of who acted."""
        return Actor(self.event.side, self.event.person, self.event.token).name

    @cached_property
    def message(self) -> str:
        """What was said with the event, without the mails that it repeats; empty where nothing was said."""
        message = getattr(self.event, "message", None)
        return parted(message.body)[0] if message is not None else ""

    @property
    def question_until(self) -> datetime:
        """Until when the customer may say how it was, where the event ends the incident and they are asked."""
        return self.event.at + OPEN_FOR

    def severity(self, number: int) -> str:
        """A severity as the policy speaks of it: ``1 Critical``."""
        severity = self.policy.severity_numbered(number)
        return severity.name if severity.key == severity.name else f"{severity.key} {severity.name}"

    def commitment(self, metric: str, nth: int) -> Commitment:
        return next(c for c in self.standing.commitments if (c.metric, c.nth) == (metric, nth))

    def due_of(self, metric: str, nth: int) -> datetime:
        due_at = self.commitment(metric, nth).due_at
        assert due_at is not None, "a step is about a promise with a due time"
        return due_at

    @property
    def promise(self) -> wording.Promise:
        """What is promised about an acknowledgement now, or why nothing is."""
        running = [c for c in self.standing.commitments if c.metric == ACKNOWLEDGEMENT and c.outcome == RUNNING]
        if running and running[-1].due_at is not None:
            line = trace.line(running[-1].explain(), self._zone.name, self._zone.label)
            return wording.Promised(due_at=running[-1].due_at, explanation=translated(line))
        if self.standing.promise is None:
            return wording.NoEntitlement()
        better = better_level(self.policy, self.standing.facts.severity, ACKNOWLEDGEMENT)
        return wording.OutsideTheLevel((better.name,) if better else ())

    def to_followers(self, speak: Speak) -> Iterator[outbox.Saying]:
        """Tell the customer: the reporter and all who follow, but not the one who acted."""
        people = Person.objects.filter(is_active=True, account_id=self.incident.account_id)
        followers = people.filter(pk__in=self.incident.participants.values("person"))
        return self._to_people(followers.exclude(pk=self.event.person_id), speak)

    def to_those_who_let_in(self, speak: Speak) -> Iterator[outbox.Saying]:
        """Tell those who can let somebody of the account follow: who follows, and its customer managers."""
        people = Person.objects.filter(is_active=True, account_id=self.incident.account_id)
        follows = Q(pk__in=self.incident.participants.values("person"))
        return self._to_people(people.filter(follows | Q(roles__contains=[Person.Role.CUSTOMER_MANAGER])), speak)

    def to_person(self, person: Person, speak: Speak) -> Iterator[outbox.Saying]:
        """Tell one person of the customer."""
        return self._to_people([person], speak)

    def to_roles(
        self, roles: Iterable[Told], speak: Callable[[wording.About, str], wording.Words]
    ) -> Iterator[outbox.Saying]:
        """Tell the people and addresses behind these roles, but not the one who acted; each hears it in their role."""
        about = self._about("desk-incident")
        meant = recipients(
            roles,
            account=self.incident.account,
            assignee=self.incident.assignee,
            policy=self.policy,
            promise=self.standing.promise,
        )
        for told in meant:
            if told.person is None or told.person.pk != self.event.person_id:
                to = outbox.Recipient(told.address, told.name, told.person.pk if told.person else None)
                with speaking_to(told.person):
                    words = speak(about, told.role)
                    history = self._history_for(told.person, about, words)
                yield self._saying(to, words, told.person, history, about)

    def to_colleague(self, key: int, speak: Speak) -> Iterator[outbox.Saying]:
        """Tell a person of the team by their key, unless it is who acted."""
        about = self._about("desk-incident")
        for each in Person.objects.filter(pk=key, is_active=True).exclude(pk=self.event.person_id):
            yield self._said_to(each, about, speak)

    def to_author(self, person: Person, speak: Speak) -> Iterator[outbox.Saying]:
        """Tell the one who acted, on whichever side, what came of it."""
        if person.is_customer:
            yield from self.to_person(person, speak)
        else:
            yield self._said_to(person, self._about("desk-incident"), speak)

    def page_of(self, reference: str) -> str:
        """The address of another incident on the customer's side."""
        return settings.WATCHKEEPER_BASE_URL + reverse("portal-incident", args=[reference])

    @cached_property
    def _zone(self) -> DeskZone:
        return DeskZone(self.policy.zone, self.policy.zone_label or self.policy.zone)

    def _about(self, page: str) -> wording.About:
        promise, assignee = self.standing.promise, self.incident.assignee
        return wording.About(
            reference=self.incident.reference,
            title=self.incident.title,
            account=self.incident.account.name,
            level=promise.level.name if promise else "",
            severity=self.severity(self.standing.facts.severity),
            opened_at=self.incident.received_at,
            zone=self._zone,
            url=settings.WATCHKEEPER_BASE_URL + reverse(page, args=[self.incident.reference]),
            assignee=assignee.name if assignee else "",
            is_test=self.incident.is_test,
            takes_answers=bool(settings.WATCHKEEPER_MAIL_ADDRESS),
        )

    def _to_people(self, people: Iterable[Person], speak: Speak) -> Iterator[outbox.Saying]:
        if self.standing.facts.is_unverified:
            return
        about = self._about("portal-incident")
        for each in people:
            yield self._said_to(each, about, speak)

    def _said_to(self, person: Person, about: wording.About, speak: Speak) -> outbox.Saying:
        """What a person is told, in their language."""
        about = replace(about, unfollow_url=self._unfollow_url(person))
        with speaking_to(person):
            words = speak(about)
            history = self._history_for(person, about, words)
        return self._saying(outbox.Recipient(person.email, person.name, person.pk), words, person, history, about)

    def _history_for(self, person: Person | None, about: wording.About, words: wording.Words) -> str:
        """What was said before, where a person speaks to one who may read it."""
        if person is None or words.is_automatic or not self._earlier or not may_read(self.incident, person):
            return ""
        return wording.history(about, self._earlier)

    @cached_property
    def _earlier(self) -> list[Said]:
        return earlier(self.incident, self.event)

    def _unfollow_url(self, person: Person) -> str:
        """Where somebody stops following who was let in; the reporter hears of their own report."""
        follows = person.pk != self.incident.reporter_id and person.pk in self._followers
        return leaving_link(self.incident, person) if follows else ""

    @cached_property
    def _followers(self) -> frozenset[int]:
        return frozenset(self.incident.participants.values_list("person", flat=True))

    def _saying(
        self,
        to: outbox.Recipient,
        words: wording.Words,
        person: Person | None,
        history: str,
        about: wording.About,
    ) -> outbox.Saying:
        return outbox.Saying(
            step=self.step,
            to=to,
            words=words,
            account_id=self.incident.account_id,
            incident_id=self.incident.pk,
            thread=self.incident.reference,
            answers=self.event.data.get("message_id", "") if person is not None and person.is_customer else "",
            history=history,
            unsubscribe=about.unfollow_url,
            speaker=self.by if self.event.person is not None and not words.is_automatic else "",
            reply_to=reply_address(self.incident, person) if person is not None else "",
            at=self.event.recorded_at,
            not_before=leaving.leaves_at(as_core(self.event)),
        )
