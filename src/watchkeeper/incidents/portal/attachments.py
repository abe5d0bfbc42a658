"""``/attachments/<key>``: the bytes of a file, for whoever sees its incident and may read its message."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from watchkeeper.incidents import files
from watchkeeper.incidents.download import download
from watchkeeper.incidents.models import Attachment, Incident, Message


@require_safe
def attachment(request: HttpRequest, key: str) -> FileResponse:
    """Download a file. Everybody who may not have it gets the answer of no such file."""
    if not request.user.is_authenticated:
        raise Http404
    seen = Incident.objects.seen_by(request.user)
    readable = Message.objects.shown_to(request.user).filter(incident__in=seen, erased_at__isnull=True)
    found = get_object_or_404(Attachment, key=key, message__in=readable)
    return download(files.content_of(found), name=found.name, size=found.size)
