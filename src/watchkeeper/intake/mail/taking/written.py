"""What a letter says, as an incident keeps it: its title, its words, the severity that it names."""

from __future__ import annotations

from watchkeeper.intake.mail.letter import Letter

LONGEST_TITLE = 200
NO_SUBJECT = "(no subject)"


def severity_of(letter: Letter) -> int | str | None:
    """By its number, or by the policy's key or name."""
    written = letter.severity.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else written or None


def title_of(letter: Letter) -> str:
    first_line = next((line.strip() for line in letter.text.splitlines() if line.strip()), "")
    title = " ".join((letter.subject or first_line or NO_SUBJECT).split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def body_of(letter: Letter) -> str:
    """What was written, and beneath it, marked, what it repeated of mails before."""
    quoted = "\n".join(f"> {line}".rstrip() for line in letter.quoted.strip().splitlines())
    named = ", ".join(each.name for each in letter.files)
    return "\n\n".join(filter(None, [letter.text.strip(), quoted])) or (f"({named})" if named else NO_SUBJECT)
