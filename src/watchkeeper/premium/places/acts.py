"""What people do: the team keeps the run book, and who announced a change, on either side, calls it off."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from watchkeeper.incidents.verbs import NotPossible
from watchkeeper.incidents.verbs.refusals import required
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account, Person
from watchkeeper.premium.models import AnnouncedChange, RunBookNote
from watchkeeper.premium.places.entitled import holds_ongoing_support

KEEP, ANNOUNCE = "keep run books", "announce changes"


class Part(NamedTuple):
    """A part of a place, by its names; all empty: all of it."""

    environment: str = ""
    product: str = ""
    component: str = ""


def write_note(account: Account, *, by: Person, part: Part, text: str) -> RunBookNote:
    """Begin the note of a part. Raises ``NotPossible`` where it has one."""
    access.require(by, KEEP)
    _require_ongoing_support(account)
    kept = {"text": required(text), "changed_by": by, "changed_at": clock.now()}
    try:
        with transaction.atomic():
            return RunBookNote.objects.create(account=account, **part._asdict(), **kept)
    except IntegrityError:
        raise NotPossible(gettext("this part has a note already; change that one")) from None


def rewrite_note(note: RunBookNote, *, by: Person, text: str, seen: int) -> RunBookNote:
    """Keep another text. ``seen`` is the number of the text that was changed; raises ``NotPossible`` for an older."""
    access.require(by, KEEP)
    kept = {"text": required(text), "number": seen + 1, "changed_by": by, "changed_at": clock.now()}
    if not RunBookNote.objects.filter(pk=note.pk, number=seen).update(**kept):
        newer = RunBookNote.objects.select_related("changed_by").filter(pk=note.pk).first()
        words = gettext("{person} changed the note meanwhile: look at theirs in another window, and keep yours again")
        raise NotPossible(words.format(person=newer.changed_by.name if newer else gettext("somebody")))
    note.refresh_from_db()
    return note


def remove_note(note: RunBookNote, *, by: Person) -> None:
    """The part has no note any more."""
    access.require(by, KEEP)
    note.delete()


def announce(
    account: Account, *, by: Person, title: str, text: str, part: Part, starts_at: datetime, ends_at: datetime
) -> AnnouncedChange:
    """Say what will be changed, or was changed without anybody saying so, and when."""
    access.require(by, ANNOUNCE)
    _require_ongoing_support(account)
    if ends_at <= starts_at:
        raise NotPossible(gettext("it ends before it starts"))
    if ends_at - starts_at > AnnouncedChange.LONGEST:
        words = gettext("it lasts longer than {days} days; announce its parts")
        raise NotPossible(words.format(days=AnnouncedChange.LONGEST.days))
    return AnnouncedChange.objects.create(
        account=account,
        title=required(title),
        text=text.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        announced_by=by,
        announced_at=clock.now(),
        **part._asdict(),
    )


def call_off(change: AnnouncedChange, *, by: Person) -> None:
    """It will not happen. It stays on the record, and cannot be called off when it is over."""
    access.require(by, ANNOUNCE)
    now = clock.now()
    if change.ends_at <= now:
        raise NotPossible(gettext("it is over"))
    standing = AnnouncedChange.objects.in_force().filter(pk=change.pk)
    if not standing.update(called_off_at=now, called_off_by=by):
        raise NotPossible(gettext("it was called off before"))


def _require_ongoing_support(account: Account) -> None:
    if not holds_ongoing_support(account, at=clock.now()):
        words = gettext("the support level of {account} does not include ongoing support")
        raise NotPossible(words.format(account=account.name))
