"""What a mail on an incident asks for beside what it says: another severity, or that it is solved.

Each is the act of its button, under the same rules. What is refused stops nothing else: what was written is said, and
who wrote it is told why the rest was not done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.utils.translation import gettext

from watchkeeper.core.mail import RESOLVE
from watchkeeper.core.policy import UnknownSeverity
from watchkeeper.incidents import verbs
from watchkeeper.incidents.files import GivenFile
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.refusals import REFUSALS, words_of
from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading.orders import without_it
from watchkeeper.intake.mail.taking.written import body_of, severity_of
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Person
from watchkeeper.policies import versions

LONGEST_REASON = 300


class Spoken(NamedTuple):
    """The event that a mail became, if it became one, and why something was refused, in its author's language."""

    event: Event | None
    refused: str = ""


def speak(incident: Incident, letter: Letter, *, by: Person, given_files: Sequence[GivenFile], **data: Any) -> Spoken:
    """Say what was written, and do what it asks for, as part of the caller's transaction."""
    if not by.is_customer:  # what they answered was a notice for the team; the mail is kept as it came
        letter = replace(letter, quoted="")
    resolves = not by.is_customer and letter.asks_to == RESOLVE
    if resolves:
        letter = replace(letter, text=without_it(letter.text))
    refused, event = "", None
    if letter.severity:
        event, refused = _tried(by, lambda: _classify(incident, letter, by=by, **data))
    if resolves:
        solved, why = _tried(by, lambda: _resolve(incident, letter, by=by, given_files=given_files, **data))
        if solved is not None:
            return Spoken(solved, refused)
        refused = " ".join(filter(None, [refused, why]))
    if letter.text.strip() or given_files or (refused and by.is_customer) or not (letter.severity or resolves):
        told = {"not_done": refused} if refused else {}
        text = body_of(_as_written(letter) if refused and by.is_customer else letter)
        event = verbs.reply(incident, by=by, text=text, given_files=given_files, **data, **told)
    return Spoken(event, refused)


def _classify(incident: Incident, letter: Letter, *, by: Person, **data: Any) -> Event:
    policy = versions.policy_of(incident.policy_version)
    wanted = severity_of(letter)
    try:
        severity = policy.severity_numbered(wanted) if isinstance(wanted, int) else policy.severity(str(wanted))
    except UnknownSeverity:
        names = ", ".join(f"{each.number} {each.name}" for each in policy.severities)
        words = gettext('"{written}" is no severity here; there are {names}')
        raise verbs.NotPossible(words.format(written=letter.severity, names=names)) from None
    first_line = next((line.strip() for line in letter.text.splitlines() if line.strip()), "")
    reason = first_line[:LONGEST_REASON] or f"Severity: {letter.severity}"
    return verbs.classify(incident, by=by, severity=severity.number, reason=reason, **data)


def _resolve(incident: Incident, letter: Letter, *, by: Person, given_files: Sequence[GivenFile], **data: Any) -> Event:
    text = body_of(letter) if letter.text.strip() else _solved(incident)
    return verbs.resolve(incident, by=by, text=text, given_files=given_files, **data)


def _solved(incident: Incident) -> str:
    """The words of a solution whose author wrote none, in the language of who reads it."""
    with speaking_to(incident.reporter):
        return gettext("This is solved.")


def _tried(by: Person, act: Callable[[], Event]) -> tuple[Event | None, str]:
    try:
        with speaking_to(by):
            return act(), ""
    except REFUSALS as refusal:
        with speaking_to(by):
            return None, words_of(refusal)


def _as_written(letter: Letter) -> Letter:
    """With the line that was taken out of it."""
    return replace(letter, text=f"Severity: {letter.severity}\n\n{letter.text}".strip())
