"""What a level brings beside its targets, as a file says it: ways in, contacts, limits, credits, and rules in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from watchkeeper.core.metric_names import spoken
from watchkeeper.core.offer import CHANNELS, Credit, Limit, Maintenance, Offer
from watchkeeper.core.policy import PROMISED_METRICS
from watchkeeper.core.policy_file import week
from watchkeeper.core.policy_file.counts import count
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.named_contacts import read_named_contacts
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.shares import known_period, read_shares
from watchkeeper.core.policy_file.tree import Listing, Text
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.vocabulary import Vocabulary

OTHERS = "others"
"""What a file writes for all severities that are not named."""

T = TypeVar("T")

_MISSED = re.compile(r"(?P<count>[1-9]\d{0,5}) missed (?P<metric>.+)", re.IGNORECASE)


def read_offer(section: Section, vocabulary: Vocabulary) -> Offer:
    """What ``section``, a policy, a level or something laid over one, says beside targets."""
    begins, ends = _offered(section)
    return Offer(
        channels=_channels(section, vocabulary),
        emergency=section.text("emergency"),
        named_contacts=read_named_contacts(section),
        limits=_listed(section, "limits", _limit),
        languages=section.texts("languages"),
        staff=section.text("staff"),
        maintenance=_listed(section, "maintenance", lambda entry: _maintenance(entry, vocabulary)),
        credits=_listed(section, "credits", _credit),
        shares=read_shares(section, vocabulary),
        not_covered=section.texts("not_covered"),
        response_means=section.text("response_means"),
        severity_rules=section.text("severity_rules"),
        closing_rules=section.text("closing_rules"),
        offered_from=begins,
        offered_to=ends,
    )


def _channels(section: Section, vocabulary: Vocabulary) -> tuple[tuple[int, tuple[str, ...]], ...]:
    node = section.node("channels")
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        return ((0, _known_channels(section, "channels")),)
    by_severity = section.child("channels", node)
    found: dict[int, tuple[str, ...]] = {}
    for written, _node in by_severity.entries():
        severity = 0
        if written != OTHERS:
            named = by_severity.understood(written, written, vocabulary.severity)
            if named is None:
                continue
            severity = named.number
        if severity in found:
            by_severity.complain(written, "names a severity a second time; each has one list of channels")
        found[severity] = _known_channels(by_severity, written)
    return tuple(found.items())


def _known_channels(section: Section, key: str) -> tuple[str, ...]:
    named = (section.understood(key, written, _channel) for written in section.texts(key))
    return tuple(channel for channel in named if channel is not None)


def _channel(written: str) -> str:
    if written not in CHANNELS:
        raise ValueError(f"{quoted(written)} is no channel; write {', '.join(CHANNELS)}")
    return written


def _listed(section: Section, key: str, read: Callable[[Section], T | None]) -> tuple[T | str, ...]:
    """A list whose items are mappings that ``read`` understands, or texts that stand for themselves."""
    node = section.node(key)
    if node is None:
        return ()
    items = node.items if isinstance(node, Listing) else [node]
    found: list[T | str] = []
    for number, item in enumerate(items, start=1):
        if isinstance(item, MappingNode):
            entry = section.child(key, item, f"{section.at(key)}.{number}" if isinstance(node, Listing) else None)
            value = read(entry)
            found += [value] if value is not None else []
        elif isinstance(item, Text) and item.value:
            found.append(" ".join(item.value.split()))
        else:
            section.complain(key, f"item {number} must be a text or a mapping")
    return tuple(found)


def _maintenance(entry: Section, vocabulary: Vocabulary) -> Maintenance | None:
    operating = entry.required("hours", vocabulary.hours_called, "name the calendar that is kept free, under hours")
    notice = entry.text("notice")
    entry.refuse_unknown("a maintenance window")
    return Maintenance(operating.name, operating.published_as or operating.name, notice) if operating else None


def _limit(entry: Section) -> Limit | None:
    of = entry.required("of", str, "write what there is so much of, as of: cases")
    at_most = entry.required("at_most", count, "write how many, as at_most: 10")
    each = entry.value("each", known_period)
    entry.refuse_unknown("a limit")
    return Limit(of, at_most, each or "") if of and at_most else None


def _credit(entry: Section) -> Credit | None:
    after = entry.required("after", _missed, "write what must be missed, as after: 4 missed acknowledgements")
    each = entry.required("each", known_period, "write the period they are counted over, as each: quarter")
    worth = entry.required("worth", str, "write what the credit is worth")
    claim = entry.text("claim")
    entry.refuse_unknown("a credit")
    return Credit(*after, each, worth, claim) if after and each and worth else None


def _missed(written: str) -> tuple[int, str]:
    match = _MISSED.fullmatch(written)
    words = match["metric"].lower() if match else ""
    metric = next((one for one in PROMISED_METRICS if words in (spoken(one, 1), spoken(one, 2))), None)
    if match is None or metric is None:
        raise ValueError(f"{quoted(written)} counts no breaches; write 4 missed acknowledgements")
    return int(match["count"]), metric


def _offered(section: Section) -> tuple[date | None, date | None]:
    """From when and until when (exclusive) a level can be bought."""
    offered = section.section("offered")
    if offered is None:
        return None, None
    begins, ends = offered.value("from", week.day), offered.value("to", week.day)
    if begins and ends and ends <= begins:
        offered.complain("to", f"ends before it begins on {begins}; to is the first day on which it is not offered")
    offered.refuse_unknown("offered")
    return begins, ends
