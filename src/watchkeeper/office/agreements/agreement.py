"""``/desk/agreements/<key>``: one agreement: its terms beside its level, its signed copies, its history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from watchkeeper.incidents.desk import shell
from watchkeeper.office.agreements import history, words
from watchkeeper.office.agreements.account import holds_from
from watchkeeper.office.agreements.door import MANAGE, agreement_read
from watchkeeper.office.agreements.signed_copies import SignedCopyForm
from watchkeeper.office.agreements.spells import ENDED, spells
from watchkeeper.office.agreements.terms_compared import compared
from watchkeeper.people import access, clock
from watchkeeper.policies.versions import local_day, policy_of, version_in_force


def agreement(request: HttpRequest, key: int) -> HttpResponse:
    """Everything about one agreement."""
    shown = agreement_read(request, key)
    now = clock.now()
    version = version_in_force(now)
    policy = policy_of(version)
    known = spells(shown.account.agreements.select_related("pinned_version"), local_day(now), policy)
    spell = next(each for each in known if each.row == shown)
    level = words.level_of(shown, policy)
    return shell.page(
        request,
        "office/agreements/agreement.html",
        now=now,
        policy=policy,
        section="desk-accounts",
        agreement=shown,
        account=shown.account,
        spell=spell,
        level=level,
        rank=words.policy_followed_by(shown, policy).levels.index(level) + 1 if level else 1,
        covers=words.covers(shown),
        version=shown.pinned_version or version,
        compared=compared(shown, at=now),
        afterwards=holds_from(shown.account, spell, policy.zone) if spell.ends_soon or spell.phase == ENDED else None,
        engineers=shown.designated_engineers.order_by("name"),
        copy_form=SignedCopyForm(),
        signed_copies=shown.signed_copies.select_related("given_by"),
        entries=history.entries(shown.changes.select_related("by")),
        renewal_url=f"{reverse('desk-new-agreement', args=[shown.account.slug])}?renews={shown.pk}",
        may_manage=access.may(request.user, MANAGE),
    )
