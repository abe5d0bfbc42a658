"""What a text would break of what was agreed: levels that are gone, SLAs that are not sound over it, defaults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import PolicyFileErrors, open_sla
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, Licence


class Breakage(NamedTuple):
    """Something of an account that could not be kept: what it is, why, and what would settle it."""

    account: Account
    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.account}: {self.what}: {self.why}; {self.remedy}"


def breakages(policy: Policy, *, on: date) -> list[Breakage]:
    """Everything that holds on a day or later and that the policy would break, by account."""
    found = [*_of_agreements(policy, on), *_of_default_severities(policy)]
    return sorted(found, key=lambda each: each.account.name)


def left_without_a_level(policy: Policy, *, on: date) -> int:
    """How many accounts have a licence alone, where no level is included in it any more."""
    if policy.licence_level is not None:
        return 0
    for_all = Agreement.objects.filter(scope=Agreement.Scope.ALL, period__contains=on).values("account")
    licensed = Licence.objects.filter(period__contains=on).exclude(account__in=for_all)
    return licensed.values("account").distinct().count()


def _of_agreements(policy: Policy, on: date) -> Iterator[Breakage]:
    lasting = Q(period__endswith__gt=on) | Q(period__upper_inf=True)
    levels = {level.key: level for level in policy.levels}
    for agreement in Agreement.objects.filter(lasting, pinned_version=None).select_related("account"):
        what = _("the agreement on {level} for {what}").format(
            level=agreement.level, what=agreement.scope_value or _("everything")
        )
        if agreement.level not in levels:
            remedy = _("keep the level, end the agreement, move it to another level, or pin it to its version")
            why = _('there is no level "{level}" any more').format(level=agreement.level)
            yield Breakage(agreement.account, what, why, remedy)
            continue
        try:
            if agreement.sla_text:
                open_sla(agreement.sla_text, policy, levels[agreement.level])
        except PolicyFileErrors as errors:
            why = _("its SLA is not sound over it: {problem}").format(problem=errors.problems[0])
            yield Breakage(agreement.account, what, why, _("change the SLA or the draft, or pin the agreement"))


def _of_default_severities(policy: Policy) -> Iterator[Breakage]:
    for account in Account.objects.filter(default_severity__gt=len(policy.severities)):
        why = _("there are severities 1 to {last}, and it is {severity}").format(
            last=len(policy.severities), severity=account.default_severity
        )
        remedy = _("import the account with another default severity")
        yield Breakage(account, _("its default severity"), why, remedy)
