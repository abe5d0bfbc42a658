"""The tables that can be imported, in the order in which a new desk needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from watchkeeper.core.policy import Policy
from watchkeeper.core.said import sentence
from watchkeeper.office.importing import accounts, agreements, licences, people
from watchkeeper.office.importing.plan import Plan
from watchkeeper.office.importing.problems import Problem
from watchkeeper.office.importing.table import Column, Row


class Kind(NamedTuple):
    """One kind of table: name, what it holds, the act of ``people.access`` it takes, its columns, and what decides."""

    key: str
    name: str
    holds: str
    act: str
    columns: tuple[Column, ...]
    plan: Callable[[Iterable[Row], Policy, Mapping[str, str], list[Problem]], Plan]


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "people",
            sentence("people"),
            sentence("The vendor's own people, and those of its customers."),
            "manage people",
            people.COLUMNS,
            lambda rows, _policy, _files, problems: people.plan(rows, problems),
        ),
        Kind(
            "accounts",
            sentence("accounts"),
            sentence("The customers, who serves them and who leads them."),
            "manage people",
            accounts.COLUMNS,
            lambda rows, policy, _files, problems: accounts.plan(rows, policy, problems),
        ),
        Kind(
            "licences",
            sentence("licences"),
            sentence("From when until when an account may use the product."),
            "manage agreements",
            licences.COLUMNS,
            lambda rows, _policy, _files, problems: licences.plan(rows, problems),
        ),
        Kind(
            "agreements",
            sentence("agreements"),
            sentence("The levels that accounts have bought, with their SLAs."),
            "manage agreements",
            agreements.COLUMNS,
            agreements.plan,
        ),
    )
}
