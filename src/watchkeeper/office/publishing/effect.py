"""The effect of a text before it is a version: the desk's own incidents of the last 90 days under it, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from watchkeeper.core.policy import ESCALATION_ANSWER, PROMISED_METRICS
from watchkeeper.core.scorecard import BREACHED, MET
from watchkeeper.core.timeline import Event
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import timelines_of
from watchkeeper.office.publishing.counterfactual import Compared, Counterfactual, Uncomputable
from watchkeeper.policies.models import GivenPromise, PolicyVersion
from watchkeeper.policies.versions import policy_of

SPAN = timedelta(days=90)
AT_A_TIME = 500
MOST_NAMED = 50

_METRICS = (*PROMISED_METRICS, ESCALATION_ANSWER)


def concerned(as_of: datetime) -> list[int]:
    """The keys of the incidents that an effect is about, those received last first."""
    received = Incident.objects.filter(received_at__gt=as_of - SPAN, received_at__lte=as_of)
    return list(received.order_by("-received_at", "-pk").values_list("pk", flat=True))


def chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many keys as are replayed in one transaction."""
    return (keys[start : start + AT_A_TIME] for start in range(0, len(keys), AT_A_TIME))


def replayed(candidate: PolicyVersion, *, as_of: datetime) -> dict[str, Any]:
    """The effect of a candidate, counted in one go."""
    effect = Effect(candidate, as_of=as_of)
    for keys in chunks(concerned(as_of)):
        effect.add(keys)
    return effect.result()


class Effect:
    """What was counted so far: give it chunks of incidents, then ask for the ``result``."""

    def __init__(self, candidate: PolicyVersion, *, as_of: datetime) -> None:
        self._policy = policy_of(candidate)
        self._counterfactual = Counterfactual(candidate, as_of=as_of)
        self._incidents = self._without_promise = 0
        self._counts: dict[tuple[str, int, str], Counter[str]] = {}
        self._names: dict[tuple[str, int], tuple[str, str]] = {}
        self._changes: list[dict[str, Any]] = []
        self._changed = 0
        self._reasons: Counter[str] = Counter()
        self._uncomputable: list[dict[str, str]] = []

    def add(self, keys: Sequence[int]) -> None:
        """Replay the incidents with these keys, reading them at once."""
        timelines = timelines_of(keys)
        given = _given_in(timelines.values())
        incidents = Incident.objects.select_related("account", "policy_version").in_bulk(keys)
        for key in keys:
            self._add(incidents[key], timelines[key], given)

    def result(self) -> dict[str, Any]:
        """All of it, ready to be kept as JSON."""
        return {
            "days": SPAN.days,
            "incidents": self._incidents,
            "without_promise": self._without_promise,
            "rows": list(self._rows()),
            "changed": self._changed,
            "changes": self._changes,
            "uncomputable": sum(self._reasons.values()),
            "reasons": [{"reason": reason, "count": count} for reason, count in self._reasons.most_common()],
            "uncomputables": self._uncomputable,
        }

    def _add(self, incident: Incident, timeline: Sequence[Event], given: dict[int, GivenPromise]) -> None:
        self._incidents += 1
        first = next((given[event.data["promise"]] for event in timeline if event.data.get("promise")), None)
        if first is None:
            self._without_promise += 1
            return
        try:
            compared = self._counterfactual.compare(incident, timeline, given)
        except Uncomputable as reason:
            self._set_aside(incident, str(reason))
            return
        row = first.level, incident.severity
        self._names.setdefault(row, _names(first, incident.severity))
        for each in compared:
            self._counts.setdefault((*row, each.metric), Counter()).update(
                [f"was {each.was}", f"would {each.would}", "all"]
            )
        self._note_change(incident, row, [each for each in compared if each.was != each.would])

    def _set_aside(self, incident: Incident, reason: str) -> None:
        self._reasons[reason] += 1
        if len(self._uncomputable) < MOST_NAMED:
            self._uncomputable.append({**_named(incident), "reason": reason})

    def _note_change(self, incident: Incident, row: tuple[str, int], changes: list[Compared]) -> None:
        if not changes:
            return
        self._changed += 1
        if len(self._changes) < MOST_NAMED:
            level, severity = self._names[row]
            told = [change._asdict() for change in changes]
            self._changes.append({**_named(incident), "level": level, "severity": severity, "changes": told})

    def _rows(self) -> Iterator[dict[str, Any]]:
        for level, number, metric in sorted(self._counts, key=self._place):
            counts = self._counts[level, number, metric]
            level_name, severity = self._names[level, number]
            yield {
                "level": level_name,
                "number": number,
                "severity": severity,
                "metric": metric,
                "all": counts["all"],
                "was": {outcome: counts[f"was {outcome}"] for outcome in (MET, BREACHED)},
                "would": {outcome: counts[f"would {outcome}"] for outcome in (MET, BREACHED)},
            }

    def _place(self, row: tuple[str, int, str]) -> tuple[int, str, int, int]:
        """The levels in the text's order, those that are gone after them; then by severity and metric."""
        level, number, metric = row
        keys = [each.key for each in self._policy.levels]
        return keys.index(level) if level in keys else len(keys), level, number, _METRICS.index(metric)


def _given_in(timelines: Iterable[Sequence[Event]]) -> dict[int, GivenPromise]:
    named = {event.data["promise"] for timeline in timelines for event in timeline if event.data.get("promise")}
    return GivenPromise.objects.select_related("version", "agreement", "account").in_bulk(named)


def _names(given: GivenPromise, severity: int) -> tuple[str, str]:
    policy = policy_of(given.version)
    return policy.level(given.level).name, policy.severity_numbered(severity).name


def _named(incident: Incident) -> dict[str, str]:
    return {"reference": incident.reference, "account": incident.account.name}
