"""The headers of a mail or of one of its parts, by name, as they came: nothing in them is decoded yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from watchkeeper.intake.mail.reading import limits, words

_FOLD = re.compile(r"[\r\n]+[ \t]*")
_LINE = re.compile(r"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,100})\s*=\s*("(?:\\.|[^"\\])*"|[^;]*)', re.DOTALL)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")


class Headers:
    """``pairs`` are (name, value) from top to bottom; values are unfolded to one line."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = [(name.lower(), _FOLD.sub(" ", value).strip()) for name, value in pairs]
        self._by_name: dict[str, list[str]] = {}
        for name, value in self.pairs:
            self._by_name.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def all(self, name: str) -> list[str]:
        return self._by_name.get(name, [])

    def first(self, name: str) -> str:
        return self._by_name.get(name, [""])[0]

    def named(self, *prefixes: str) -> list[str]:
        """The names that begin so, each once, from top to bottom."""
        return [name for name in self._by_name if name.startswith(prefixes)]

    def word(self, name: str) -> str:
        """The value before its parameters and comments, in lower case: `auto-replied; owner=…` → `auto-replied`."""
        return re.split(r"[;(\s]", self.first(name).lstrip(), maxsplit=1)[0].lower()

    def message_ids(self, name: str) -> tuple[str, ...]:
        """Those in one header, as written; what has no brackets or is no single word is none."""
        found = (identifier for value in self.all(name) for identifier in _MESSAGE_ID.findall(value))
        return tuple(dict.fromkeys(words.one_line(identifier) for identifier in found))[-limits.MESSAGE_IDS :]

    def parameter(self, name: str, key: str, *, hint: str = "") -> str:
        """A parameter as text: plain, as an encoded word, as raw bytes, or in pieces (RFC 2231)."""
        return _parameter(self.first(name), key, hint=hint)


def read(text: str) -> Headers:
    """Those that a text begins with, such as the block of a delivery status or the head of a returned mail."""
    pairs: list[tuple[str, str]] = []
    for line in text.lstrip("\r\n").splitlines():
        if not line.strip() or len(pairs) >= limits.HEADERS:
            break
        if line[0] in " \t" and pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.strip()}")
        elif found := _LINE.match(line):
            pairs.append((found[1], found[2]))
    return Headers(pairs)


def _parameter(value: str, key: str, *, hint: str) -> str:
    pieces: dict[int, tuple[bool, str]] = {}
    for name, content in _PARAMETER.findall(value[: limits.PARAMETER_CHARACTERS]):
        base, _, rest = name.lower().partition("*")
        if base != key:
            continue
        content = re.sub(r"\\(.)", r"\1", content[1:-1]) if content[:1] == '"' else content.strip()
        if not rest and "*" not in name:
            plain = words.of_header(content, hint=hint)
            if plain:
                return plain
        index = rest.rstrip("*") or "0"
        if index.isdigit() and len(index) < 4:
            pieces[int(index)] = (name.endswith("*"), content)
    return _joined(pieces, hint=hint)


def _joined(pieces: dict[int, tuple[bool, str]], *, hint: str) -> str:
    """RFC 2231: pieces in the order of their numbers; the first names the charset of those with a star."""
    charset, data = "", b""
    for index in sorted(pieces):
        is_extended, content = pieces[index]
        raw = content.encode("utf-8", "surrogateescape")
        if is_extended and index == min(pieces) and raw.count(b"'") >= 2:
            named, _, raw = raw.split(b"'", 2)
            charset = named.decode("ascii", "replace")
        data += unquote_to_bytes(raw) if is_extended else raw
    return words.one_line(words.decoded(data, charset, hint=hint))[: limits.LINE_CHARACTERS]
