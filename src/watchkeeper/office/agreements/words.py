"""How an agreement is called: on pages, in notices and in its history."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from watchkeeper.core.policy import Level, Policy, UnknownLevel
from watchkeeper.policies import periods
from watchkeeper.policies.following import Obstacle
from watchkeeper.policies.models import Agreement, PolicyVersion
from watchkeeper.policies.versions import policy_of

Scope = Agreement.Scope


def called(agreement: Agreement, in_force: Policy) -> str:
    """``Premium for the environment production``; ``in_force`` is the policy it follows where it pins none."""
    level = level_of(agreement, in_force)
    return gettext("{level} for {what}").format(level=level.name if level else agreement.level, what=covers(agreement))


def called_on_record(agreement: Agreement, in_force: Policy) -> str:
    """``called`` in the language of the record, which is English."""
    with translation.override("en"):
        return called(agreement, in_force)


def covers(agreement: Agreement) -> str:
    """``everything``, ``the product Gateway``, ``the environment production``."""
    if agreement.scope == Scope.ALL:
        return gettext("everything")
    if agreement.scope == Scope.PRODUCT:
        return gettext("the product {name}").format(name=agreement.scope_value)
    return gettext("the environment {name}").format(name=agreement.scope_value)


def policy_followed_by(agreement: Agreement, in_force: Policy) -> Policy:
    """The policy of the version that an agreement pins, else the one in force."""
    return policy_of(agreement.pinned_version) if agreement.pinned_version else in_force


def of_obstacle(obstacle: Obstacle, in_force: PolicyVersion) -> str:
    """Why an agreement cannot be kept, and what would settle it where the version is yet to come."""
    version = obstacle.version
    if version.valid_from <= in_force.valid_from:
        return gettext("Version {version} cannot carry it: {obstacle}.").format(
            version=version.number, obstacle=obstacle
        )
    since = periods.day(version.valid_from)
    return gettext(
        "Version {version} of the policy, in force from {since}, cannot carry it: {obstacle}. Let it "
        "end before that day, or pin the version that it is agreed on."
    ).format(version=version.number, since=since, obstacle=obstacle)


def level_of(agreement: Agreement, in_force: Policy) -> Level | None:
    """The level that was bought; ``None`` where the policy that the agreement follows has no such level."""
    try:
        return policy_followed_by(agreement, in_force).level(agreement.level)
    except UnknownLevel:
        return None
