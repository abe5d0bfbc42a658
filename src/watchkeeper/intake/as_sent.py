"""``/mails/KEY``: a mail as its sender laid it out, for the frame beside the message that it became."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from watchkeeper.incidents.models import Incident, Message
from watchkeeper.intake.models import MailPage
from watchkeeper.ui.framed import framed


def as_sent(request: HttpRequest, key: str) -> HttpResponse:
    """Shown to whoever may read the message, as long as it is not erased; to others there is no such page."""
    messages = Message.objects.shown_to(request.user).filter(
        incident__in=Incident.objects.seen_by(request.user), erased_at=None, taken_back_at=None
    )
    page = get_object_or_404(MailPage.objects.filter(event__message__in=messages), key=key)
    shown = {"html": mark_safe(page.html)}
    return framed(render_to_string("intake/as_sent.html", shown))
