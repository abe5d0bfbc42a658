"""The automatic receipt: what was understood, what is promised, and what it is not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from watchkeeper.notify.wording import promise as promises
from watchkeeper.notify.wording.about import About, Promise, Promised, listed
from watchkeeper.notify.wording.composing import composed
from watchkeeper.notify.wording.words import Words, one_line

AS_GIVEN = gettext_lazy("as you gave it")
DEFAULT_OF_THE_ACCOUNT = gettext_lazy(
    "you gave none, so your account's usual one holds; you can raise it on the incident's page"
)
DEFAULT_OF_THE_POLICY = gettext_lazy(
    "you gave none, so the policy's usual one holds; you can raise it on the incident's page"
)
"""Where the severity came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysToEscalate:
    """How a customer reaches escalation once the promise is broken; what is empty is not offered."""

    distribution: tuple[str, ...] = ()
    account_executive: str = ""


def receipt(about: About, *, severity_from: str, promise: Promise, escalation: WaysToEscalate | None) -> Words:
    """To the reporter, at once. ``escalation`` is ``None`` where this severity is never escalated."""
    values = {
        "understood": gettext("Severity: {severity} ({severity_from}).\nSupport level: {level}.").format(
            severity=about.severity, severity_from=severity_from, level=about.level or gettext("none on record")
        ),
        "promise": promises.to_the_customer(promise, about),
        "automatic": gettext("This message is automatic: it is not the answer of a person, and does not count as one."),
        "escalation": _afterwards(promise, escalation),
        "go_on": _go_on(about).format(url=about.url),
    }
    return composed("receipt", values, about=about)


def _go_on(about: About) -> str:
    if about.takes_answers:
        return gettext(
            "Answer this mail to add what you know, or follow it here:\n{url}\n"
            "A line such as Severity: 1 at the top of an answer raises the severity."
        )
    return gettext("Follow it, and add what you know:\n{url}")


def _afterwards(promise: Promise, escalation: WaysToEscalate | None) -> str:
    if not isinstance(promise, Promised):
        return ""
    if escalation is None:
        return gettext("Should that time pass without an answer, the engineers and their managers are told.")
    ways = [gettext("press Escalate on the incident's page")]
    if escalation.distribution:
        ways.append(gettext("write to {names}").format(names=", ".join(escalation.distribution)))
    if escalation.account_executive:
        ways.append(
            gettext("contact your account executive, {account_executive}").format(
                account_executive=one_line(escalation.account_executive)
            )
        )
    return gettext("Should that time pass without an answer, you can escalate: {ways}.").format(
        ways=listed(tuple(ways))
    )
