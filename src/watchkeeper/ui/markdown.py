"""What people write, as HTML that can do no harm: CommonMark without raw HTML, images and headings, cleaned again."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Literal

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# A line that begins with # is a comment of a shell or a log far more often than a heading.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["heading", "lheading", "image"])
)
_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


def html_of(
    written: str,
    *,
    url_schemes: Set[str],
    url_relative: Literal["pass_through", "deny"] = "pass_through",
    dressed: Mapping[str, Mapping[str, str]] | None = None,
) -> SafeString:
    """The HTML of a text. Links lead to these schemes alone, and go out without telling where from.

    ``url_relative`` says what becomes of links without a scheme, which lead nowhere outside our own pages. ``dressed``
    are attributes of ours that every element of a tag gets.
    """
    return mark_safe(
        nh3.clean(
            _MARKDOWN.render(written),
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=set(url_schemes),
            url_relative=url_relative,
            link_rel="noopener noreferrer nofollow",
            set_tag_attribute_values={tag: dict(given) for tag, given in (dressed or {}).items()},
        )
    )
