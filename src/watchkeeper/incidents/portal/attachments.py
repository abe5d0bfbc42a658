"""``/attachments/<key>``: the bytes of a file, for whoever sees its incident and may read its message."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from watchkeeper.incidents import files
from watchkeeper.incidents.models import Attachment, Incident, Message

IN_MEMORY = 1024 * 1024


@require_safe
def attachment(request: HttpRequest, key: str) -> FileResponse:
    """Download a file; never shown by the browser. Everybody who may not have it gets the answer of no such file.

    The bytes are read before the answer begins: the transaction that sees them ends with the view.
    """
    if not request.user.is_authenticated:
        raise Http404
    seen = Incident.objects.seen_by(request.user)
    readable = Message.objects.shown_to(request.user).filter(incident__in=seen, erased_at__isnull=True)
    found = get_object_or_404(Attachment, key=key, message__in=readable)
    content = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    for part in files.content_of(found):
        content.write(part)
    content.seek(0)
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    response.headers["Content-Length"] = str(found.size)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
