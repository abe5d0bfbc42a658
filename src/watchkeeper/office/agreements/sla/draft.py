"""What was typed in the editor of an SLA, as YAML or in the form: one text, whichever way it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import PolicyFileErrors, Problem
from watchkeeper.core.policy_file.editing import CannotEdit
from watchkeeper.office.agreements.sla.sheet import Sheet
from watchkeeper.office.agreements.words import level_of, policy_followed_by
from watchkeeper.policies.models import Agreement

FORM, YAML = "form", "yaml"


class Draft(NamedTuple):
    """A text and the way in which it is shown. Where what was ``given`` in the form could not be written into it,
    ``fault`` says why."""

    text: str
    way: str
    given: Mapping[str, str] | None = None
    fault: Problem | None = None


def first_draft(agreement: Agreement) -> Draft:
    """What the editor begins with."""
    beginning = f"sla: {agreement.account.name} {agreement.period.lower.year}\n"
    return Draft(agreement.sla_text or beginning, FORM)


def typed(posted: QueryDict, agreement: Agreement, in_force: Policy) -> Draft:
    """What was sent: the text alone, or the text that the form was made of and its fields."""
    text = _text(posted)
    if posted.get("as") != FORM:
        return Draft(text, YAML)
    try:
        sheet = sheet_of(text, agreement, in_force)
    except PolicyFileErrors as errors:
        return Draft(text, YAML, fault=errors.problems[0])
    given = _values(posted, sheet.values)
    try:
        return Draft(sheet.rewritten(given), FORM)
    except CannotEdit as error:
        return Draft(
            text, FORM, given, Problem("", 1, gettext("the form cannot write this: {error}").format(error=error))
        )


def sheet_of(text: str, agreement: Agreement, in_force: Policy) -> Sheet:
    """The text as the form's fields. Raises ``PolicyFileErrors`` where it is no file at all."""
    return Sheet(text, policy_followed_by(agreement, in_force), level_of(agreement, in_force))


def _text(posted: QueryDict) -> str:
    """The text with the line ends that files have; nothing where there is no word in it."""
    text = posted.get("text", "").replace("\r\n", "\n").replace("\0", "").strip("\n")
    return f"{text}\n" if text.strip() else ""


def _values(posted: QueryDict, there: Mapping[str, str]) -> dict[str, str]:
    """What the fields say; one that was not shown says what it said before."""
    return {name: _typed(posted[name]) if name in posted else value for name, value in there.items()}


def _typed(written: str) -> str:
    lines = (" ".join(line.split()) for line in written.replace("\0", "").splitlines())
    return "\n".join(line for line in lines if line)
