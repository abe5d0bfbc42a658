"""The named contacts of a file: a number, words, or a mapping with the number by the customer's size."""

from __future__ import annotations

import re

from watchkeeper.core.named_contacts import Band, NamedContacts
from watchkeeper.core.policy_file.counts import count
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.tree import Mapping

_IS_A_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def read_named_contacts(section: Section) -> NamedContacts | str:
    """What stands under ``named_contacts``; empty where nothing does."""
    node = section.node("named_contacts")
    if not isinstance(node, Mapping):
        written = section.text("named_contacts")
        return NamedContacts((Band(int(written)),)) if _IS_A_NUMBER.fullmatch(written) else written
    entry = section.child("named_contacts", node)
    bands, by, who = _bands(entry), entry.text("by"), entry.text("who")
    more, for_each = entry.value("more", count), entry.value("for_each", count)
    if (more is None) != (for_each is None):
        entry.complain("more", "and for_each go together, as more: 1, for_each: 50")
    if not by and (more is not None or any(band.up_to for band in bands)):
        entry.complain("by", "is missing; write what a customer's size is counted in, as by: seats")
    entry.refuse_unknown("named contacts")
    return NamedContacts(bands, by, more or 0, for_each or 0, who)


def _bands(entry: Section) -> tuple[Band, ...]:
    """``at_most: 4``, or by size from the smallest on, ``at_most: {250: 20, 1000: 40}``."""
    if not isinstance(entry.node("at_most"), Mapping):
        at_most = entry.required("at_most", count, "write how many, as at_most: 4")
        return (Band(at_most),) if at_most else ()
    by_size = entry.section("at_most")
    assert by_size is not None
    bands: list[Band] = []
    for written, _node in by_size.entries():
        up_to, at_most = by_size.understood(written, written, count), by_size.value(written, count)
        if bands and up_to and up_to <= (bands[-1].up_to or 0):
            by_size.complain(written, "is no larger than the size before it; begin with the smallest customers")
        if up_to and at_most:
            bands.append(Band(at_most, up_to))
    if not bands:
        by_size.complain("", "names no size; write how many up to which size, as {250: 20, 1000: 40}")
    return tuple(bands)
