"""Reading a page as a person does: its words, and the fields of its forms."""

from __future__ import annotations

import html
import re


def words_of(page: bytes) -> str:
    """What a reader sees: no markup, nothing hidden, single spaces."""
    seen = re.sub(r"<(\w+)\b[^>]*\shidden[\s>].*?</\1>", " ", page.decode(), flags=re.DOTALL)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", seen)).split())
    return re.sub(r" ([.,:;)])", r"\1", words)


def part(page: bytes, id: str) -> str:
    """The words of the element with this id, up to the next section."""
    text = page.decode()
    start = text.index(f'id="{id}"')
    return words_of(text[text.index(">", start) + 1 : text.index("</section>", start)].encode())


def hidden(page: bytes, name: str) -> str:
    """The value of a hidden field."""
    field = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page.decode())
    assert field is not None, f"no hidden field {name}"
    return html.unescape(field[1])
