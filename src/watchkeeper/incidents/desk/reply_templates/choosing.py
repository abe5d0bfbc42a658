"""The templates to choose from on an incident, each with the words it would say there."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.door import incident_seen
from watchkeeper.incidents.desk.reply_templates.variables import Situation, filled
from watchkeeper.incidents.models import ReplyTemplate
from watchkeeper.people import access, clock
from watchkeeper.policies.versions import policy_of


class Choice(NamedTuple):
    """A template by its name, and what it says on the incident at hand."""

    name: str
    words: str


def choices(request: HttpRequest, reference: str) -> HttpResponse:
    """The choices, as the piece of the incident's page that asks for them, else as a page to copy from."""
    incident = incident_seen(request, reference)
    policy = policy_of(incident.policy_version)
    situation = Situation(incident, policy, request.user)
    shown = {
        "incident": incident,
        "choices": [Choice(kept.name, filled(kept.text, situation)) for kept in ReplyTemplate.objects.all()],
        "may_keep": access.may(request.user, "keep templates"),
    }
    if request.headers.get("HX-Request"):
        return render(request, "desk/reply_templates/choices.html", shown)
    return shell.page(request, "desk/reply_templates/choices_page.html", now=clock.now(), policy=policy, **shown)
