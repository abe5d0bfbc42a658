"""Which parts of a mail are its text and which are files (RFC 2046, RFC 2387, RFC 1847, RFC 3156)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from watchkeeper.intake.mail.letter import File
from watchkeeper.intake.mail.reading import files, limits, markup, tnef, words
from watchkeeper.intake.mail.reading.limits import Unreadable
from watchkeeper.intake.mail.reading.parts import Part

ENCRYPTED = "This mail is encrypted. It was not opened here; its parts are kept as files."

_TEXTS = {"text/plain", "text/html", "text/markdown", "text/enriched", "application/plain"}
_MARKED_UP = {"text/html", "text/markdown"}
_SMIME = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """``texts`` are the pieces to show, in order; ``hint`` is the charset that the mail names most outside. ``page`` is
    the first HTML there is, chosen as text or not; ``has_markup`` is whether a text was more than plain."""

    hint: str = ""
    texts: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    page: str = ""
    has_markup: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(text for text in self.texts if text)


def charset_hint(outermost: Part) -> str:
    """The first charset that a part names: raw bytes in headers are most often in the same."""
    named = (leaf.head.parameter("content-type", "charset") for leaf in outermost.leaves())
    return next((charset for charset in named if charset.lower() not in ("", "us-ascii", "utf-8")), "")


def body(outermost: Part) -> Body:
    """Everything that was sent, once: as text or as a file. Of alternatives only the one that reads best is kept."""
    found = Body(hint=charset_hint(outermost))
    _gather(outermost, found)
    if len(found.files) > limits.FILES:
        raise Unreadable(f"it has more than {limits.FILES:,} files")
    text = found.text
    if len(text) > limits.TEXT_CHARACTERS:
        at = max(text.rfind(blank, 0, limits.TEXT_CHARACTERS) for blank in "\n ") + 1 or limits.TEXT_CHARACTERS
        found.texts = [text[:at]]
        _keep_rest(text[at:].encode(), found)
    return found


def _gather(part: Part, into: Body) -> None:
    children = part.children
    if not children:
        _take(part, into)
    elif part.media_type == "multipart/encrypted":
        into.texts.append(ENCRYPTED)
        into.files += [_file(leaf, into) for leaf in part.leaves()]
    elif part.media_type == "multipart/alternative":
        _choose(children, into)
    else:
        for child in children:
            _gather(child, into)


def _choose(children: list[Part], into: Body) -> None:
    """Plain words are taken before HTML, and anything before nothing; files of all are kept, whichever text it is."""
    chosen: tuple[bool, Body] | None = None
    for child in children:
        found = Body(hint=into.hint, files=into.files)
        _gather(child, found)
        into.page = into.page or found.page
        is_plain = child.media_type == "text/plain"
        if found.text and (chosen is None or (is_plain and not chosen[0])):
            chosen = (is_plain, found)
    if chosen:
        into.texts += chosen[1].texts
        into.has_markup |= chosen[1].has_markup


def _take(part: Part, into: Body) -> None:
    name, data = files.named(part, hint=into.hint), part.data()
    if _is_text(part, name):
        into.has_markup |= part.media_type in _MARKED_UP
        if part.media_type == "text/html" and not into.page:
            into.page = markup.page(_html(part, data[: limits.TEXT_BYTES]))
        into.texts.append(_text(part, data[: limits.TEXT_BYTES], into.hint))
        if len(data) > limits.TEXT_BYTES:
            _keep_rest(data[limits.TEXT_BYTES :], into)
    elif part.media_type in tnef.MEDIA_TYPES or name.lower() == "winmail.dat":
        _unpack(part, data, into)
    else:
        if part.media_type in _SMIME and part.head.parameter("content-type", "smime-type") != "certs-only":
            into.texts.append(ENCRYPTED)
        if data or name:
            into.files.append(_file(part, into))


def _is_text(part: Part, name: str) -> bool:
    if part.media_type.startswith("multipart/"):
        return True  # it said so and has none: what there is stands in it as text
    is_attached = part.head.word("content-disposition") == "attachment"
    return part.media_type in _TEXTS and not name and not is_attached


def _text(part: Part, data: bytes, hint: str) -> str:
    if part.media_type == "text/html":
        return markup.markdown(_html(part, data))
    return words.clean(words.decoded(data, part.head.parameter("content-type", "charset"), hint=hint))


def _html(part: Part, data: bytes) -> str:
    charset = part.head.parameter("content-type", "charset")
    named = _META_CHARSET.search(data[:2_000])
    return words.decoded(data, charset or (named[1].decode("ascii") if named else ""))


def _unpack(part: Part, data: bytes, into: Body) -> None:
    package = tnef.unpacked(data)
    if package is None or not (package.files or package.text):
        into.files.append(_file(part, into))
        return
    into.files += package.files
    if package.text and not into.text:
        into.texts.append(package.text)
        into.has_markup |= package.has_markup
    if package.is_damaged or (package.has_other_text and not into.text):
        into.files.append(_file(part, into))


def _keep_rest(data: bytes, into: Body) -> None:
    into.files.append(File(name=f"rest-of-the-text-{len(into.files) + 1}.txt", media_type="text/plain", data=data))


def _file(part: Part, into: Body) -> File:
    return files.of_part(part, number=len(into.files) + 1, hint=into.hint)
