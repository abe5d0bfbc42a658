"""What people wrote in Markdown as plain blocks for paper, where nothing is markup that could run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image"])
_OPENS = {"strong_open": "strong", "em_open": "emph"}
_CLOSES = {"strong_close", "em_close"}

Block = dict[str, Any]


def blocks_of(written: str) -> list[Block]:
    """Paragraphs, items of lists and lines of code: ``{"kind", "mark", "depth", "spans": [{"style", "text"}]}``."""
    found: list[Block] = []
    lists: list[tuple[str, int]] = []
    mark = ""
    for token in _MARKDOWN.parse(written):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append((token.type, int(token.attrs.get("start", 1))))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            kind, number = lists[-1]
            mark, lists[-1] = ("•" if kind == "bullet_list_open" else f"{number}."), (kind, number + 1)
        elif token.type == "inline":
            found.append({"kind": "text", "mark": mark, "depth": len(lists), "spans": _spans(token.children or [])})
            mark = ""
        elif token.type in ("fence", "code_block"):
            spans = [{"style": "", "text": token.content.rstrip("\n")}]
            found.append({"kind": "code", "mark": mark, "depth": len(lists), "spans": spans})
    return found


def _spans(tokens: Sequence[Token]) -> list[dict[str, str]]:
    spans: list[dict[str, str]] = []
    styles: list[str] = []
    for token in tokens:
        if token.type in _OPENS:
            styles.append(_OPENS[token.type])
        elif token.type in _CLOSES:
            styles.pop()
        elif token.type in ("softbreak", "hardbreak"):
            spans.append({"style": "", "text": "\n"})
        elif token.content:
            style = "code" if token.type == "code_inline" else (styles[-1] if styles else "")
            spans.append({"style": style, "text": token.content})
    return spans
