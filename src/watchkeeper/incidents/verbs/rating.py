"""The customer's answer to the one question that is asked when an incident is over."""

from __future__ import annotations

from django.utils.translation import gettext

from watchkeeper.core import survey
from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.people import access
from watchkeeper.people.models import Person


def rate(incident: Incident, *, by: Person, score: int, remark: str = "") -> Event:
    """Say how it was, for the team to read; said again while the question is open, the newer answer holds."""
    access.require(by, "rate")
    if score not in survey.ANSWERS:
        answers = ", ".join(map(str, sorted(survey.ANSWERS)))
        words = gettext("{score} is no answer; it is one of {answers}")
        raise NotPossible(words.format(score=score, answers=answers))
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if not takes_part_in(turn.incident, by):
            words = gettext("{person} may not rate; that is for who reported it and who follows it")
            raise access.Refused(words.format(person=by.name))
        facts = turn.standing().facts
        if not survey.is_open(facts, turn.now):
            raise NotPossible(_why_not(survey.open_until(facts) is not None))
        return turn.append(t.RATED, says=remark.strip(), is_public=False, score=score)


def takes_part_in(incident: Incident, person: Person) -> bool:
    """Whether a person reported an incident or follows it."""
    return incident.reporter_id == person.pk or incident.participants.filter(person=person).exists()


def _why_not(was_open: bool) -> str:
    if was_open:
        words = gettext("the question was open for {days} days after the end, and they are over")
        return words.format(days=survey.OPEN_FOR.days)
    return gettext("how it was is asked when a solution is confirmed or the incident closed")
