"""Drafts: opened, saved, compared, discarded. Of two who save at once one wins, and nothing is lost."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from watchkeeper.office.publishing.models import EarlierText, PolicyDraft
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.policies.models import PolicyVersion


class ChangedMeanwhile(Exception):
    """Somebody saved the draft since it was read; ``draft`` is as they left it, ``before`` the text that was read."""

    def __init__(self, draft: PolicyDraft, before: str) -> None:
        self.draft = draft
        self.before = before
        told = _("{name} saved this draft meanwhile; nothing of yours was written over it")
        super().__init__(told.format(name=draft.changed_by))


class Closed(Exception):
    """The draft was published or discarded; it is read and no longer written."""


def open_draft(text: str, *, based_on: PolicyVersion, note: str, by: Person) -> PolicyDraft:
    """A new draft that says ``text``, sound or not, to be compared with ``based_on``; ``note`` says what it is for."""
    access.require(by, "publish policy")
    now = clock.now()
    return PolicyDraft.objects.create(
        text=as_kept(text),
        based_on=based_on,
        note=note.strip(),
        author=by,
        created_at=now,
        changed_by=by,
        changed_at=now,
    )


def save(draft: PolicyDraft, *, text: str, revision: int, by: Person) -> PolicyDraft:
    """Keep what ``by`` made of ``revision``. Raises ``ChangedMeanwhile`` where it is not the last one any more."""
    access.require(by, "publish policy")
    with transaction.atomic():
        held = hold(draft)
        if held.revision != revision:
            raise ChangedMeanwhile(held, text_at(held, revision))
        if as_kept(text) != held.text:
            _keep_earlier(held)
            held.text, held.revision = as_kept(text), held.revision + 1
            held.changed_by, held.changed_at = by, clock.now()
            held.save()
    return held


def compare_with(draft: PolicyDraft, version: PolicyVersion, *, by: Person) -> PolicyDraft:
    """Compare the draft with another version from now on: the one that it would replace."""
    access.require(by, "publish policy")
    with transaction.atomic():
        held = hold(draft)
        held.based_on = version
        held.save(update_fields=["based_on"])
    return held


def discard(draft: PolicyDraft, *, by: Person) -> PolicyDraft:
    """Put a draft away; it can be read and no longer published."""
    access.require(by, "publish policy")
    with transaction.atomic():
        held = hold(draft)
        held.discarded_by, held.discarded_at = by, clock.now()
        held.save(update_fields=["discarded_by", "discarded_at"])
    return held


def hold(draft: PolicyDraft) -> PolicyDraft:
    """Lock an open draft and read it anew. Raises ``Closed``."""
    held = PolicyDraft.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.pk)
    if not held.is_open:
        if held.discarded_at:
            raise Closed(_("this draft was discarded meanwhile; open another one to go on"))
        raise Closed(_("this draft was published meanwhile; open another one to go on"))
    return held


def as_kept(text: str) -> str:
    """A text with the line ends that every file of ours has; browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_at(draft: PolicyDraft, revision: int) -> str:
    """What a draft said at a revision."""
    earlier = draft.earlier.filter(revision=revision).first()
    return earlier.text if earlier is not None else draft.text


def _keep_earlier(draft: PolicyDraft) -> None:
    EarlierText.objects.create(
        draft=draft, revision=draft.revision, text=draft.text, by=draft.changed_by, at=draft.changed_at
    )
