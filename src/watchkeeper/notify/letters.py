"""How this installation words its letters: kept version by version, and used for all that is said from then on."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction

from watchkeeper.notify.models import LetterWording
from watchkeeper.notify.wording.letters import LETTERS
from watchkeeper.notify.wording.template import Template
from watchkeeper.notify.wording.unsound import complaints
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person

ACT = "word letters"


class Unsound(ValueError):
    """Words that a letter must not have; ``complaints`` say for each field what is wrong."""

    def __init__(self, complaints: dict[str, list[str]]) -> None:
        super().__init__("; ".join(each for several in complaints.values() for each in several))
        self.complaints = complaints


def wording_in_force(kind: str, language: str) -> Template:
    """What a letter says in a language now: the installation's words, or the shipped ones."""
    newest = LetterWording.objects.of(kind, language).first()
    if newest is None or newest.is_shipped:
        return LETTERS[kind].shipped(language)
    return Template(newest.subject, newest.body)


def word(kind: str, language: str, template: Template, *, by: Person) -> LetterWording:
    """Let a letter say this from now on. Raises ``Unsound``."""
    access.require(by, ACT)
    wrong = complaints(LETTERS[kind], template)
    if wrong:
        raise Unsound(wrong)
    return _keep(kind, language, by=by, subject=template.subject, body=template.body)


def go_back_to_shipped(kind: str, language: str, *, by: Person) -> LetterWording:
    """Let a letter say what it is shipped with again; what it said stays readable."""
    access.require(by, ACT)
    return _keep(kind, language, by=by, is_shipped=True)


def our_wordings(kinds: Collection[str]) -> dict[tuple[str, str], Template]:
    """What this installation says in its own words, by letter and language."""
    found = LetterWording.objects.in_force().filter(kind__in=kinds)
    return {(each.kind, each.language): Template(each.subject, each.body) for each in found if not each.is_shipped}


def _keep(kind: str, language: str, *, by: Person, **said: str | bool) -> LetterWording:
    with transaction.atomic():
        _one_writer_at_a_time()
        newest = LetterWording.objects.of(kind, language).first()
        return LetterWording.objects.create(
            kind=kind,
            language=language,
            number=newest.number + 1 if newest else 1,
            written_at=clock.now(),
            written_by=by,
            **said,
        )


def _one_writer_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('wording of letters', 0))")
