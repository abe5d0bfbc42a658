"""Which act is asked for on which incidents: read from an address or a form, narrowed to what its reader sees."""

from __future__ import annotations

from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext

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
        words = gettext("“{named}” is nothing that is done to several incidents. These are: {known}.")
        raise Unclear(words.format(named=named, known=known))
    references = list(dict.fromkeys(each.replace("\0", "").strip().upper() for each in asked.getlist("of")))
    if not references:
        raise Unclear(gettext("No incident was chosen. Tick at least one in the queue."))
    if len(references) > AT_MOST:
        words = gettext("{count} incidents were chosen; at most {most} can be acted on at once.")
        raise Unclear(words.format(count=len(references), most=AT_MOST))
    seen = Incident.objects.seen_by(by).filter(reference__in=references)
    incidents = list(seen.select_related("account", "assignee", "reporter", "policy_version").by_urgency())
    unseen = sorted(set(references) - {each.reference for each in incidents})
    if not incidents:
        words = gettext("You see no incident called {references}.")
        raise Unclear(words.format(references=", ".join(each[:_LONGEST] for each in unseen)))
    return Chosen(act, incidents, [each[:_LONGEST] for each in unseen])
