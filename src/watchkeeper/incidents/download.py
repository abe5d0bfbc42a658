"""A file as an answer: always a download that no browser interprets, whatever its sender said it is."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile

from django.http import FileResponse

IN_MEMORY = 1024 * 1024


def download(content: Iterable[bytes], *, name: str, size: int) -> FileResponse:
    """The bytes are read before the answer begins: the transaction that sees them ends with the view."""
    kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    for part in content:
        kept.write(part)
    kept.seek(0)
    response = FileResponse(kept, as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
