"""What is told at a step that the clock took: a warning, a breach, what may be done from then on."""

from __future__ import annotations

from collections.abc import Iterator

from watchkeeper.core import clock
from watchkeeper.core import timeline as t
from watchkeeper.core.escalation import Step
from watchkeeper.core.standing import BY_TIME
from watchkeeper.incidents.in_words import reason_said
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import Standing
from watchkeeper.incidents.telling.scene import Scene
from watchkeeper.notify import outbox, wording


class StepScene(Scene):
    """A step names its commitment: the same breach is said once, whatever the number of its event."""

    @property
    def step(self) -> str:
        data = self.event.data
        if self.event.kind == t.BREACHED:
            return f"{t.BREACHED}:{data['metric']}:{data['nth']}"
        return f"{self.event.kind}:{data.get('metric', '')}:{self.event.number}"


def told_of_step(event: Event, step: Step, incident: Incident, standing: Standing) -> Iterator[outbox.Saying]:
    """What is said to whom a step names. A step that names nobody is on the timeline and disturbs nobody."""
    scene = StepScene(event, incident, standing)
    speak = _SPOKEN.get(step.kind)
    if speak is not None and step.tells:
        yield from scene.to_roles(step.tells, lambda about, role: speak(about, role, step, scene))
    elif step.kind == t.CLOSED:
        yield from scene.to_followers(
            lambda about: wording.closed(
                about, reason=reason_said(step.data["reason"]), question_until=scene.question_until
            )
        )


def _warned(about: wording.About, _role: str, step: Step, scene: Scene) -> wording.Words:
    commitment = scene.commitment(step.data["metric"], step.data["nth"])
    due_at = scene.due_of(commitment.metric, commitment.nth)
    left = clock.counted(commitment.target.operating.hours, step.at, due_at, commitment.stood_still)
    return wording.warned(about, metric=commitment.metric, due_at=due_at, left=left, passed=step.data["passed"])


def _breached(about: wording.About, role: str, step: Step, _scene: Scene) -> wording.Words:
    return wording.breached(
        about,
        metric=step.data["metric"],
        due_at=step.data["due_at"],
        told_as=role,
        may_be_escalated=step.data["eligible"],
    )


def _became_eligible(about: wording.About, _role: str, step: Step, scene: Scene) -> wording.Words:
    due_at = scene.due_of(step.data["metric"], step.data["nth"])
    return wording.became_eligible(about, metric=step.data["metric"], due_at=due_at)


def _rung_reached(about: wording.About, _role: str, step: Step, scene: Scene) -> wording.Words:
    if (step.data["metric"], step.data["nth"]) == BY_TIME:
        facts = scene.standing.facts
        is_acknowledged = facts.askings[-1].met_at is not None
        return wording.stands_too_long(
            about, received_at=facts.received_at, rung=step.data["rung"], is_acknowledged=is_acknowledged
        )
    due_at = scene.due_of(step.data["metric"], step.data["nth"])
    return wording.rung_reached(about, metric=step.data["metric"], due_at=due_at, rung=step.data["rung"])


_SPOKEN = {
    t.WARNED: _warned,
    t.BREACHED: _breached,
    t.BECAME_ELIGIBLE: _became_eligible,
    t.RUNG_REACHED: _rung_reached,
}
