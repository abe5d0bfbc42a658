"""How an agreement is called: on pages, in notices and in its history."""

from __future__ import annotations

from watchkeeper.core.policy import Level, Policy, UnknownLevel
from watchkeeper.policies.models import Agreement, PolicyVersion
from watchkeeper.policies.terms import policy_of

Scope = Agreement.Scope


def called(agreement: Agreement, version: PolicyVersion) -> str:
    """``Premium for the environment production``; ``version`` is the one it follows where it pins none."""
    level = level_of(agreement, version)
    return f"{level.name if level else agreement.level} for {covers(agreement)}"


def covers(agreement: Agreement) -> str:
    """``everything``, ``the product Gateway``, ``the environment production``."""
    return "everything" if agreement.scope == Scope.ALL else f"the {agreement.scope} {agreement.scope_value}"


def policy_followed_by(agreement: Agreement, version: PolicyVersion) -> Policy:
    """The policy of the version that an agreement pins, else of ``version``."""
    return policy_of(agreement.pinned_version or version)


def level_of(agreement: Agreement, version: PolicyVersion) -> Level | None:
    """The level that was bought; ``None`` where the version that the agreement follows has no such level."""
    try:
        return policy_followed_by(agreement, version).level(agreement.level)
    except UnknownLevel:
        return None
