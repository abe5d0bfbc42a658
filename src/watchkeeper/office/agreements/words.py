"""How an agreement is called: on pages, in notices and in its history."""

from __future__ import annotations

from watchkeeper.core.policy import Level, Policy, UnknownLevel
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.terms import policy_of

Scope = Agreement.Scope


def called(agreement: Agreement, in_force: Policy) -> str:
    """``Premium for the environment production``; ``in_force`` is the policy it follows where it pins none."""
    level = level_of(agreement, in_force)
    return f"{level.name if level else agreement.level} for {covers(agreement)}"


def covers(agreement: Agreement) -> str:
    """``everything``, ``the product Gateway``, ``the environment production``."""
    return "everything" if agreement.scope == Scope.ALL else f"the {agreement.scope} {agreement.scope_value}"


def policy_followed_by(agreement: Agreement, in_force: Policy) -> Policy:
    """The policy of the version that an agreement pins, else the one in force."""
    return policy_of(agreement.pinned_version) if agreement.pinned_version else in_force


def level_of(agreement: Agreement, in_force: Policy) -> Level | None:
    """The level that was bought; ``None`` where the policy that the agreement follows has no such level."""
    try:
        return policy_followed_by(agreement, in_force).level(agreement.level)
    except UnknownLevel:
        return None
