"""Policies and SLAs as text: files in the language that read back to equal values.

Every function ``said_…`` turns one kind of value into what the file says of it; a new field is a line in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields
from typing import TypeVar

from watchkeeper.core.policy import Level, Policy
from watchkeeper.core.policy_file.document import read_policy
from watchkeeper.core.policy_file.operating import Place, StoredHolidays
from watchkeeper.core.policy_file.overlay import read_sla
from watchkeeper.core.policy_file.problems import PolicyFileErrors
from watchkeeper.core.policy_file.writing.document import said_policy
from watchkeeper.core.policy_file.writing.names import CannotBeWritten, Names, given
from watchkeeper.core.policy_file.writing.overlay import inside, said_overlay, said_variants
from watchkeeper.core.policy_file.writing.page import page
from watchkeeper.core.promise import Sla

__all__ = ["CannotBeWritten", "written", "written_sla"]

Value = TypeVar("Value", Policy, Sla)


def written(policy: Policy, *, holidays: StoredHolidays | None = None) -> str:
    """A file that says ``policy``, as a person would write it: ``read_policy(written(policy)) == policy``.

    Holidays stand in it as dates, so that it is complete in itself. With ``holidays``, those that a version was stored
    with, countries stand for theirs; the file is then read with the same. Raises ``CannotBeWritten``.
    """
    stored = holidays or {}
    text = page(said_policy(policy, _names(policy, stored)))
    return _read_back(text, policy, lambda: read_policy(text, holidays=stored))


def written_sla(sla: Sla, policy: Policy, level: Level, *, holidays: StoredHolidays | None = None) -> str:
    """A file that says ``sla`` over ``level`` of ``policy``: ``read_sla`` gives it back. Otherwise like ``written``."""
    stored = holidays or {}
    names = inside(sla.terms, sla.operating, _names(policy, stored))
    terms = said_overlay(sla.terms, sla.operating, level, names)
    text = page(given({"sla": sla.name, **terms, "variants": said_variants(sla.variants, level, names)}))
    return _read_back(text, sla, lambda: read_sla(text, policy, level, holidays=stored))


def _names(policy: Policy, holidays: StoredHolidays) -> Names:
    place = Place(policy.zone, policy.zone_label)
    return Names(policy.severities, policy.operating, policy.contacts, place, holidays)


def _read_back(text: str, value: Value, read: Callable[[], Value]) -> str:
    """The text, which must say the value again."""
    try:
        found = read()
    except PolicyFileErrors as errors:
        raise CannotBeWritten(f"no file says this: {errors}") from errors
    lost = [field.name for field in fields(value) if field.compare and _of(value, field) != _of(found, field)]
    if lost:
        raise CannotBeWritten(f"a file would say something else as {' and '.join(lost)}")
    return text


def _of(value: Value, field: Field[object]) -> object:
    return getattr(value, field.name)
