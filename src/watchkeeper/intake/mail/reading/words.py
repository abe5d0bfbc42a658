"""Bytes and encoded words to text that can be kept and shown: no control characters, no halves of characters."""

from __future__ import annotations

import binascii
import codecs
import re

from watchkeeper.intake.mail.reading import limits

# What they are called in mails, and the superset that reads them: senders name the smaller set and use the larger.
_ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-gb2312": "gb18030",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
}
# Python's own, of no use in mail; the first two need squared time.
_REFUSED = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}

_ENCODED_WORD = re.compile(r"=\?([\w.:+-]{1,60})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decoded(data: bytes, charset: str = "", *, hint: str = "") -> str:
    """Text of bytes: by the charset they were said to have, else as UTF-8, else by the hint, else as Windows did."""
    said = _codec(charset)
    # What was sent as UTF-8 under the name of an old charset reads as either; only one of them is words.
    for codec in ("utf-8" if said == "cp1252" else said, "utf-8", _codec(hint) if said is None else None):
        text = _strictly(data, codec)
        if text is not None:
            return _whole(text)
    if said == "utf-8" and _is_mostly_whole(text := data.decode(said, "replace"), data):
        return text
    return _whole(data.decode("cp1252" if said in (None, "utf-8") else said, "replace"))


def of_header(value: str, *, hint: str = "") -> str:
    """One line of a header: encoded words (RFC 2047) and raw bytes made text, in any order and however broken."""
    return one_line(_unworded(of_raw(value, hint=hint)))[: limits.LINE_CHARACTERS]


def of_raw(value: str, *, hint: str = "") -> str:
    """A header as `email` keeps it, bytes that are not ASCII hidden in surrogates, with these made text."""
    return value if value.isascii() else decoded(value.encode("utf-8", "surrogateescape"), hint=hint)


def one_line(text: str) -> str:
    """No line breaks, controls or marks that turn the direction of writing; one space between words."""
    return " ".join(_CONTROLS.sub("", _whole(re.sub(r"[\s\x00]+", " ", text))).split())


def clean(text: str) -> str:
    """Many lines, ended by a line feed each, without controls and without blanks at their ends."""
    text = _CONTROLS.sub("", _whole(text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _whole(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)


def _codec(charset: str) -> str | None:
    """Python's name of it; None where it is unknown or makes no text."""
    name = charset.strip("'\" \t").lower()
    if not name or len(name) > 60 or not name.isascii() or "\0" in name:
        return None
    try:
        found = codecs.lookup(_ALIASES.get(name, name)).name
        b"    ".decode(found, "replace")
    except (LookupError, UnicodeError):
        return None
    return None if found.replace("-", "_") in _REFUSED else found


def _strictly(data: bytes, codec: str | None) -> str | None:
    try:
        return data.decode(codec) if codec else None
    except UnicodeError:
        return None


def _is_mostly_whole(text: str, data: bytes) -> bool:
    """One broken byte is an accident; with many it was not UTF-8."""
    return text.count("\ufffd") * 4 <= sum(byte > 127 for byte in data)


def _unworded(text: str) -> str:
    """Neighbours of one charset are joined before they are decoded: some senders cut characters in two."""
    out: list[str] = []
    pending: list[bytes] = []
    charset, end = "", 0
    for word in _ENCODED_WORD.finditer(text):
        between = text[end : word.start()]
        data = _word_bytes(word[2], word[3])
        if pending and not between.strip() and charset == word[1].lower():
            pending.append(data)
        else:
            out += [decoded(b"".join(pending), charset), "" if pending and not between.strip() else between]
            pending, charset = [data], word[1].lower()
        end = word.end()
    return "".join([*out, decoded(b"".join(pending), charset), text[end:]])


def _word_bytes(encoding: str, encoded: str) -> bytes:
    raw = encoded.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    return from_base64(raw)


def from_base64(raw: bytes) -> bytes:
    """What can be read of it, without padding and with foreign characters between, as mailers do it."""
    for padding in (b"", b"=", b"=="):
        try:
            return binascii.a2b_base64(raw + padding)
        except binascii.Error:
            continue
    whole = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    return binascii.a2b_base64(whole[: len(whole) // 4 * 4])
