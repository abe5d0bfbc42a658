"""What people do with proposals and recommendations: each act is one transaction, and one line of its history.

A recommendation leaves the desk by ``send`` alone, and ``send`` is told which words its sender has read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.core.proposals import Subject
from watchkeeper.incidents.verbs import NotPossible
from watchkeeper.incidents.verbs.refusals import required
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account, Person
from watchkeeper.premium.guidance import notices
from watchkeeper.premium.guidance.entitled import kinds_held
from watchkeeper.premium.models import Proposal, Recommendation, RecommendationEvent
from watchkeeper.ui.translated import again

WRITE, ANSWER, FINISH = "write recommendations", "answer recommendations", "finish recommendations"

MOST_EVIDENCE = 200
"""How many incidents stand for one recommendation; the newest, where there are more."""

State, Act = Recommendation.State, RecommendationEvent.Act

_FROM: Mapping[str, tuple[str, ...]] = {
    State.DISCARDED: (State.DRAFT,),
    State.SENT: (State.DRAFT,),
    State.ACCEPTED: (State.SENT, State.DECLINED),
    State.DECLINED: (State.SENT, State.ACCEPTED),
    State.DONE: (State.ACCEPTED,),
}
"""Every state but the first, and from which ones it is reached: a customer may think again until it is done."""


class Written(NamedTuple):
    """The words of a recommendation, and what goes with them. ``subject`` is what is counted to see its effect."""

    kind: str
    title: str
    text: str
    subject: Subject | None
    evidence: tuple[int, ...]
    owner: Person
    due_on: date | None


def take_up(proposal: Proposal, *, by: Person) -> Recommendation:
    """Accept a proposal: a draft begins, owned by who accepts, and nobody but the team sees it."""
    access.require(by, WRITE)
    with transaction.atomic():
        proposal = _still_open(proposal)
        _settle(proposal, Proposal.State.ACCEPTED, by)
        written = Written(
            kind=proposal.kind,
            title=again(proposal.says)[:200],
            text="",
            subject=proposal.subject,
            evidence=tuple(proposal.evidence[-MOST_EVIDENCE:]),
            owner=by,
            due_on=None,
        )
        return _begun(proposal.account, written, by, proposal)


def drop(proposal: Proposal, *, by: Person, reason: str) -> None:
    """Nothing is to be recommended: it is not proposed again until enough happens after this."""
    access.require(by, WRITE)
    with transaction.atomic():
        _settle(_still_open(proposal), Proposal.State.DROPPED, by, required(reason))


def begin(account: Account, *, by: Person, written: Written) -> Recommendation:
    """Begin a draft that nothing proposed."""
    access.require(by, WRITE)
    with transaction.atomic():
        return _begun(account, written, by, None)


def rewrite(recommendation: Recommendation, *, by: Person, written: Written, seen: int) -> Recommendation:
    """Change a draft. ``seen`` is the number of the words that were changed; raises ``NotPossible`` for older ones."""
    access.require(by, WRITE)
    with transaction.atomic():
        held = _held(recommendation)
        if held.state != State.DRAFT:
            raise NotPossible(gettext("its words were sent, and stay as they were read"))
        _refuse_older(held, seen)
        before = {"title": held.title, "text": held.text}
        _put(held, written)
        held.number += 1
        held.save()
        _record(held, Act.WRITTEN, by, **before)
        return held


def arrange(recommendation: Recommendation, *, by: Person, owner: Person, due_on: date) -> Recommendation:
    """Say who sees to it, and by when: also of one that was sent."""
    access.require(by, WRITE)
    with transaction.atomic():
        held = _held(recommendation)
        if held.state not in Recommendation.UNFINISHED:
            raise NotPossible(gettext("it has come to its end"))
        before = {"owner": held.owner.name, "due_on": held.due_on and held.due_on.isoformat()}
        held.owner, held.due_on = owner, due_on
        held.save(update_fields=["owner", "due_on"])
        _record(held, Act.ARRANGED, by, **before)
        return held


def discard(recommendation: Recommendation, *, by: Person, reason: str) -> Recommendation:
    """A draft is not sent after all."""
    access.require(by, WRITE)
    reason = required(reason)
    with transaction.atomic():
        held = _moved(recommendation, State.DISCARDED)
        held.decided_by, held.decided_at, held.reason = by, clock.now(), reason
        _keep(held, Act.DISCARDED, by, reason=reason)
        return held


def send(recommendation: Recommendation, *, by: Person, seen: int) -> Recommendation:
    """Send the words numbered ``seen``, which the sender has read, to the managers of the account.

    Raises ``NotPossible`` where others are newer, or something is missing.
    """
    access.require(by, WRITE)
    with transaction.atomic():
        held = _moved(recommendation, State.SENT)
        _refuse_older(held, seen)
        now = clock.now()
        if not held.text.strip():
            raise NotPossible(gettext("write what you recommend first: a title alone is not sent"))
        if held.due_on is None:
            raise NotPossible(gettext("say by when it should be done first"))
        if held.kind not in kinds_held(held.account, at=now):
            words = gettext("the support level of {account} does not include {kind}")
            raise NotPossible(words.format(account=held.account.name, kind=held.get_kind_display()))
        if not notices.managers_of(held.account):
            words = gettext("nobody of {account} could answer it: a customer manager is missing")
            raise NotPossible(words.format(account=held.account.name))
        held.sent_by, held.sent_at = by, now
        _keep(held, Act.SENT, by)
        notices.tell_of_sending(held, now)
        return held


def accept(recommendation: Recommendation, *, by: Person) -> Recommendation:
    """The customer will do it."""
    access.require(by, ANSWER)
    with transaction.atomic():
        held = _decided(recommendation, State.ACCEPTED, by)
        event = _keep(held, Act.ACCEPTED, by)
        notices.tell_of_decision(held, event)
        return held


def decline(recommendation: Recommendation, *, by: Person, reason: str) -> Recommendation:
    """The customer will not do it, and says why."""
    access.require(by, ANSWER)
    reason = required(reason)
    with transaction.atomic():
        held = _decided(recommendation, State.DECLINED, by, reason)
        event = _keep(held, Act.DECLINED, by, reason=reason)
        notices.tell_of_decision(held, event)
        return held


def finish(recommendation: Recommendation, *, by: Person) -> Recommendation:
    """It is done, says who did it or saw it; from now on its effect is counted."""
    access.require(by, FINISH)
    with transaction.atomic():
        held = _moved(recommendation, State.DONE)
        held.done_by, held.done_at = by, clock.now()
        event = _keep(held, Act.DONE, by)
        if by.is_customer:
            notices.tell_of_decision(held, event)
        return held


def _still_open(proposal: Proposal) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("account").get(pk=proposal.pk)
    if held.state != Proposal.State.OPEN:
        words = gettext("{person} decided about this proposal before")
        raise NotPossible(words.format(person=held.decided_by.name))
    return held


def _settle(proposal: Proposal, state: str, by: Person, reason: str = "") -> None:
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.reason = state, by, clock.now(), reason
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _begun(account: Account, written: Written, by: Person, proposal: Proposal | None) -> Recommendation:
    draft = Recommendation(account=account, proposal=proposal, written_at=clock.now())
    _put(draft, written)
    draft.save()
    _record(draft, Act.BEGUN, by)
    return draft


def _put(draft: Recommendation, written: Written) -> None:
    draft.kind, draft.title, draft.text = written.kind, written.title, written.text
    draft.sort, draft.name, draft.product = written.subject or ("", "", "")
    draft.evidence, draft.owner, draft.due_on = list(written.evidence), written.owner, written.due_on


def _held(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",), no_key=True).select_related("account", "owner")
    return rows.get(pk=recommendation.pk)


def _moved(recommendation: Recommendation, state: str) -> Recommendation:
    """The recommendation, locked and in its new state. Raises ``NotPossible`` where its own does not lead there."""
    held = _held(recommendation)
    if held.state not in _FROM[state]:
        labels = dict(State.choices)
        words = gettext("it is {state}; it must be {allowed}")
        allowed = gettext(" or ").join(str(labels[each]) for each in _FROM[state])
        raise NotPossible(words.format(state=labels[held.state], allowed=allowed))
    held.state = state
    return held


def _decided(recommendation: Recommendation, state: str, by: Person, reason: str = "") -> Recommendation:
    held = _moved(recommendation, state)
    held.decided_by, held.decided_at, held.reason = by, clock.now(), reason
    return held


def _refuse_older(held: Recommendation, seen: int) -> None:
    if held.number != seen:
        last = held.events.filter(act=Act.WRITTEN).select_related("by").last()
        words = gettext("{person} changed the words meanwhile: look at the page anew, and read them first")
        raise NotPossible(words.format(person=last.by.name if last else held.owner.name))


def _keep(held: Recommendation, act: str, by: Person, **data: str) -> RecommendationEvent:
    held.save()
    return _record(held, act, by, **data)


def _record(held: Recommendation, act: str, by: Person, **data: str | None) -> RecommendationEvent:
    return RecommendationEvent.objects.create(
        account=held.account, recommendation=held, at=clock.now(), by=by, act=act, data=data
    )
