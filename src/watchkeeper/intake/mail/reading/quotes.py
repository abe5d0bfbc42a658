"""Where in a reply that which was newly written ends, and the mails before begin."""

from __future__ import annotations

import re

from mailparser_reply.constants import MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage

# The library strips and joins what it reads, and needs squared time for long lines. So it is asked about one short
# window of lines after the other, and only whether the header of a quoted mail begins there. Its Polish takes a single
# line such as `Data: 5 GB` for one.
_LIBRARY = EmailMessage(text="", languages=[name for name in MAIL_LANGUAGES if name != "pl"]).HEADER_REGEX
_LONGEST_LINE = 200
_MOST_TRIES = 100
_LINES_OF_HEADER = 3
_FIELDS = 3
_LINES_OF_FIELDS = 6

_SAID = re.compile(
    r"\b(?:wrote|schrieb|schreef|skrev|escribió|escreveu|ha scritto|a écrit|kirjoitti|yazdı|írta|a scris|napsala?"
    r"|napisała?|пише|пишет|писал|написала?)\b|写道|寫道|님이|\d年",
    re.IGNORECASE,
)
_DATED = re.compile(r"[\d@<]")
_FIELD = re.compile(r"[>*_ ]*[^\W\d_][\w -]{0,24}[*_ ]*[:：]")
_POLISH_FIELDS = re.compile(r"[>*_ ]*Od:.*\n[>*_ ]*Wysłano:")
_MARK = re.compile(
    r"\W*[-_=]{3,} ?(?:original message|original appointment|ursprüngliche nachricht|originalnachricht"
    r"|message d'origine|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht"
    r"|oprindelig meddelelse|исходное сообщение) ?[-_=]{3,}\W*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|doorst|i|转发|轉寄)\s*[:：]", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\s*(?:re|aw|sv|vs|antw|antwort|odp|ynt|res|r|rif|回复|回覆|答复|答覆)(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s*[:：]",
    re.IGNORECASE,
)


def is_reply(subject: str, answers: tuple[str, ...]) -> bool:
    """Only a reply repeats a mail: elsewhere `>` marks what a machine said. Whoever forwards one says it as well."""
    return _FORWARDED.match(subject) is None and (bool(answers) or _ANSWERED.match(subject) is not None)


def parted(text: str) -> tuple[str, str]:
    """The new and the repeated; one after the other, in one order or the other, they are the text to the character.

    All of it counts as new where nothing else would, and where somebody wrote between what is quoted: better to show a
    mail again than to hide an answer.
    """
    lines = text.split("\n")
    if end := _end_of_quote_above(lines):
        at = sum(len(line) + 1 for line in lines[:end])
        return text[at:], text[:at]
    start = _start(lines)
    while start and not lines[start - 1].strip(" >*_=-"):  # empty, or a rule
        start -= 1
    at = sum(len(line) + 1 for line in lines[:start])
    return (text[:at], text[at:]) if start is not None and text[:at].strip() else (text, "")


def _end_of_quote_above(lines: list[str]) -> int:
    """The line after a quote that the mail begins with, where all that was written stands below it; else 0."""
    quoted = [at for at, line in enumerate(lines) if line.startswith(">")]
    if not quoted or not "".join(lines[quoted[-1] + 1 :]).strip():
        return 0
    above = [at for at in range(quoted[0]) if lines[at].strip()]
    has_header = bool(above) and above[0] == _start_of_sentence(lines, above[-1])
    is_one = all(line.startswith(">") or not line.strip() for line in lines[quoted[0] : quoted[-1]])
    return quoted[-1] + 1 if is_one and has_header else 0


def _start(lines: list[str]) -> int | None:
    """The line with which the mails before begin."""
    unquoted = [at for at, line in enumerate(lines) if line.strip() and not line.startswith(">")]
    all_quoted_from = unquoted[-1] + 1 if unquoted else 0
    tries = 0
    for at, line in enumerate(lines):
        if line.startswith(">") and at >= all_quoted_from:
            return at
        if not line.strip() or len(line) > _LONGEST_LINE:
            continue
        if _MARK.fullmatch(line):
            return at
        if tries >= _MOST_TRIES:
            return None
        if line.rstrip(" *_")[-1:] in (":", "："):
            tries += 1
            start = _start_of_sentence(lines, at)
            if start is not None and (not _is_quoted(lines, at + 1) or at + 1 >= all_quoted_from):
                return start
        if _FIELD.match(line) and _has_fields(lines, at):
            tries += 1
            if _is_block_of_fields(lines, at):
                return at
    return None


def _start_of_sentence(lines: list[str], end: int) -> int | None:
    """Where `On Monday, 3 May, Ana wrote:` begins, which ends in line ``end`` and takes up to three."""
    start = end
    while start > max(0, end - _LINES_OF_HEADER + 1) and 0 < len(lines[start - 1].strip()) <= _LONGEST_LINE:
        start -= 1
    starts = [at for at in range(start, end + 1) if _DATED.search(lines[at])]
    if not starts or not _SAID.search("\n".join(lines[starts[0] : end + 1])):
        return None
    for at in starts:
        if _LIBRARY.match(_window(lines, at, end + 1)):
            return at
    header = "\n".join(lines[starts[0] : end + 1])
    return starts[0] if "@" in header or _is_quoted(lines, end + 1) else None


def _is_quoted(lines: list[str], at: int) -> bool:
    """Whether the first line with something in it from there on is marked as quoted."""
    following = next((line for line in lines[at : at + _LINES_OF_FIELDS] if line.strip()), "")
    return following.startswith(">")


def _has_fields(lines: list[str], at: int) -> bool:
    block = [line for line in lines[at : at + _LINES_OF_FIELDS] if line.strip() and len(line) <= _LONGEST_LINE]
    return len(block) >= _FIELDS and all(_FIELD.match(line) for line in block[:_FIELDS])


def _is_block_of_fields(lines: list[str], at: int) -> bool:
    """`From: … Sent: … To: …`, as Outlook begins what it repeats, in one of many languages."""
    window = _window(lines, at, at + _LINES_OF_FIELDS)
    return bool(_LIBRARY.match(window) or _POLISH_FIELDS.match(window))


def _window(lines: list[str], start: int, end: int) -> str:
    return "\n".join(line.strip()[:_LONGEST_LINE] for line in lines[start:end])
