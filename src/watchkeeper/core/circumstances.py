"""What of an incident and its account a policy may look at: product, place, channel, the customer's zone and holidays.

A policy that makes no difference between circumstances never looks at them, and its promises are the same in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Circumstances(NamedTuple):
    """What is known when a promise is given; empty where nothing is.

    ``zone`` is the customer's IANA zone, ``place`` whose holidays the customer keeps (``US``, ``DE-BY``), ``region``
    the vendor's word for where the customer is served, ``agreed_on`` the day the agreement began.
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

    def only(self, names: frozenset[str]) -> Circumstances:
        """These circumstances with all that is not named left out."""
        return Circumstances(**{name: value for name, value in self._asdict().items() if name in names})


ANY = Circumstances()
"""Nothing is known: the terms a vendor publishes to everybody."""

COMPARED = ("product", "component", "environment", "region", "channel", "language")
"""What a condition may name, each by one text or several."""

_SPOKEN = {
    "product": "for {}",
    "component": "for {}",
    "environment": "in {}",
    "region": "in {}",
    "channel": "by {}",
    "language": "in {}",
}


@dataclass(frozen=True, slots=True)
class When:
    """A condition: each field named must be one of its words, in any case, and the agreement's first day must fit."""

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    agreed_since: date | None = None
    agreed_before: date | None = None

    @property
    def looks_at(self) -> frozenset[str]:
        """The fields of ``Circumstances`` that decide whether it holds."""
        agreed = {"agreed_on"} if self.agreed_since or self.agreed_before else set()
        return frozenset({name for name, _words in self.words} | agreed)

    def holds(self, circumstances: Circumstances) -> bool:
        """Whether it holds; a day that is not known is neither before nor after another."""
        for name, words in self.words:
            if getattr(circumstances, name).casefold() not in {word.casefold() for word in words}:
                return False
        agreed_on = circumstances.agreed_on
        if self.agreed_since and (agreed_on is None or agreed_on < self.agreed_since):
            return False
        return not (self.agreed_before and (agreed_on is None or agreed_on >= self.agreed_before))

    def __str__(self) -> str:
        """``In production, by phone`` as a heading of what holds then."""
        parts = [_SPOKEN[name].format(" or ".join(words)) for name, words in self.words]
        parts += [f"agreed since {self.agreed_since}"] if self.agreed_since else []
        parts += [f"agreed before {self.agreed_before}"] if self.agreed_before else []
        said = ", ".join(parts)
        return said[:1].upper() + said[1:]
