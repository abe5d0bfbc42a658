"""Keeping licences and agreements: what changes is written into their history, and no two for the same overlap."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.office.agreements import history, words
from watchkeeper.people.models import Person
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement, Licence

_NEVER_OVERLAP = {"agreements_of_one_scope_never_overlap", "licences_of_an_account_never_overlap"}


class Overlaps(ValueError):
    """Another licence or agreement for the same holds on some of these days; the message names it."""


def keep_agreement(
    agreement: Agreement,
    act: str,
    *,
    by: Person,
    in_force: Policy,
    engineers: Iterable[Person] | None = None,
    before: history.Said = history.NOTHING,
) -> None:
    """Keep an agreement as it stands, with its engineers where they are given, and what became different.

    Raises ``Overlaps``, and then nothing is written.
    """
    _save(agreement, in_force)
    if engineers is not None:
        agreement.designated_engineers.set(engineers, through_defaults={"account_id": agreement.account_id})
    history.record(
        agreement.account,
        act,
        words.called_on_record(agreement, in_force),
        by=by,
        before=before,
        after=history.said_of_agreement(agreement, in_force),
        agreement=agreement,
    )


def keep_licence(
    licence: Licence, act: str, *, by: Person, in_force: Policy, before: history.Said = history.NOTHING
) -> None:
    """Keep a licence as it stands, and what became different. Raises ``Overlaps``."""
    _save(licence, in_force)
    history.record(licence.account, act, "Licence", by=by, before=before, after=history.days_of(licence))


def _save(row: Licence | Agreement, in_force: Policy) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is None or diagnosis.constraint_name not in _NEVER_OVERLAP:
            raise
        raise Overlaps(_overlap(row, in_force)) from error


def _overlap(row: Licence | Agreement, in_force: Policy) -> str:
    others = type(row).objects.filter(account=row.account, period__overlap=row.period).exclude(pk=row.pk)
    if isinstance(row, Agreement):
        others = others.filter(scope=row.scope, scope_value=row.scope_value).select_related("pinned_version")
    other = others.order_by("period").first()
    if other is None:
        return gettext("Another one for the same was in the way, and is gone again: try once more.")
    name = words.called(other, in_force) if isinstance(other, Agreement) else gettext("A licence")
    ends = other.period.upper
    begin = gettext(", or begin on {ends}").format(ends=periods.day(ends)) if ends is not None else ""
    return gettext("{name}, {period}, covers the same. Two never overlap: end that one first{begin}.").format(
        name=name, period=periods.spelled(other.period), begin=begin
    )
