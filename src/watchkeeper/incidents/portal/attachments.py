"""``/attachments/<key>``: the bytes of a file, for whoever sees its incident and may read its message."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from watchkeeper.incidents import files
from watchkeeper.incidents.download import download
from watchkeeper.incidents.models import Attachment, Incident, Message


def attachment(request: HttpRequest, key: str) -> FileResponse:
    """Download a file. Whoever may not have it gets the answer of no such file."""
    seen = Incident.objects.seen_by(request.user)
    readable = Message.objects.shown_to(request.user).filter(incident__in=seen, erased_at__isnull=True)
    found = get_object_or_404(Attachment, key=key, message__in=readable)
    return download(files.content_of(found), name=found.name, size=found.size)
