"""What people wrote, as HTML that can do no harm: CommonMark without raw HTML, images and headings, cleaned again."""

from __future__ import annotations

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from watchkeeper.incidents.quotes import parted

# A line that begins with # is a comment of a shell or a log far more often than a heading.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["heading", "lheading", "image"])
)
_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


def prose(written: str) -> SafeString:
    """The HTML of a message; links go out without telling where from."""
    html = _MARKDOWN.render(written)
    return mark_safe(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def said(written: str) -> SafeString:
    """The HTML of a message of a conversation: what it repeats of mails before, at its end, is folded."""
    new, quoted = parted(written)
    if not quoted:
        return prose(written)
    folded = '{}<details class="quote"><summary>{}</summary>{}</details>'
    return format_html(folded, prose(new), gettext("What it repeats of earlier mails"), prose(quoted))
