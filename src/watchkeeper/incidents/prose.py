"""What people wrote, as pages show it."""

from __future__ import annotations

from django.utils.safestring import SafeString

from watchkeeper.ui.markdown import html_of


def prose(written: str) -> SafeString:
    """The HTML of a message, which can do no harm."""
    return html_of(written, url_schemes={"http", "https", "mailto", "tel"})
