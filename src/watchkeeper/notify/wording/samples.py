"""Each letter as it could have been written: to be looked at while its words are changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from django.utils.translation import gettext

from watchkeeper.notify.wording import conversation, endings, escalation, sign_in
from watchkeeper.notify.wording.about import About, Promised
from watchkeeper.notify.wording.receipt import AS_GIVEN, WaysToEscalate, receipt
from watchkeeper.notify.wording.words import Words
from watchkeeper.ui.moments import DeskZone

_CENTRAL = DeskZone("America/Chicago", "CT")
_OPENED = datetime(2026, 3, 9, 15, 12, tzinfo=UTC)
_DUE = datetime(2026, 3, 9, 17, 12, tzinfo=UTC)
_LATER = datetime(2026, 3, 23, 17, 12, tzinfo=UTC)
_ANA, _PETRA = "Ana Ruiz", "Petra Novak"
_ADDRESS = "https://desk.example.com"


def sample(kind: str) -> Words:
    """A letter of this kind in the language that is spoken now, as it is shipped."""
    return _SAMPLES[kind](_about())


def _about() -> About:
    return About(
        reference="WK-7F3K42",
        title=gettext("The gateway answers 503 since ten"),
        account="Northwind",
        level="Premium",
        severity="1 Critical",
        opened_at=_OPENED,
        zone=_CENTRAL,
        url=f"{_ADDRESS}/incidents/WK-7F3K42",
        assignee=_ANA,
        takes_answers=True,
    )


def _promised() -> Promised:
    return Promised(due_at=_DUE, explanation=gettext("Mon 10:12–12:12 2 h, around the clock"))


def _said() -> str:
    return gettext("The second node ran out of **file handles**. It is back; I am looking for the reason.")


def _reason() -> str:
    return gettext("Half of our customers see it.")


def _receipt(about: About) -> Words:
    ways = WaysToEscalate(distribution=("escalation@vendor.example",), account_executive="Axel Stone")
    return receipt(about, severity_from=str(AS_GIVEN), promise=_promised(), escalation=ways)


def _classified(about: About) -> Words:
    return conversation.classified(about, by=_PETRA, old="2 High", reason=_reason(), promise=_promised())


def _merged(about: About) -> Words:
    into = "WK-3M9TBD"
    return endings.merged(about, by=_ANA, message=_said(), into=into, into_url=f"{_ADDRESS}/incidents/{into}")


def _closed(about: About) -> Words:
    return endings.closed(about, reason=gettext("the customer confirmed the solution"), question_until=_LATER)


def _invitation(_: About) -> Words:
    return sign_in.invitation(name=_PETRA, by=_ANA, url=f"{_ADDRESS}/password/…", until=_LATER, zone=_CENTRAL)


def _password_link(_: About) -> Words:
    return sign_in.password_link(name=_PETRA, url=f"{_ADDRESS}/password/…", until=_DUE, zone=_CENTRAL)


_SAMPLES: Mapping[str, Callable[[About], Words]] = MappingProxyType(
    {
        "receipt": _receipt,
        "acknowledged": lambda about: conversation.acknowledged(about, by=_ANA, message=_said()),
        "replied": lambda about: conversation.replied(about, by=_ANA, message=_said()),
        "asked": lambda about: conversation.asked(about, by=_ANA, message=gettext("Which version do you run?")),
        "resolved": lambda about: conversation.resolved(about, by=_ANA, message=_said(), closes_at=_LATER),
        "answered": lambda about: conversation.answered(about, by=_PETRA, message=gettext("4.2, since Monday.")),
        "classified": _classified,
        "join_asked": lambda about: conversation.join_asked(about, by=_PETRA),
        "joined": lambda about: conversation.joined(about, by=_PETRA),
        "closed": _closed,
        "confirmed": lambda about: endings.confirmed(about, by=_PETRA),
        "reopened": lambda about: endings.reopened(about, by=_PETRA, reason=_reason()),
        "withdrawn": lambda about: endings.withdrawn(about, by=_PETRA, reason=_reason()),
        "merged": _merged,
        "escalation_answered": lambda about: escalation.escalation_answered(about, by="Axel Stone", message=_said()),
        "not_escalated": lambda about: escalation.not_escalated(
            about, because=gettext("the promised time is not over yet")
        ),
        "not_done": lambda about: conversation.not_done(
            about, because=gettext("A customer may raise the severity; ask the team to lower it.")
        ),
        "invitation": _invitation,
        "password_link": _password_link,
    }
)
