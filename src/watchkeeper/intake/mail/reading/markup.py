"""HTML that a stranger wrote, as Markdown; where that would cost too much, as its words alone."""

from __future__ import annotations

import html
import re
import warnings

import nh3
from bs4 import MarkupResemblesLocatorWarning
from markdownify import MarkdownConverter

from watchkeeper.intake.mail.reading import limits, words

warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)

_TAGS = {
    *("a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "img", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead"),
    *("tr", "tt", "u", "ul"),
}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}
_ENDLESS = {"br", "hr", "img", "input", "link", "meta", "col", "area", "base", "source", "wbr"}
_CLOSED_BY_THE_NEXT = {"p", "li", "td", "th", "tr", "dt", "dd", "option"}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,30})[^<>]*>")
_UNSEEN = {"script", "style", "head", "title", "template", "noscript"}
_BREAKING = {"br", "p", "div", "tr", "li", "table", "ul", "ol", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4"}
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")


def markdown(source: str) -> str:
    """What a person would read of it. Nothing that acts survives, and no address but of the web, mail and telephone."""
    if _depth(source) <= limits.HTML_DEPTH:
        safe = nh3.clean(source, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
        if len(safe) <= limits.HTML_CHARACTERS:
            try:
                text = MarkdownConverter(heading_style="atx", bullets="-", wrap=False).convert(safe)
            except RecursionError:
                return _words(source)
            return _tidy(text)
    return _words(source)


def _depth(source: str) -> int:
    """How deep its elements lie in each other at most, roughly: an element without an end counts to the last line."""
    depth = deepest = 0
    for end, name in _TAG.findall(source):
        name = name.lower()
        if name not in _ENDLESS and name not in _CLOSED_BY_THE_NEXT:
            depth = max(0, depth - 1) if end else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _words(source: str) -> str:
    """The text without its tags, in time that grows with its length only."""
    out, unseen, end_of_last = [], "", 0
    for tag in _TAG.finditer(source):
        if not unseen:
            out.append(re.sub(r"\s+", " ", source[end_of_last : tag.start()]))
        end_of_last, name = tag.end(), tag[2].lower()
        if unseen:
            unseen = "" if tag[1] and name == unseen else unseen
        elif name in _UNSEEN and not tag[1]:
            unseen = name
        elif name in _BREAKING:
            out.append("\n")
    if not unseen:
        out.append(source[end_of_last:])
    return _tidy(html.unescape("".join(out)))


def _tidy(text: str) -> str:
    return _MANY_EMPTY_LINES.sub("\n\n", words.clean(text.replace("\xa0", " ")))
