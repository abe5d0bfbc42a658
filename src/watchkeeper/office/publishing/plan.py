"""What would come of publishing a text on a day, and everything that stands in the way of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.office.publishing.breakage import Breakage, breakages, left_without_a_level
from watchkeeper.office.publishing.checking import Checked, check
from watchkeeper.office.publishing.models import DraftEffect, PolicyDraft
from watchkeeper.office.publishing.versions import today
from watchkeeper.office.publishing.words import said
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.publishing import candidate
from watchkeeper.policies.versions import policy_of

AT_ONCE = None
"""Instead of a day: today, and every report from the moment of publishing on is promised what the version says."""


class NotPublished(Exception):
    """Something stands in the way; ``reasons`` says all of it, each in a sentence."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class Plan(NamedTuple):
    """What publishing a text would do: from which ``day`` on, and which version it ``replaces`` then.

    ``checked`` compares it with that version. ``obstacles`` are empty where it can be published; ``remarks`` should be
    read before.
    """

    checked: Checked
    day: date
    replaces: PolicyVersion
    broken: tuple[Breakage, ...] = ()
    obstacles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def plan(text: str, *, valid_from: date | None, at: datetime) -> Plan:
    """What would come of publishing ``text`` at an instant, in force from a day, or ``AT_ONCE``.

    Raises ``NotPublished`` where it says no sound policy, or no policy is in force on that day.
    """
    try:
        version = candidate(text)
    except PolicyFileErrors as errors:
        number = len(errors.problems)
        told = ngettext(
            "The text has {count} error; put it right first.",
            "The text has {count} errors; put it right first.",
            number,
        )
        raise NotPublished(told.format(count=number)) from None
    now_there = today(version, at)
    day = now_there if valid_from is AT_ONCE else valid_from
    replaces = PolicyVersion.objects.in_force_on(day)
    if replaces is None:
        raise NotPublished(_("No policy is in force on {day} that it could replace.").format(day=said(day)))
    broken = tuple(breakages(policy_of(version), on=now_there))
    obstacles = (*_of_the_day(valid_from, now_there), *_of_the_text(text, replaces), *_of_what_breaks(broken))
    remarks = (*_taken_over(day), *_left_alone(version, day))
    return Plan(check(text, against=policy_of(replaces)), day, replaces, broken, obstacles, remarks)


def obstacles_of(draft: PolicyDraft, planned: Plan) -> tuple[str, ...]:
    """What stands in the way of publishing a draft, beside what stands in the way of its text."""
    return (*planned.obstacles, *_of_the_comparison(draft, planned), *_of_the_effect(draft))


def _of_the_day(valid_from: date | None, now_there: date) -> Iterator[str]:
    if valid_from is AT_ONCE or valid_from > now_there:
        return
    tomorrow = said(now_there + timedelta(days=1))
    told = (
        _("{day} is today: a version is in force from a whole day, {tomorrow} or later, or at once.")
        if valid_from == now_there
        else _("{day} is past: a version is in force from a whole day, {tomorrow} or later, or at once.")
    )
    yield told.format(day=said(valid_from), tomorrow=tomorrow)


def _of_the_text(text: str, replaces: PolicyVersion) -> Iterator[str]:
    if text == replaces.text:
        yield _("It says to the letter what version {number} says.").format(number=replaces.number)


def _of_what_breaks(broken: tuple[Breakage, ...]) -> Iterator[str]:
    if broken:
        told = ngettext(
            "It would break {count} promise that were agreed: settle each first.",
            "It would break {count} promises that were agreed: settle each first.",
            len(broken),
        )
        yield told.format(count=len(broken))


def _of_the_comparison(draft: PolicyDraft, planned: Plan) -> Iterator[str]:
    if planned.replaces != draft.based_on:
        told = _(
            "On {day} it would replace version {replaced}, and it was compared with "
            "version {compared}: compare it with version {replaced} first."
        )
        yield told.format(day=said(planned.day), replaced=planned.replaces.number, compared=draft.based_on.number)


def _of_the_effect(draft: PolicyDraft) -> Iterator[str]:
    effect = DraftEffect.objects.filter(draft=draft).first()
    if effect is None or effect.finished_at is None:
        yield _("Its effect was not replayed yet.")
    elif effect.revision != draft.revision:
        yield _("It was changed since its effect was replayed: replay it again.")


def _taken_over(day: date) -> Iterator[str]:
    later = PolicyVersion.objects.standing().filter(valid_from__gt=day).order_by("valid_from", "-number").first()
    if later is not None:
        told = _(
            "Version {number} is planned and takes over on {day}; what this one changes is "
            "not in it. Withdraw it, or publish another one for that day."
        )
        yield told.format(number=later.number, day=said(later.valid_from))


def _left_alone(version: PolicyVersion, day: date) -> Iterator[str]:
    alone = left_without_a_level(policy_of(version), on=day)
    if alone:
        told = ngettext(
            "{count} account with a licence alone would be promised nothing any more.",
            "{count} accounts with a licence alone would be promised nothing any more.",
            alone,
        )
        yield told.format(count=alone)
