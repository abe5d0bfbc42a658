"""From rows to core values: the promise an account has at a moment, and the one an incident was given."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from watchkeeper.core.at_receipt import open_hours
from watchkeeper.core.circumstances import Circumstances
from watchkeeper.core.policy import Level, Policy
from watchkeeper.core.policy_file import read_sla
from watchkeeper.core.policy_file.countries import holidays_of
from watchkeeper.core.promise import Promise, effective
from watchkeeper.people.models import Account
from watchkeeper.policies.following import followed, sla_of
from watchkeeper.policies.models import Agreement, GivenPromise, Licence, PolicyVersion
from watchkeeper.policies.versions import FrozenDates, as_dates, day_of, frozen, policy_of, version_in_force


def promise_of(given: GivenPromise) -> Promise:
    """The effective promise that an incident was given."""
    circumstances = _read_back(given.circumstances)
    return _promise(policy_of(given.version), given.level, given.sla_text, circumstances, frozen(given.holidays))


class About(NamedTuple):
    """What of a report a promise can depend on, beside whose it is; ``channel`` in the policy's word.

    ``received_at`` is ``None`` where no report is meant.
    """

    product: str = ""
    environment: str = ""
    component: str = ""
    channel: str = ""
    received_at: datetime | None = None


def give(account: Account, *, at: datetime, about: About) -> GivenPromise | None:
    """The promise in force for a report received at ``at``; ``None`` when no entitlement is on record.

    The agreement in force, narrowest scope first; else the level included in a valid licence.
    """
    found = Entitled(account, at=at).found(about)
    return None if found is None else kept(found)


def kept(found: GivenPromise) -> GivenPromise:
    """The row of terms that were found; written down where nobody was given the same before."""
    terms = {
        "account": found.account,
        "version": found.version,
        "level": found.level,
        "agreement": found.agreement,
        "sla_text": found.sla_text,
        "circumstances": found.circumstances,
        "holidays": found.holidays,
    }
    # Of two that are given the same terms at once each may write them down: both rows say the same, either will do.
    return GivenPromise.objects.filter(**terms).order_by("pk").first() or GivenPromise.objects.create(**terms)


def would_give(account: Account, *, at: datetime, about: About) -> Promise | None:
    """The promise that ``give`` would give, and nothing is written: for whoever has not reported yet."""
    return Entitled(account, at=at).would_be_given(about)


class Entitled:
    """What an account is entitled to at an instant, asked of the database once, however many reports are judged.

    ``version``, where it is given, is the one that was in force then.
    """

    def __init__(self, account: Account, *, at: datetime, version: PolicyVersion | None = None) -> None:
        self.account = account
        self.version = version or version_in_force(at)
        self.day = day_of(policy_of(self.version), at)

    def would_be_given(self, about: About) -> Promise | None:
        """The promise that ``give`` would give."""
        found = self.found(about)
        return None if found is None else promise_of(found)

    def found(self, about: About) -> GivenPromise | None:
        """The terms of the agreement in force, narrowest scope first, else of the licence; unsaved."""
        agreement = self._agreement_for(about)
        followed_version = followed(agreement, self.version) if agreement is not None else None
        if agreement is not None and followed_version is not None:
            return _by_agreement(agreement, followed_version, self.account, about)
        included = policy_of(self.version).licence_level
        if included is None or not self._is_licensed:
            return None
        return _in_its_circumstances(_included(self.account, self.version, included), about)

    def _agreement_for(self, about: About) -> Agreement | None:
        covers = {
            Agreement.Scope.ALL: "",
            Agreement.Scope.PRODUCT: about.product,
            Agreement.Scope.ENVIRONMENT: about.environment,
        }
        covering = [each for each in self._agreements if each.scope_value == covers[Agreement.Scope(each.scope)]]
        return min(covering, key=lambda agreement: Agreement.NARROWEST_FIRST.index(agreement.scope), default=None)

    @cached_property
    def _agreements(self) -> list[Agreement]:
        in_force = Agreement.objects.in_force_on(self.day).filter(account=self.account)
        return list(in_force.select_related("pinned_version"))

    @cached_property
    def _is_licensed(self) -> bool:
        return _is_licensed(self.account, self.day)


def as_far_as_it_counts(about: About, version: PolicyVersion, level: Level, *, sla_text: str = "") -> About:
    """A report as far as these terms look at it: two that are alike in it are promised the same.

    Raises ``PolicyFileErrors`` for an SLA that is not sound there.
    """
    policy = policy_of(version)
    sla = sla_of(policy, level, sla_text)
    looks_at = policy.looks_at | (sla.sla.looks_at if sla else frozenset())
    said = {name: value for name, value in about._asdict().items() if name in looks_at}
    return About(**said, received_at=about.received_at if "open_hours" in looks_at else None)


def as_if_given(
    account: Account, version: PolicyVersion, level: Level, about: About, *, sla_text: str = ""
) -> GivenPromise:
    """The terms of a level, perhaps with an SLA over it, as if the account had bought them; unsaved.

    Raises ``PolicyFileErrors`` for an SLA that is not sound there.
    """
    given = GivenPromise(account=account, version=version, level=level.key, sla_text=sla_text)
    return _in_its_circumstances(given, about)


def given_under(version: PolicyVersion, given: GivenPromise, *, about: About) -> GivenPromise | None:
    """What would have been given had ``version`` been in force: the same agreement and SLA over its level; unsaved.

    ``None`` where a licence includes no level there; what an agreement pins stays as it was given, and what was assumed
    without any stays of its level. Raises ``UnknownLevel``, and ``PolicyFileErrors`` for an SLA that is unsound there.
    """
    agreement = given.agreement
    if agreement is not None and agreement.pinned_version_id is not None:
        return given
    included = policy_of(version).licence_level
    is_licence = agreement is None and _is_included(given)
    if is_licence and included is None:
        return None
    level = included.key if is_licence and included is not None else given.level
    other = GivenPromise(
        account=given.account, version=version, level=level, agreement=agreement, sla_text=given.sla_text
    )
    policy_of(version).level(level)
    return _in_its_circumstances(other, about, agreed_on=agreement.period.lower if agreement else None)


def _is_included(given: GivenPromise) -> bool:
    """Whether terms without an agreement are those of a licence; else they were assumed."""
    included = policy_of(given.version).licence_level
    return included is not None and included.key == given.level


class Held(NamedTuple):
    """A promise that an account holds now, and the agreement it comes from; ``None`` stands for the licence."""

    agreement: Agreement | None
    promise: Promise


def held_by(account: Account, *, at: datetime) -> list[Held]:
    """Every promise an account holds at an instant: by agreements, the narrowest scope last, else by its licence."""
    version = version_in_force(at)
    return [
        Held(each, promise_under(each, account, at=at))
        for each in entitlements_of(account, at=at)
        if each is None or followed(each, version)
    ]


def entitlements_of(account: Account, *, at: datetime) -> list[Agreement | None]:
    """What an account's promises come from at an instant: its agreements, the narrowest scope last; ``None`` first
    where its licence covers all that they do not."""
    version = version_in_force(at)
    day = day_of(policy_of(version), at)
    agreements = sorted(
        Agreement.objects.in_force_on(day).filter(account=account).select_related("pinned_version"),
        key=lambda agreement: (-Agreement.NARROWEST_FIRST.index(agreement.scope), agreement.scope_value),
    )
    covers_all = any(each.scope == Agreement.Scope.ALL and followed(each, version) for each in agreements)
    if covers_all or policy_of(version).licence_level is None or not _is_licensed(account, day):
        return [*agreements]
    return [None, *agreements]


def promise_under(agreement: Agreement | None, account: Account, *, at: datetime) -> Promise:
    """What an agreement promises for what it covers by the version it follows at an instant; ``None``: the licence.

    Raises ``UnknownLevel`` and ``PolicyFileErrors`` where no version can carry it.
    """
    version = version_in_force(at)
    if agreement is None:
        included = policy_of(version).licence_level
        assert included is not None, "a licence that promises nothing is no entitlement"
        return promise_of(_in_its_circumstances(_included(account, version, included), About()))
    followed_version = followed(agreement, version) or version
    return promise_of(_by_agreement(agreement, followed_version, account, _scope_of(agreement)))


def _scope_of(agreement: Agreement) -> About:
    return About() if agreement.scope == Agreement.Scope.ALL else About(**{agreement.scope: agreement.scope_value})


def _is_licensed(account: Account, day: date) -> bool:
    return Licence.objects.in_force_on(day).filter(account=account).exists()


def _by_agreement(agreement: Agreement, version: PolicyVersion, account: Account, about: About) -> GivenPromise:
    given = GivenPromise(
        account=account,
        version=version,
        level=agreement.level,
        agreement=agreement,
        sla_text=agreement.sla_text,
    )
    return _in_its_circumstances(given, about, agreed_on=agreement.period.lower)


def _included(account: Account, version: PolicyVersion, level: Level) -> GivenPromise:
    return GivenPromise(account=account, version=version, level=level.key)


def _in_its_circumstances(given: GivenPromise, about: About, agreed_on: date | None = None) -> GivenPromise:
    """Keep with a promise what it depends on: the circumstances it looks at and the dates of the holidays it names."""
    policy, account = policy_of(given.version), given.account
    level = policy.level(given.level)
    sla = sla_of(policy, level, given.sla_text)
    looks_at = policy.looks_at | (sla.sla.looks_at if sla else frozenset())
    said = about._asdict()
    received_at = said.pop("received_at")
    known = Circumstances(**said, region=account.region, zone=account.zone, place=account.place, agreed_on=agreed_on)
    dates = dict(sla.holidays) if sla else {}
    customers = holidays_of(account.place).days if "place" in looks_at and account.place else ()
    if customers:
        dates[account.place] = customers
    if received_at is not None and "open_hours" in looks_at:
        were_open = open_hours(policy, level, sla.sla if sla else None, received_at, known, customers)
        known = known._replace(open_hours=were_open)
    given.circumstances = _written(known.only(looks_at))
    given.holidays = {place: [day.isoformat() for day in days] for place, days in dates.items()}
    return given


def _written(circumstances: Circumstances) -> dict[str, Any]:
    words = {name: str(value) for name, value in circumstances._asdict().items() if value and name != "open_hours"}
    return words if circumstances.open_hours is None else {**words, "open_hours": list(circumstances.open_hours)}


def _read_back(written: dict[str, Any]) -> Circumstances:
    agreed_on, were_open = written.get("agreed_on"), written.get("open_hours")
    return Circumstances(
        **{
            **written,
            "agreed_on": date.fromisoformat(agreed_on) if agreed_on else None,
            "open_hours": None if were_open is None else tuple(were_open),
        }
    )


@lru_cache(maxsize=1024)
def _promise(policy: Policy, level_key: str, sla_text: str, circumstances: Circumstances, kept: FrozenDates) -> Promise:
    level, holidays = policy.level(level_key), as_dates(kept)
    sla = read_sla(sla_text, policy, level, holidays=holidays or None) if sla_text else None
    return effective(policy, level, sla, circumstances, holidays.get(circumstances.place, ()))
