"""The letters whose words an installation may change: what each says as it is shipped, and what it must go on saying.

Fixed in all of them are the reference at the head of the subject and the foot: where the conversation goes on, and how
to stop hearing of it. ``must_say`` are the variables that no template may leave out: who it is that says it, their own
words, what is promised until when, and that a machine's letter is one. Alarms to the team are none of these: whoever is
woken reads the same words everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from watchkeeper.notify.wording.template import Template

ABOUT = MappingProxyType(
    {
        "title": gettext_lazy("what the incident is called"),
        "reference": gettext_lazy("its reference, such as WK-7F3K2Q"),
        "account": gettext_lazy("the customer's name"),
        "level": gettext_lazy("the support level, or that none is on record"),
        "severity": gettext_lazy("the severity, as the policy calls it"),
        "link": gettext_lazy("the address of its page for this reader"),
    }
)
"""What every letter about an incident may say."""

_BY = gettext_lazy("the name of the person who acted")
_MESSAGE = gettext_lazy("their own words")
_REASON = gettext_lazy("the reason that was given; nothing where none was")
_TITLE = "{title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """``variables`` are its own, beside ``ABOUT``; ``blocks`` of them are paragraphs by themselves. ``prose`` names
    the one that holds a person's words as they wrote them, in Markdown."""

    label: Any
    to: Any
    body: tuple[Any, ...]
    variables: Mapping[str, Any] = field(default_factory=dict)
    blocks: frozenset[str] = frozenset()
    must_say: frozenset[str] = frozenset()
    prose: str = ""
    subject: Any = _TITLE
    is_about_an_incident: bool = True

    @property
    def known(self) -> dict[str, Any]:
        """Every variable that it may use, and what each holds."""
        return {**self.variables, **(ABOUT if self.is_about_an_incident else {})}

    def shipped(self, language: str) -> Template:
        """What it says where nobody has changed it."""
        with translation.override(language):
            return Template(str(self.subject), "\n\n".join(str(part) for part in self.body))


def _of_a_person(label: Any, opening: Any, *closing: Any, to: Any = "", **more: Any) -> Letter:
    """A letter that carries what a person wrote."""
    variables = {"by": _BY, "message": _MESSAGE, **more.pop("variables", {})}
    return Letter(
        label=label,
        to=to or gettext_lazy("To the customer's people who follow the incident."),
        body=(opening, "{message}", *closing),
        variables=variables,
        blocks=frozenset({"message"}) | more.pop("blocks", frozenset()),
        must_say=frozenset({"by", "message"}) | more.pop("must_say", frozenset()),
        prose=more.pop("prose", "message"),
    )


def _of_an_act(label: Any, to: Any, *body: Any) -> Letter:
    """A letter that tells what somebody did, and why if they said so."""
    return Letter(
        label=label,
        to=to,
        body=body,
        variables={"by": _BY} | ({"reason": _REASON} if "{reason}" in body else {}),
        blocks=frozenset({"reason"} if "{reason}" in body else set()),
        must_say=frozenset({"by"}),
    )


_BOTH_SIDES = gettext_lazy("To the customer's people who follow the incident, and to whoever it is assigned to.")
_LINK_LASTS = gettext_lazy(
    "It works once, until {until}. If you did not expect it, do nothing: without the link nothing changes."
)
_LINK = {
    "name": gettext_lazy("the name of the reader"),
    "link": gettext_lazy("the link to set a password"),
    "until": gettext_lazy("until when it works"),
}

LETTERS: Mapping[str, Letter] = MappingProxyType(
    {
        "receipt": Letter(
            label=gettext_lazy("Receipt"),
            to=gettext_lazy("At once, to whoever reported. It answers no promise."),
            body=(
                gettext_lazy('We have your report "{title}". Its reference is {reference}.'),
                "{understood}",
                "{promise}",
                "{automatic}",
                "{escalation}",
                "{go_on}",
            ),
            variables={
                "understood": gettext_lazy("the severity, where it came from, and the support level"),
                "promise": gettext_lazy("what is promised until when, or that nothing is and what would promise it"),
                "automatic": gettext_lazy("that no person answers here, and that this counts for no answer"),
                "escalation": gettext_lazy("what can be done when the time passes; nothing where none is"),
                "go_on": gettext_lazy("how to add something, and the incident's page"),
            },
            blocks=frozenset({"understood", "promise", "automatic", "escalation", "go_on"}),
            must_say=frozenset({"reference", "understood", "promise", "automatic", "escalation", "go_on"}),
        ),
        "acknowledged": _of_a_person(gettext_lazy("Acknowledgement"), gettext_lazy("{by} has taken up your report.")),
        "replied": _of_a_person(gettext_lazy("Reply of the team"), gettext_lazy("{by} wrote:")),
        "asked": _of_a_person(
            gettext_lazy("Question of the team"),
            gettext_lazy("{by} has a question:"),
            "{how_to_answer}",
            variables={"how_to_answer": gettext_lazy("how to answer it")},
            blocks=frozenset({"how_to_answer"}),
            must_say=frozenset({"how_to_answer"}),
        ),
        "resolved": _of_a_person(
            gettext_lazy("Solution"),
            gettext_lazy("{by} considers this solved:"),
            gettext_lazy(
                "If it is, you can confirm that on the incident's page. If it is not, reopen it there until "
                "{closes_at}; it is closed then."
            ),
            variables={"closes_at": gettext_lazy("when it is closed by itself")},
            must_say=frozenset({"closes_at"}),
        ),
        "answered": _of_a_person(
            gettext_lazy("Answer of the customer"),
            gettext_lazy("{by} of {account} wrote:"),
            to=_BOTH_SIDES,
            prose="",
        ),
        "classified": Letter(
            label=gettext_lazy("Change of the severity"),
            to=gettext_lazy("To the customer's people who follow the incident."),
            body=(
                gettext_lazy("{by} changed the severity from {old} to {severity}."),
                "{reason}",
                "{promise}",
            ),
            variables={
                "by": _BY,
                "old": gettext_lazy("the severity before"),
                "reason": _REASON,
                "promise": gettext_lazy("what is promised until when from now on, or that nothing is"),
            },
            blocks=frozenset({"reason", "promise"}),
            must_say=frozenset({"by", "severity", "reason", "promise"}),
        ),
        "join_asked": _of_an_act(
            gettext_lazy("Somebody asks to follow"),
            gettext_lazy("To the customer's people who can let them."),
            gettext_lazy("{by} was about to report something like this, may not read it, and asks to follow it."),
            gettext_lazy("You can let them on the incident's page."),
        ),
        "joined": _of_an_act(
            gettext_lazy("Let in to follow"),
            gettext_lazy("To whoever was let in."),
            gettext_lazy("{by} lets you follow this. You hear of it from now on."),
        ),
        "closed": Letter(
            label=gettext_lazy("Closed by itself or by the team"),
            to=gettext_lazy("To the customer's people who follow the incident."),
            body=(
                gettext_lazy("This incident is closed: {reason}."),
                gettext_lazy("Should it come back, report it again."),
                "{question}",
            ),
            variables={
                "reason": gettext_lazy("why it is closed"),
                "question": gettext_lazy("the question how it was, and until when it can be answered"),
            },
            blocks=frozenset({"question"}),
            must_say=frozenset({"reason"}),
        ),
        "confirmed": _of_an_act(
            gettext_lazy("Confirmed by the customer"),
            gettext_lazy("To whoever it is assigned to."),
            gettext_lazy("{by} confirmed that this is solved. The incident is closed."),
        ),
        "reopened": _of_an_act(
            gettext_lazy("Reopened"), _BOTH_SIDES, gettext_lazy("{by} reopened this incident."), "{reason}"
        ),
        "withdrawn": _of_an_act(
            gettext_lazy("Withdrawn"),
            _BOTH_SIDES,
            gettext_lazy("{by} withdrew this report. The incident is closed."),
            "{reason}",
        ),
        "merged": _of_a_person(
            gettext_lazy("Merged into another"),
            gettext_lazy("{by} found that this is the same as {into}, and goes on there:\n{into_url}"),
            variables={
                "into": gettext_lazy("the reference of the other incident"),
                "into_url": gettext_lazy("the address of its page"),
            },
            must_say=frozenset({"into", "into_url"}),
        ),
        "escalation_answered": _of_a_person(
            gettext_lazy("Answer to an escalation"), gettext_lazy("{by} answered your escalation:")
        ),
        "not_escalated": Letter(
            label=gettext_lazy("Not escalated"),
            to=gettext_lazy("To a customer who escalated by mail, where the rules refuse it."),
            body=(
                gettext_lazy("Your mail did not escalate this incident: {because}."),
                gettext_lazy("What you wrote stands on the incident, and whoever has it has been told."),
            ),
            variables={"because": gettext_lazy("why it was refused")},
            must_say=frozenset({"because"}),
        ),
        "not_done": Letter(
            label=gettext_lazy("Not done"),
            to=gettext_lazy("To whoever asked by mail for another severity or a solution, where the rules refuse it."),
            body=(
                gettext_lazy("Not everything that your mail asks for was done."),
                "{because}",
                gettext_lazy("What you wrote stands on the incident."),
            ),
            variables={"because": gettext_lazy("why it was refused")},
            blocks=frozenset({"because"}),
            must_say=frozenset({"because"}),
        ),
        "invitation": Letter(
            label=gettext_lazy("Invitation"),
            to=gettext_lazy("To somebody who was given a place at the desk."),
            subject=gettext_lazy("Your access to the support desk"),
            body=(
                gettext_lazy("{name}, {by} gave you access to the support desk. Set a password to begin:"),
                "{link}",
                _LINK_LASTS,
                gettext_lazy(
                    'Should that be over when you read this, "Forgotten your password?" where one signs in sends '
                    "another."
                ),
            ),
            variables={**_LINK, "by": gettext_lazy("the name of whoever gave it")},
            must_say=frozenset({"link", "until"}),
            is_about_an_incident=False,
        ),
        "password_link": Letter(
            label=gettext_lazy("Link to a new password"),
            to=gettext_lazy("To somebody who has forgotten theirs."),
            subject=gettext_lazy("Set a new password"),
            body=(gettext_lazy("{name}, this link lets you set a new password:"), "{link}", _LINK_LASTS),
            variables=_LINK,
            must_say=frozenset({"link", "until"}),
            is_about_an_incident=False,
        ),
    }
)
