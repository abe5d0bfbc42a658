"""What stands for something else in a reply template: ``{{ reference }}`` and the others of one list.

What people write is data. Variables are replaced in one pass, so that what is put in is never looked at again, and
nothing else in a text means anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.wording.moments import dated
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Person
from watchkeeper.ui.moments import DeskZone

_VARIABLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class Situation(NamedTuple):
    """On which incident something is about to be said, and by whom."""

    incident: Incident
    policy: Policy
    engineer: Person


class Variable(NamedTuple):
    """``meaning`` is what it stands for, in words; where there is nothing of that kind it stands in brackets."""

    meaning: str
    value: Callable[[Situation], str]


class NotWritten(ValueError):
    """A text that no reply can be made of; the message says what is allowed."""


def checked(text: str) -> str:
    """A text whose variables are all known. Raises ``NotWritten``, with those there are."""
    unknown = [name for name in map(str.strip, _VARIABLE.findall(text)) if name not in VARIABLES]
    if unknown:
        words = gettext("{unknown} stands for nothing; write {known}")
        raise NotWritten(words.format(unknown=_listed(unknown), known=_listed(VARIABLES)))
    if "{{" in _VARIABLE.sub("", text):
        words = gettext("a {start} is not ended by {end}; write {known}")
        raise NotWritten(words.format(start="{{", end="}}", known=_listed(VARIABLES)))
    return text


def filled(text: str, situation: Situation) -> str:
    """A text with what its variables stand for; what it does not know it leaves as it is."""

    def put_in(found: re.Match[str]) -> str:
        variable = VARIABLES.get(found[1].strip())
        if variable is None:
            return found[0]
        return variable.value(situation) or f"[{variable.meaning}]"

    return _VARIABLE.sub(put_in, text)


def _listed(names: Mapping[str, Variable] | list[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in names)


def _customer(about: Situation) -> str:
    reporter = about.incident.reporter
    return reporter.name if reporter is not None and reporter.is_customer else ""


def _severity(about: Situation) -> str:
    return about.policy.severity_numbered(about.incident.severity).name


def _due(about: Situation) -> str:
    zone, due_at = about.policy.zone, about.incident.due_at
    if due_at is None:
        return ""
    with speaking_to(about.incident.reporter):
        return dated(due_at, DeskZone(zone, about.policy.zone_label or zone))


def _link(about: Situation) -> str:
    return settings.WATCHKEEPER_BASE_URL + reverse("portal-incident", args=[about.incident.reference])


VARIABLES: Mapping[str, Variable] = {
    "reference": Variable(gettext_lazy("the incident’s reference"), lambda about: about.incident.reference),
    "title": Variable(gettext_lazy("its title"), lambda about: about.incident.title),
    "customer": Variable(gettext_lazy("who reported it"), _customer),
    "account": Variable(gettext_lazy("the customer’s organisation"), lambda about: about.incident.account.name),
    "severity": Variable(gettext_lazy("its severity"), _severity),
    "product": Variable(gettext_lazy("the product it is about"), lambda about: about.incident.product),
    "due": Variable(gettext_lazy("when the next promise is due"), _due),
    "engineer": Variable(gettext_lazy("who writes the reply"), lambda about: about.engineer.name),
    "link": Variable(gettext_lazy("the incident’s page for the customer"), _link),
}
