"""The automatic receipt: what was understood, what is promised, and what it is not."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording import promise as promises
from watchkeeper.notify.wording.about import About, Promise, Promised, listed
from watchkeeper.notify.wording.words import Words, one_line, paragraphs

AS_GIVEN = "as you gave it"
DEFAULT_OF_THE_ACCOUNT = "you gave none, so your account's usual one holds; you can raise it on the incident's page"
DEFAULT_OF_THE_POLICY = "you gave none, so the policy's usual one holds; you can raise it on the incident's page"
"""Where the severity came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysToEscalate:
    """How a customer reaches escalation once the promise is broken; what is empty is not offered."""

    distribution: tuple[str, ...] = ()
    account_executive: str = ""


def receipt(about: About, *, severity_from: str, promise: Promise, escalation: WaysToEscalate | None) -> Words:
    """To the reporter, at once. ``escalation`` is ``None`` where this severity is never escalated."""
    return Words(
        subject=about.subject,
        text=paragraphs(
            f'We have your report "{one_line(about.title)}". Its reference is {about.reference}.',
            f"Severity: {about.severity} ({severity_from}).\nSupport level: {about.level or 'none on record'}.",
            promises.to_the_customer(promise, about),
            "This message is automatic: it is not the answer of a person, and does not count as one.",
            _afterwards(promise, escalation),
            f"Follow it, and add what you know:\n{about.url}",
        ),
        urgency=REPLY,
    )


def _afterwards(promise: Promise, escalation: WaysToEscalate | None) -> str:
    if not isinstance(promise, Promised):
        return ""
    if escalation is None:
        return "Should that time pass without an answer, the engineers and their managers are told."
    ways = ["press Escalate on the incident's page"]
    if escalation.distribution:
        ways.append(f"write to {', '.join(escalation.distribution)}")
    if escalation.account_executive:
        ways.append(f"contact your account executive, {one_line(escalation.account_executive)}")
    return f"Should that time pass without an answer, you can escalate: {listed(tuple(ways))}."
