"""Answers that anybody may keep, and ask again whether they are still right: by an ETag, the digest of their bytes."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def for_anybody(request: HttpRequest, content: bytes, *, content_type: str, file_name: str = "") -> HttpResponse:
    """The content, or 304 to whoever has it already. With a ``file_name`` it is for saving."""
    etag = f'"{sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type=content_type, headers={"ETag": etag, "Cache-Control": "no-cache"})
    if file_name:
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return get_conditional_response(request, etag=etag, response=response)
