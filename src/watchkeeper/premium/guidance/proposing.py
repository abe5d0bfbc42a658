"""Looking for proposals: every night, and when somebody asks. As often as it looks, it proposes the same once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import chain

from django.db.models.functions import Coalesce

from watchkeeper.core import proposals as rules
from watchkeeper.core.effect import MOST_WEEKS, WEEK
from watchkeeper.core.proposals import Judged, Proposed, Subject
from watchkeeper.people import clock
from watchkeeper.people.apart import apart
from watchkeeper.people.models import Account
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.versions import NoPolicy, local_day, policy_in_force
from watchkeeper.premium.guidance.cases import began_at, cases_of
from watchkeeper.premium.guidance.entitled import kinds_held
from watchkeeper.premium.models import Proposal, Recommendation
from watchkeeper.ui.translated import kept

LOOK_BACK = max(MOST_WEEKS * WEEK, 2 * rules.MONTH, rules.SEASON) + timedelta(days=1)
State, Became = Proposal.State, Recommendation.State


def look_for_proposals(goes_on: Callable[[], bool] = lambda: True) -> int:
    """Look at one account after the other while ``goes_on``; how many proposals are new. A fault in one holds up no
    other."""
    with for_the_desk():
        accounts = list(Account.objects.all())
    return sum(apart(f"look for proposals for {each.slug}", _look_at, each) for each in accounts if goes_on())


def today_at_the_desk() -> date | None:
    """The day by which it is looked nightly; ``None`` while no policy is in force."""
    with for_the_desk():
        try:
            return local_day(clock.now())
        except NoPolicy:
            return None


def propose_for(accounts: Iterable[Account], *, now: datetime) -> int:
    """Propose what the data of these accounts suggest at ``now``, in the caller's transaction; how many are new."""
    return sum(_propose(account, now) for account in accounts)


def _look_at(account: Account) -> int:
    return _propose(account, clock.now())


def _propose(account: Account, now: datetime) -> int:
    kinds = kinds_held(account, at=now)
    if not kinds:
        return 0
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)  # of two who look, the second finds it proposed
    policy = policy_in_force(now)
    cases = cases_of(account, since=now - LOOK_BACK, until=now)
    looked_at = rules.Account(cases, policy.zone, policy.severities[0].name, began_at(account))
    under_way = _under_way(account)
    found = rules.proposals(looked_at, _judged_at(account), now=now)
    return sum(_keep(account, each, now) for each in found if each.kind in kinds and each.subject not in under_way)


def _keep(account: Account, proposed: Proposed, now: datetime) -> bool:
    """Propose it, or bring up to date what is proposed and open; whether it is new."""
    says = {"says": kept(proposed.says), "threshold": kept(proposed.threshold), "evidence": list(proposed.evidence)}
    _row, is_new = Proposal.objects.update_or_create(
        account=account,
        state=State.OPEN,
        **proposed.subject._asdict(),
        defaults={"kind": proposed.kind, **says},
        create_defaults={"kind": proposed.kind, "proposed_at": now, **says},
    )
    return is_new


def _under_way(account: Account) -> set[Subject]:
    """What something is being done about: nothing more is proposed of it until that has come to an end."""
    rows = Recommendation.objects.unfinished().filter(account=account)
    return {Subject(*row) for row in rows.values_list("sort", "name", "product")}


def _judged_at(account: Account) -> Judged:
    """When each subject was judged last: dropped, not sent, declined, or done."""
    dropped = Proposal.objects.filter(account=account, state=State.DROPPED)
    ended = Recommendation.objects.filter(account=account, state__in=[Became.DISCARDED, Became.DECLINED, Became.DONE])
    rows = chain(
        dropped.values_list("sort", "name", "product", "decided_at"),
        ended.values_list("sort", "name", "product", Coalesce("done_at", "decided_at")),
    )
    found: dict[Subject, datetime] = {}
    for *about, at in rows:
        subject = Subject(*about)
        found[subject] = max(found.get(subject, at), at)
    return found
