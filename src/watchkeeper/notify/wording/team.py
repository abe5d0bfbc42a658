"""To those who have to act: an incident that is new, theirs, or more severe than it was."""

from __future__ import annotations

from watchkeeper.notify.urgency import ALARM
from watchkeeper.notify.wording import promise as promises
from watchkeeper.notify.wording.about import About, Promise, facts
from watchkeeper.notify.wording.words import Words, excerpt, one_line, paragraphs, quoted


def reported(about: About, *, by: str, message: str, promise: Promise) -> Words:
    """To whoever is on call, or the desk: somebody reported something."""
    return Words(
        subject=about.headed("New", about.severity, one_line(about.account)),
        text=paragraphs(
            f"{one_line(by)} reported:",
            quoted(excerpt(message)),
            promises.to_the_team(promise, about),
            facts(about),
        ),
        urgency=ALARM,
    )


def dispatched(about: About, *, by: str, promise: Promise) -> Words:
    """To the assignee: it is theirs now."""
    return Words(
        subject=about.headed("Yours", about.severity, one_line(about.account)),
        text=paragraphs(
            f"{one_line(by)} assigned this incident to you.", promises.to_the_team(promise, about), facts(about)
        ),
        urgency=ALARM,
    )


def dispatch_taken_back(about: About, *, by: str) -> Words:
    """To who was the assignee by mistake: it is not theirs."""
    now = f"{one_line(about.assignee)} has it again." if about.assignee else "It is nobody's again."
    return Words(
        subject=about.headed("No longer yours", about.severity, one_line(about.account)),
        text=paragraphs(f"{one_line(by)} took back that this incident was assigned to you. {now}", facts(about)),
        urgency=ALARM,
    )


def raised(about: About, *, by: str, old: str, reason: str, promise: Promise | None) -> Words:
    """To the assignee and whoever is on call, at once; ``promise`` is ``None`` where it was kept already."""
    return Words(
        subject=about.headed(f"Raised to {about.severity}", one_line(about.account)),
        text=paragraphs(
            f"{one_line(by)} raised the severity from {old} to {about.severity}.",
            f"The reason given:\n{quoted(reason)}",
            promises.to_the_team(promise, about) if promise else "It has been acknowledged already.",
            facts(about),
        ),
        urgency=ALARM,
    )
