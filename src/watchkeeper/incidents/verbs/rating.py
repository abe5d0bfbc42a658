"""The customer's answer to the one question that is asked when an incident is over."""

from __future__ import annotations

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
        raise NotPossible(f"{score} is no answer; it is one of {', '.join(map(str, sorted(survey.ANSWERS)))}")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if not takes_part_in(turn.incident, by):
            raise access.Refused(f"{by.name} may not rate; that is for who reported it and who follows it")
        facts = turn.standing().facts
        if not survey.is_open(facts, turn.now):
            raise NotPossible(_why_not(survey.open_until(facts) is not None))
        return turn.append(t.RATED, says=remark.strip(), is_public=False, score=score)


def takes_part_in(incident: Incident, person: Person) -> bool:
    """Whether a person reported an incident or follows it."""
    return incident.reporter_id == person.pk or incident.participants.filter(person=person).exists()


def _why_not(was_open: bool) -> str:
    if was_open:
        return f"the question was open for {survey.OPEN_FOR.days} days after the end, and they are over"
    return "how it was is asked when a solution is confirmed or the incident closed"
