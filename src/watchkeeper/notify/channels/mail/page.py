"""A notice as the page of a mail: the same words as its text, in HTML that needs nothing from anywhere.

Colours stand in the elements, for the programs that read no style sheet, and once more in the template for the dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from watchkeeper.notify.models import Notice
from watchkeeper.notify.urgency import ALARM
from watchkeeper.ui.markdown import html_of

LONGEST_MARKDOWN = 50_000
"""In characters: what is longer is a log and no letter, and is shown line by line as it was written."""

SHORT = 200
"""In characters: an opening of this length at the most is set as a heading would be."""

_FOOTER = "\n-- \n"
_FACTS = re.compile(r"WK-[0-9A-Z]{6}  ")
_P = "margin: 0 0 16px; color: #141922"
_SMALL = "margin: 0 0 8px; font-size: 13px; line-height: 1.5; color: #545f6f"
_FOOT = "margin: 24px 0 0; padding: 14px 0 0; border-top: 1px solid #e1e5ea"
_LINK = "color: #1d55c4; text-decoration: underline"
_BUTTON = (
    "display: inline-block; padding: 10px 18px; background-color: #1f58cc; border: 1px solid #1f58cc; "
    "border-radius: 8px; color: #ffffff; font-weight: 600; line-height: 1.25; text-decoration: none"
)
_BOX = "margin: 0 0 16px; padding: 14px 16px; background-color: #eef0f3; border: 1px solid #e1e5ea; border-radius: 8px"
_QUOTE = "margin: 0 0 16px; padding: 2px 0 2px 14px; border-left: 3px solid #c9d0d9"
_MONO = "font-family: ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace; font-size: 14px"
_CELL = "padding: 6px 10px; border: 1px solid #dbe0e6; text-align: left; vertical-align: top"
_LIST = "margin: 0 0 16px; padding-left: 24px"
_DRESS = {
    tag: {"style": style}
    for tag, style in {
        "p": _P,
        "a": _LINK,
        "ul": _LIST,
        "ol": _LIST,
        "blockquote": _QUOTE,
        "code": f"{_MONO}; background-color: #eef0f3; border-radius: 4px",
        "pre": f"{_BOX}; {_MONO}; white-space: pre-wrap; overflow-wrap: anywhere",
        "hr": "margin: 16px 0; border: 0; border-top: 1px solid #e1e5ea",
        "table": "margin: 0 0 16px; border-collapse: collapse",
        "td": _CELL,
        "th": _CELL,
    }.items()
}


def page(notice: Notice) -> str:
    """The whole HTML of a notice's mail. What a person wrote is Markdown in it, and everything else as it stands."""
    with translation.override(notice.language or settings.LANGUAGE_CODE):
        return render_to_string(
            "notify/mail/letter.html",
            {
                "language": notice.language or settings.LANGUAGE_CODE,
                "subject": notice.subject,
                "is_alarm": notice.urgency == ALARM,
                "parts": list(_parts(notice)),
            },
        )


def _parts(notice: Notice) -> Iterator[SafeString]:
    before, prose = notice.text[: notice.prose_from], notice.text[notice.prose_from : notice.prose_to]
    after, has_footer, footer = notice.text[notice.prose_to :].rpartition(_FOOTER)
    if not has_footer:
        after, footer = footer, ""
    yield from _automatic(before if prose else before + after, has_opening=True)
    if prose:
        yield format_html('<div class="wk-said" style="margin: 0 0 16px">{}</div>', _prose(prose))
        yield from _automatic(after, has_opening=False)
    if footer:
        yield format_html(
            '<div class="wk-footer" style="{}"><p style="{}">{}</p></div>',
            _FOOT,
            _SMALL,
            _lines(footer.strip().splitlines()),
        )
    if notice.history:
        yield format_html(
            '<div class="wk-history gmail_quote" style="{}">{}</div>',
            _FOOT + "; font-size: 14px",
            format_html_join("\n", "{}", ((part,) for part in _automatic(notice.history, has_opening=False))),
        )


def _automatic(text: str, *, has_opening: bool) -> Iterator[SafeString]:
    """What the desk says by itself, paragraph by paragraph; lines that quote somebody are their prose."""
    for is_quoted, lines in groupby(text.splitlines(), key=lambda line: line.startswith(">")):
        if is_quoted:
            said = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
            yield format_html('<blockquote style="{}">{}</blockquote>', _QUOTE, _prose(said))
            continue
        for is_empty, paragraph in groupby(lines, key=lambda line: not line.strip()):
            if not is_empty:
                yield _paragraph(list(paragraph), is_opening=has_opening)
                has_opening = False


def _paragraph(lines: list[str], *, is_opening: bool) -> SafeString:
    """A paragraph; the facts of an incident stand in a box, and a link that has a line to itself is a button."""
    links = [line for line in lines if _desk_link().fullmatch(line)]
    text = [line for line in lines if line not in links]
    is_facts = bool(text and _FACTS.match(text[0]))
    html = SafeString("")
    if is_facts:
        html = format_html(
            '<p style="margin: 0 0 4px; color: #141922; font-weight: 600">{}</p><p style="{}">{}</p>',
            text[0],
            _P.replace("0 0 16px", "0 0 12px"),
            _lines(text[1:]),
        )
    elif text:
        weight = "; font-weight: 600" if is_opening and len("".join(text)) <= SHORT else ""
        html = format_html('<p style="{}{}">{}</p>', _P, weight, _lines(text))
    for link in links:
        button = '<p style="{}"><a class="wk-button" href="{}" style="{}">{}</a></p>'
        html += format_html(button, _P.replace("0 0 16px", "0 0 20px"), link, _BUTTON, gettext("Open the page"))
    return format_html('<div class="wk-facts" style="{}">{}</div>', _BOX, html) if is_facts else html


def _lines(lines: Iterable[str]) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((_line(line),) for line in lines))


def _line(line: str) -> SafeString | str:
    """A line with the desk's own link in it, and nobody else's: a title may hold any address."""
    found = _desk_link().search(line)
    if found is None:
        return line
    before, after = line[: found.start()], line[found.end() :]
    words = before.rstrip().rstrip(":")
    if words and not after:
        return format_html('<a href="{}" style="{}">{}</a>', found[0], _LINK, words)
    return format_html('{}<a href="{}" style="{}">{}</a>{}', before, found[0], _LINK, found[0], after)


def _desk_link() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){re.escape(settings.WATCHKEEPER_BASE_URL)}(?:[/?#]\S*)?(?!\S)")


def _prose(written: str) -> SafeString:
    if len(written) > LONGEST_MARKDOWN:
        return format_html('<p style="{}; white-space: pre-wrap">{}</p>', _P, written.strip("\n"))
    return html_of(written, url_schemes={"http", "https", "mailto"}, url_relative="deny", dressed=_DRESS)
