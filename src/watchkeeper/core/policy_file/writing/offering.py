"""What a level brings beside its targets, as a file says it."""

from __future__ import annotations

from watchkeeper.core.offer import Credit, Limit, Offer, SharedPromise
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
            "named_contacts": offer.named_contacts,
            "limits": [_limit(limit) for limit in offer.limits] or None,
            "languages": some(offer.languages),
            "staff": offer.staff,
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


def _limit(limit: Limit | str) -> Said:
    if isinstance(limit, str):
        return limit
    return given({"of": limit.of, "at_most": str(limit.at_most), "each": limit.each})


def _credit(credit: Credit | str) -> Said:
    if isinstance(credit, str):
        return credit
    return given({"after": credit.missed, "each": credit.each, "worth": credit.worth, "claim": credit.claim})
