"""What a customer contests, and what the vendor answers: both stand on the record, and no outcome changes by it.

What is granted is done by other verbs, such as a change of severity; a breach stays one, and so does a *met*.
"""

from __future__ import annotations

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import MET, Commitment
from watchkeeper.core.disputes import A_MET, EXCLUSION, SEVERITY, SUBJECTS, Subject, open_about
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import Standing
from watchkeeper.incidents.verbs.refusals import NotPossible, required
from watchkeeper.people import access
from watchkeeper.people.models import Person


def dispute(incident: Incident, *, by: Person, subject: Subject, text: str) -> Event:
    """Contest how severe an incident is, that a commitment was left out, or that one counts as met, and say why."""
    access.require(by, "dispute")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        standing = turn.standing()
        if open_about(standing.facts.disputes, subject) is not None:
            raise NotPossible(gettext("that is contested already, and not answered yet"))
        if subject not in contestable(standing):
            raise NotPossible(_why_not(subject, incident))
        return turn.append(t.DISPUTED, says=required(text), **subject._asdict())


def answer_dispute(incident: Incident, *, by: Person, subject: Subject, is_upheld: bool, text: str) -> Event:
    """Say to the customer whether they are right, and why. It acknowledges nothing and is no update."""
    access.require(by, "answer dispute")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if open_about(turn.standing().facts.disputes, subject) is None:
            raise NotPossible(gettext("nothing is contested there that is not answered"))
        return turn.append(t.DISPUTE_ANSWERED, says=required(text), upheld=is_upheld, **subject._asdict())


def contestable(standing: Standing) -> list[Subject]:
    """What a customer may contest now: what is contested and not answered is not among it. Of a test: nothing."""
    if standing.facts.is_test:
        return []
    found = [Subject(SEVERITY), *filter(None, map(_subject_of, standing.commitments))]
    return [subject for subject in found if open_about(standing.facts.disputes, subject) is None]


def _subject_of(made: Commitment) -> Subject | None:
    if made.excluded is not None:
        return Subject(EXCLUSION, made.metric, made.nth)
    return Subject(A_MET, made.metric, made.nth) if made.outcome == MET else None


def _why_not(subject: Subject, incident: Incident) -> str:
    if subject.about not in SUBJECTS:
        return gettext('"{about}" cannot be contested; it is one of {subjects}').format(
            about=subject.about, subjects=", ".join(SUBJECTS)
        )
    words = gettext("on {incident} there is no {metric} {nth} that was left out or counts as met")
    return words.format(incident=incident.reference, metric=subject.metric, nth=subject.nth)
