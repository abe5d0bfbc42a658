"""What of attainment is asked for: read from the address, so that a figure can be kept, shared and opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q
from django.http import QueryDict

from watchkeeper.core.policy import ESCALATION_ANSWER, PROMISED_METRICS
from watchkeeper.reports.attainment.sorting import FIGURES

NOT_NAMED = "-"
"""The component of what names none."""

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty means: do not narrow. What an address says that nobody offers is dropped.

    ``figure`` and ``why`` (a reason for being left out or cancelled), ``month`` and ``hour`` (of the week) name the
    commitments behind one figure.
    """

    period: str = ""
    account: str = ""
    level: str = ""
    severity: str = ""
    metric: str = ""
    component: str = ""
    figure: str = ""
    why: str = ""
    month: str = ""
    hour: str = ""

    @classmethod
    def by(cls, query: QueryDict) -> Self:
        """What an address asks for."""
        said = {name: query.get(name, "").replace("\0", "").strip()[:_LONGEST] for name in cls.__slots__}
        if not _is_number(said["severity"], 32_767):
            said["severity"] = ""
        if not _is_number(said["hour"], 167):
            said["hour"] = ""
        if said["metric"] not in (*PROMISED_METRICS, ESCALATION_ANSWER):
            said["metric"] = ""
        if said["figure"] not in FIGURES:
            said["figure"] = ""
        if not (len(said["month"]) == 7 and said["month"][:4].isdigit() and said["month"][5:].isdigit()):
            said["month"] = ""
        return cls(**said)

    def narrowing(self) -> Q:
        """The filters that every table of a page follows; the period, which has a calendar, is not among them."""
        q = Q()
        if self.account:
            q &= Q(account__slug=self.account)
        if self.level:
            q &= Q(level=self.level)
        if self.severity:
            q &= Q(severity=int(self.severity))
        if self.component:
            q &= Q(component="" if self.component == NOT_NAMED else self.component)
        return q

    def without_account(self) -> Self:
        """The same of all accounts that the reader sees."""
        return replace(self, account="")

    def but(self, **changes: str) -> str:
        """The query of the same page with some of it changed."""
        return replace(self, **changes).query

    @property
    def query(self) -> str:
        """``?period=2026-03&severity=1``, without what is empty."""
        query = QueryDict(mutable=True)
        query.update({name: value for name in self.__slots__ if (value := getattr(self, name))})
        return f"?{query.urlencode()}" if query else "?"

    @property
    def is_narrow(self) -> bool:
        """Whether anything but a period is asked for."""
        return replace(self, period="") != type(self)()


def _is_number(written: str, largest: int) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 6 and int(written) <= largest
