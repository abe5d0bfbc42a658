"""What a level brings beside its targets, as a file says it."""

from __future__ import annotations

from watchkeeper.core.named_contacts import NamedContacts
from watchkeeper.core.offer import Credit, Limit, Maintenance, Offer, SharedPromise
from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.core.policy_file.offering import OTHERS
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.names import Names, given, other, some
from watchkeeper.core.policy_file.writing.shares import said_share


def said_offer(offer: Offer, names: Names) -> dict[str, Said]:
    """The keys of an offer that say something."""
    begins, ends = offer.offered_from, offer.offered_to
    offered = given({"from": begins.isoformat() if begins else None, "to": ends.isoformat() if ends else None})
    return given(
        {
            "offered": offered or None,
            "channels": _channels(offer, names),
            "emergency": offer.emergency,
            "named_contacts": _named_contacts(offer.named_contacts),
            "limits": [_limit(limit) for limit in offer.limits] or None,
            "languages": some(offer.languages),
            "staff": offer.staff,
            "maintenance": [_maintenance(window) for window in offer.maintenance] or None,
            "credits": [_credit(credit) for credit in offer.credits] or None,
            "shares": [_shared(promise, names) for promise in offer.shares] or None,
            "not_covered": some(offer.not_covered),
            "response_means": offer.response_means,
            "severity_rules": offer.severity_rules,
            "closing_rules": offer.closing_rules,
        }
    )


def _channels(offer: Offer, names: Names) -> Said:
    by_severity: dict[str, Said] = {
        names.severity(severity) if severity else OTHERS: list(channels) for severity, channels in offer.channels
    }
    return by_severity[OTHERS] if list(by_severity) == [OTHERS] else by_severity or None


def _shared(promise: SharedPromise, names: Names) -> Said:
    return given(
        {
            **said_share(promise.share, "of"),
            "metric": other(promise.metric, ACKNOWLEDGEMENT),
            "severities": names.severities_called(promise.severities) or None,
            "leaves_out": some(promise.leaves_out),
        }
    )


def _named_contacts(named: NamedContacts | str) -> Said:
    if isinstance(named, str):
        return named
    first = named.bands[0]
    at_most: Said = str(first.at_most)
    if first.up_to is not None:
        at_most = {str(band.up_to): str(band.at_most) for band in named.bands}
    said = given(
        {
            "at_most": at_most,
            "by": named.by,
            "more": _count(named.more),
            "for_each": _count(named.for_each),
            "who": named.who,
        }
    )
    return said if isinstance(at_most, dict) or len(said) > 1 else at_most


def _count(number: int) -> Said:
    return str(number) if number else None


def _maintenance(window: Maintenance | str) -> Said:
    if isinstance(window, str):
        return window
    return given({"hours": window.hours, "notice": window.notice})


def _limit(limit: Limit | str) -> Said:
    if isinstance(limit, str):
        return limit
    return given({"of": limit.of, "at_most": str(limit.at_most), "each": limit.each})


def _credit(credit: Credit | str) -> Said:
    if isinstance(credit, str):
        return credit
    return given({"after": credit.missed, "each": credit.each, "worth": credit.worth, "claim": credit.claim})
