"""Which act is asked for on which incidents: read from an address or a form, narrowed to what its reader sees."""

from __future__ import annotations

from typing import NamedTuple

from django.http import QueryDict

from watchkeeper.incidents.desk.bulk.acts import ACTS, BulkAct
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person

AT_MOST = 100
"""Each is carried by itself while the reader waits."""

_LONGEST = 16


class Unclear(Exception):
    """What was asked for cannot be shown or done; the message says what was given and what is allowed."""


class Chosen(NamedTuple):
    """The act, the incidents that its reader sees, and what else was named: of others' and of none it is the same."""

    act: BulkAct
    incidents: list[Incident]
    unseen: list[str]


def chosen_in(asked: QueryDict, *, by: Person) -> Chosen:
    """What ``act`` and each ``of`` name. Raises ``Unclear``."""
    act = next((each for each in ACTS if each.name == asked.get("act")), None)
    if act is None:
        named, known = asked.get("act", "")[:40], ", ".join(each.name for each in ACTS)
        raise Unclear(f"“{named}” is nothing that is done to several incidents. These are: {known}.")
    references = list(dict.fromkeys(each.replace("\0", "").strip().upper() for each in asked.getlist("of")))
    if not references:
        raise Unclear("No incident was chosen. Tick at least one in the queue.")
    if len(references) > AT_MOST:
        raise Unclear(f"{len(references)} incidents were chosen; at most {AT_MOST} can be acted on at once.")
    seen = Incident.objects.seen_by(by).filter(reference__in=references)
    incidents = list(seen.select_related("account", "assignee", "policy_version").by_urgency())
    unseen = sorted(set(references) - {each.reference for each in incidents})
    if not incidents:
        raise Unclear(f"You see no incident called {', '.join(each[:_LONGEST] for each in unseen)}.")
    return Chosen(act, incidents, [each[:_LONGEST] for each in unseen])
