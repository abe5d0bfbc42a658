"""What of an incident and its account a policy may look at: product, place, channel, the customer's zone and holidays,
and which of the policy's calendars were open when the report came in.

A policy that makes no difference between circumstances never looks at them, and its promises are the same in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import NamedTuple

from watchkeeper.core.offer import CHANNEL_NAMES
from watchkeeper.core.said import Said, capitalised, joined, sentence


class Circumstances(NamedTuple):
    """What is known when a promise is given; empty where nothing is.

    ``zone`` is the customer's IANA zone, ``place`` whose holidays the customer keeps (``US``, ``DE-BY``), ``region``
    the vendor's word for where the customer is served, ``agreed_on`` the day the agreement began. ``open_hours`` names
    the calendars that were open at the receipt, ``None`` where it is not known when that was.
    """

    product: str = ""
    component: str = ""
    environment: str = ""
    region: str = ""
    channel: str = ""
    language: str = ""
    zone: str = ""
    place: str = ""
    agreed_on: date | None = None
    open_hours: tuple[str, ...] | None = None

    def only(self, names: frozenset[str]) -> Circumstances:
        """These circumstances with all that is not named left out."""
        return Circumstances(**{name: value for name, value in self._asdict().items() if name in names})


ANY = Circumstances()
"""Nothing is known: the terms a vendor publishes to everybody."""

COMPARED = ("product", "component", "environment", "region", "channel", "language")
"""What a condition may name, each by one text or several."""

_SPOKEN: Mapping[str, Callable[[str], Said]] = {
    "product": lambda words: sentence("for {product}", product=words),
    "component": lambda words: sentence("for {component}", component=words),
    "environment": lambda words: sentence("in {environment}", environment=words),
    "region": lambda words: sentence("in {region}", region=words),
    "channel": lambda words: sentence("by {channel}", channel=words),
    "language": lambda words: sentence("in {language}", language=words),
}


@dataclass(frozen=True, slots=True)
class When:
    """A condition: each field named must be one of its words, in any case, and the agreement's first day must fit.

    ``received_in`` and ``received_outside`` name calendars: one of the first, and none of the second, must be open when
    the report comes in.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    agreed_since: date | None = None
    agreed_before: date | None = None
    received_in: tuple[str, ...] = ()
    received_outside: tuple[str, ...] = ()

    @property
    def hours_named(self) -> frozenset[str]:
        """The calendars that it matters of whether they are open at the receipt."""
        return frozenset((*self.received_in, *self.received_outside))

    @property
    def looks_at(self) -> frozenset[str]:
        """The fields of ``Circumstances`` that decide whether it holds."""
        agreed = {"agreed_on"} if self.agreed_since or self.agreed_before else set()
        received = {"open_hours"} if self.hours_named else set()
        return frozenset({name for name, _words in self.words} | agreed | received)

    def holds(self, circumstances: Circumstances) -> bool:
        """Whether it holds; a day or a receipt that is not known is neither before nor after, in nor outside."""
        for name, words in self.words:
            if getattr(circumstances, name).casefold() not in {word.casefold() for word in words}:
                return False
        return self._agreed_in_time(circumstances.agreed_on) and self._received_in_time(circumstances.open_hours)

    def _agreed_in_time(self, agreed_on: date | None) -> bool:
        if self.agreed_since and (agreed_on is None or agreed_on < self.agreed_since):
            return False
        return not (self.agreed_before and (agreed_on is None or agreed_on >= self.agreed_before))

    def _received_in_time(self, open_hours: tuple[str, ...] | None) -> bool:
        if not self.hours_named:
            return True
        if open_hours is None:
            return False
        is_in = not self.received_in or not set(self.received_in).isdisjoint(open_hours)
        return is_in and set(self.received_outside).isdisjoint(open_hours)

    def spoken(self, hours: Mapping[str, str]) -> str:
        """``In production, by phone`` as a heading of what holds then, ``hours`` being what calendars are called."""
        return capitalised(joined(", ", self._parts(hours)))

    def _parts(self, hours: Mapping[str, str]) -> Iterator[str]:
        for name, words in self.words:
            yield _SPOKEN[name](_or(CHANNEL_NAMES.get(word, word) if name == "channel" else word for word in words))
        if self.received_in:
            yield sentence("received in {hours}", hours=_or(hours.get(name, name) for name in self.received_in))
        if self.received_outside:
            yield sentence(
                "received outside {hours}", hours=_or(hours.get(name, name) for name in self.received_outside)
            )
        if self.agreed_since:
            yield sentence("agreed since {day}", day=self.agreed_since)
        if self.agreed_before:
            yield sentence("agreed before {day}", day=self.agreed_before)

    def __str__(self) -> str:
        return self.spoken({})


def _or(words: Iterable[str]) -> str:
    return reduce(lambda some, other: sentence("{some} or {other}", some=some, other=other), words)
