"""The HTML of a mail as its sender laid it out, and nothing else of it: no picture, no address, nothing that acts."""

from __future__ import annotations

import nh3

_TAGS = {
    *(
        "a",
        "b",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
    ),
    *("em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "s", "small"),
    *("span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul"),
}
_OF_TABLES = ("width", "height", "border", "colspan", "rowspan")
_SIDES = ("", "-top", "-right", "-bottom", "-left")
_ATTRIBUTES = {
    "*": {"align", "valign", "bgcolor", "dir", "style"},
    "font": {"color", "face", "size"},
    **{tag: set(_OF_TABLES) for tag in ("table", "td", "th", "col", "colgroup")},
}
_STYLES = {
    *("color", "background-color", "font", "font-family", "font-size", "font-style", "font-weight", "line-height"),
    *("text-align", "text-decoration", "text-indent", "white-space", "vertical-align", "width", "height", "max-width"),
    *(f"{what}{side}" for what in ("margin", "padding", "border") for side in _SIDES),
    *("border-collapse", "border-color", "border-style", "border-width", "border-spacing"),
}


def harmless(source: str) -> str:
    """What may be shown of HTML; of its own answer all of it. Links keep their words and lead nowhere."""
    return nh3.clean(
        source,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        filter_style_properties=_STYLES,
        link_rel=None,
        clean_content_tags={"script", "style", "title"},
    )
