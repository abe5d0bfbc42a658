"""What people wrote, as pages show it."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from watchkeeper.incidents.quotes import parted
from watchkeeper.ui.markdown import html_of


def prose(written: str) -> SafeString:
    """The HTML of a message, which can do no harm."""
    return html_of(written, url_schemes={"http", "https", "mailto", "tel"})


def plain(written: str) -> SafeString:
    """The HTML of a text that is no Markdown: line by line as it was written."""
    return format_html('<p class="plain">{}</p>', written)


def said(written: str, *, is_plain: bool = False) -> SafeString:
    """The HTML of a message of a conversation: what it repeats of mails before, at its end, is folded."""
    show = plain if is_plain else prose
    new, quoted = parted(written)
    if not quoted:
        return show(written)
    folded = '{}<details class="quote"><summary>{}</summary>{}</details>'
    return format_html(folded, show(new), gettext("What it repeats of earlier mails"), show(quoted))
