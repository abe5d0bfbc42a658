"""How many people of a customer may report, as a number, by how large the customer is, or growing with it."""

from __future__ import annotations

from typing import NamedTuple

from watchkeeper.core.said import joined, sentence


class Band(NamedTuple):
    """``at_most`` so many contacts, for a customer of ``up_to`` so many of what is counted; ``None``: of any size."""

    at_most: int
    up_to: int | None = None


class NamedContacts(NamedTuple):
    """The bands from the smallest customers on, and ``more`` contacts for each further ``for_each`` beyond the last.

    ``by`` says what a customer's size is counted in, ``who`` in words who they are.
    """

    bands: tuple[Band, ...]
    by: str = ""
    more: int = 0
    for_each: int = 0
    who: str = ""

    def __str__(self) -> str:
        said = sentence("at most {limits}", limits=joined(", ", map(self._limit, self.bands)))
        if self.more:
            said = sentence(
                "{limits}, and {count} more for each further {step} {by}",
                limits=said,
                count=self.more,
                step=self.for_each,
                by=self.by,
            )
        return sentence("{limits} ({who})", limits=said, who=self.who) if self.who else said

    def _limit(self, band: Band) -> str:
        if not band.up_to:
            return str(band.at_most)
        return sentence("{count} up to {size} {by}", count=band.at_most, size=band.up_to, by=self.by)
