"""The acts that can be done to several incidents at once: those whose words or choice can be the same for all.

Each says what it would leave on a timeline, so that it can be looked at before, and does it through the verb of the
single act. What is different for each incident is left to its own page: solving it, a question, a merge, an exclusion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents import verbs
from watchkeeper.incidents.desk.bulk import forms
from watchkeeper.incidents.in_words import STATES
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.what_if import Happening
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of

Given = Mapping[str, Any]


class BulkAct(NamedTuple):
    """``act`` is its word in ``access.WHO_MAY``. ``decided_by`` names the field on which it depends what happens to
    the clocks; empty: they go the same way whatever is written. ``would`` raises what ``do`` would raise."""

    name: str
    act: str
    title: str
    lead: str
    button: str
    done: str
    icon: str
    key: str
    form_class: type[forms.BulkForm]
    decided_by: str
    would: Callable[[Incident, Person, Given], Sequence[Happening]]
    do: Callable[[Incident, Person, Given], object]


def _would_dispatch(incident: Incident, by: Person, given: Given) -> list[Happening]:
    if incident.account_id not in given["serves"]:
        raise verbs.does_not_serve(given["to"], incident)
    return [Happening(t.DISPATCHED, {"assignee": given["to"].pk})]


def _dispatch(incident: Incident, by: Person, given: Given) -> object:
    return verbs.dispatch(incident, to=given["to"], by=by)


def _would_classify(incident: Incident, by: Person, given: Given) -> list[Happening]:
    policy, severity = _policy_with(incident, given["severity"]), given["severity"]
    if severity == incident.severity:
        raise verbs.is_that_already(policy.severity_numbered(severity).name)
    return [Happening(t.CLASSIFIED, {"severity": severity, "reacknowledge": policy.reacknowledge_on_raise})]


def _classify(incident: Incident, by: Person, given: Given) -> object:
    _policy_with(incident, given["severity"])
    return verbs.classify(incident, by=by, severity=given["severity"], reason=given["reason"])


def _policy_with(incident: Incident, severity: int) -> Policy:
    """The policy of an incident, which must have this severity."""
    policy = policy_of(incident.policy_version)
    known = [each.number for each in policy.severities]
    if severity not in known:
        words = gettext("its policy has no severity {severity}; it has {known}")
        raise verbs.NotPossible(words.format(severity=severity, known=", ".join(map(str, known))))
    return policy


def _would_acknowledge(incident: Incident, by: Person, given: Given) -> list[Happening]:
    if not lifecycle.allows(incident.state, t.ACKNOWLEDGED):
        words = gettext("{incident} is {state} and can no longer be acknowledged")
        raise verbs.AlreadyAcknowledged(words.format(incident=incident.reference, state=STATES[incident.state]))
    return [*_taking(incident, by), Happening(t.ACKNOWLEDGED, {})]


def _acknowledge(incident: Incident, by: Person, given: Given) -> object:
    return verbs.acknowledge(incident, by=by, text=given["text"])


def _would_reply(incident: Incident, by: Person, given: Given) -> list[Happening]:
    return [*_taking(incident, by), Happening(t.REPLIED, {})]


def _reply(incident: Incident, by: Person, given: Given) -> object:
    return verbs.reply(incident, by=by, text=given["text"])


def _taking(incident: Incident, by: Person) -> list[Happening]:
    """What ``verbs.speaking.take_if_nobodys`` adds before somebody's first words to the customer."""
    is_nobodys = incident.assignee_id is None and incident.is_open
    return [Happening(t.DISPATCHED, {"assignee": by.pk})] if is_nobodys else []


def _would_note(incident: Incident, by: Person, given: Given) -> list[Happening]:
    return [Happening(t.NOTED, {})]


def _note(incident: Incident, by: Person, given: Given) -> object:
    return verbs.note(incident, by=by, text=given["text"])


def _would_link(incident: Incident, by: Person, given: Given) -> list[Happening]:
    if incident.pk == given["to"].pk:
        raise verbs.is_itself(incident)
    return [Happening(t.LINKED, {"to": given["to"].reference})]


def _link(incident: Incident, by: Person, given: Given) -> object:
    return verbs.link_each_other(incident, other=given["to"], by=by)


def _would_put_under(incident: Incident, by: Person, given: Given) -> list[Happening]:
    verbs.require_one_level(incident, given["to"])
    return [Happening(t.LINKED, {"to": given["to"].reference, "under": given["to"].pk})]


def _put_under(incident: Incident, by: Person, given: Given) -> object:
    return verbs.put_under(incident, parent=given["to"], by=by)


def _would_close(incident: Incident, by: Person, given: Given) -> list[Happening]:
    return [Happening(t.CLOSED, {})]


def _close(incident: Incident, by: Person, given: Given) -> object:
    return verbs.close(incident, by=by, reason=given["reason"])


ACTS = (
    BulkAct(
        "dispatch",
        "dispatch",
        pgettext_lazy("an act", "Dispatch"),
        gettext_lazy("All go to one person, who must serve the account of each."),
        pgettext_lazy("an act", "Dispatch"),
        gettext_lazy("Dispatched"),
        "assign",
        "d",
        forms.DispatchForm,
        "to",
        _would_dispatch,
        _dispatch,
    ),
    BulkAct(
        "severity",
        "classify",
        pgettext_lazy("an act", "Severity"),
        gettext_lazy(
            "A raise starts the faster clock at once; lowering goes back to the milder one, counted from receipt."
        ),
        pgettext_lazy("an act", "Change the severity"),
        gettext_lazy("Severity changed"),
        "raise",
        "s",
        forms.SeverityForm,
        "severity",
        _would_classify,
        _classify,
    ),
    BulkAct(
        "acknowledge",
        "acknowledge",
        pgettext_lazy("an act", "Acknowledge"),
        gettext_lazy(
            "Each customer reads these words. It counts from the moment you send them; what is nobody’s becomes yours."
        ),
        pgettext_lazy("an act", "Acknowledge"),
        gettext_lazy("Acknowledged"),
        "check",
        "a",
        forms.AcknowledgementForm,
        "",
        _would_acknowledge,
        _acknowledge,
    ),
    BulkAct(
        "reply",
        "reply",
        pgettext_lazy("an act", "Reply"),
        gettext_lazy("Each customer reads these words, on their own incident. A first reply acknowledges."),
        pgettext_lazy("an act", "Send the reply"),
        gettext_lazy("Replied"),
        "reply",
        "r",
        forms.ReplyForm,
        "",
        _would_reply,
        _reply,
    ),
    BulkAct(
        "note",
        "note",
        pgettext_lazy("an act", "Note"),
        gettext_lazy("For the team alone, on each incident: no customer sees it, and it acknowledges nothing."),
        pgettext_lazy("an act", "Keep the note"),
        gettext_lazy("Note kept"),
        "lock",
        "n",
        forms.NoteForm,
        "",
        _would_note,
        _note,
    ),
    BulkAct(
        "link",
        "link",
        pgettext_lazy("an act", "Link"),
        gettext_lazy(
            "All are linked to one incident, the outage behind them for example. For the team alone, at both ends."
        ),
        pgettext_lazy("an act", "Link"),
        gettext_lazy("Linked"),
        "link",
        "",
        forms.LinkForm,
        "to",
        _would_link,
        _link,
    ),
    BulkAct(
        "outage",
        "link",
        pgettext_lazy("an act", "Part of an outage"),
        gettext_lazy(
            "All become part of one incident. An update of it, or its end, then goes to each of them on its own "
            "conversation; no customer learns of another."
        ),
        pgettext_lazy("an act", "Put them under it"),
        gettext_lazy("Part of the outage"),
        "levels",
        "",
        forms.LinkForm,
        "to",
        _would_put_under,
        _put_under,
    ),
    BulkAct(
        "close",
        "close",
        pgettext_lazy("an act", "Close"),
        gettext_lazy("What is resolved is closed before it closes by itself, and can then no longer be reopened."),
        pgettext_lazy("an act", "Close"),
        gettext_lazy("Closed"),
        "closed",
        "",
        forms.ReasonForm,
        "",
        _would_close,
        _close,
    ),
)
"""In the order in which the queue offers them."""
