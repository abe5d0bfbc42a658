"""HTML that a stranger wrote, as Markdown; where that would cost too much, as its words alone."""

from __future__ import annotations

import html
import re
import warnings
from collections import Counter

import nh3
from bs4 import MarkupResemblesLocatorWarning, Tag
from markdownify import MarkdownConverter

from watchkeeper.intake.mail.reading import limits, pages, words

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
_ROWS = 2
_LONGEST_CELL = 200
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")


def markdown(source: str) -> str:
    """What a person would read of it. Nothing that acts survives, and no address but of the web, mail and telephone."""
    is_small = len(source) <= 2 * limits.HTML_CHARACTERS and source.count("&") <= limits.HTML_REFERENCES
    if is_small and _depth(source) <= limits.HTML_DEPTH:
        safe = nh3.clean(
            source,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel=None,
            clean_content_tags={"script", "style", "title"},
        )
        if len(safe) <= limits.HTML_CHARACTERS:
            try:
                return _tidy(_Converter().convert(safe))
            except RecursionError:
                pass
    return _words(source)


def page(source: str) -> str:
    """It as its sender laid it out, without pictures, addresses and all that acts. Empty where that costs too much."""
    if len(source) > limits.HTML_CHARACTERS or source.count("&") > limits.HTML_REFERENCES:
        return ""
    return pages.harmless(source) if _depth(source) <= limits.HTML_DEPTH else ""


class _Converter(MarkdownConverter):
    """Mailers lay out pages with tables: only one that looks like data stays one. Pictures of the web, which mostly
    are there to see who reads, leave their words; those that came along are shown where they stood."""

    class Options(MarkdownConverter.DefaultOptions):
        heading_style = "atx"
        bullets = "-"
        escape_asterisks = False  # as in the mails that are plain text
        escape_underscores = False

    def __init__(self) -> None:
        super().__init__()
        self._are_data: dict[int, bool] = {}

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if str(el.get("src", "")).startswith("cid:"):
            return super().convert_img(el, text, parent_tags - {"_inline"})
        return words.one_line(str(el.get("alt", "")))

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return super().convert_td(el, text, parent_tags) if self._is_in_data(el) else f"\n{text.strip()}\n"

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return super().convert_tr(el, text, parent_tags) if self._is_in_data(el) else f"{text}\n"

    def _is_in_data(self, cell_or_row: Tag) -> bool:
        table = cell_or_row.find_parent("table")
        if id(table) not in self._are_data:
            self._are_data[id(table)] = table is not None and _is_data(table)
        return self._are_data[id(table)]


def _is_data(table: Tag) -> bool:
    cells, rows = table.find_all(["td", "th"]), table.find_all("tr")
    is_nested = table.find_parent("table") or table.find("table")
    return not is_nested and len(rows) >= _ROWS and len(cells) >= 2 * len(rows) and all(map(_is_short, cells))


def _is_short(cell: Tag) -> bool:
    return len(cell.get_text()) <= _LONGEST_CELL and not cell.find(["p", "div", "br", "ul", "ol"])


def _depth(source: str) -> int:
    """How deep its elements lie in each other at most, roughly: an element without an end counts to the last line."""
    open_tags: Counter[str] = Counter()
    depth = deepest = 0
    for end, name in _TAG.findall(source.lower()):
        if name in _ENDLESS or name in _CLOSED_BY_THE_NEXT or (end and not open_tags[name]):
            continue
        step = -1 if end else 1
        open_tags[name] += step
        depth += step
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
