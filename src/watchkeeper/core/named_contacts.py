"""How many people of a customer may report, as a number, by how large the customer is, or growing with it."""

from __future__ import annotations

from typing import NamedTuple


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
        limits = [
            f"{band.at_most} up to {band.up_to} {self.by}" if band.up_to else str(band.at_most) for band in self.bands
        ]
        said = f"at most {', '.join(limits)}"
        said += f", and {self.more} more for each further {self.for_each} {self.by}" if self.more else ""
        return said + (f" ({self.who})" if self.who else "")
