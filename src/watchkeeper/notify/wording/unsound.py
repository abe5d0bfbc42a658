"""What is wrong with the words that somebody gave a letter: each complaint says what stands there and what may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from django.utils.translation import gettext

from watchkeeper.notify.wording.letters import Letter
from watchkeeper.notify.wording.template import Template, not_alone, unknown_in, variables_in
from watchkeeper.notify.wording.words import one_line

SUBJECT, BODY = "subject", "body"
LONGEST_SUBJECT = 150
LONGEST_BODY = 4_000
"""In characters."""


def complaints(letter: Letter, template: Template) -> dict[str, list[str]]:
    """By field; empty where the words are sound."""
    found = {SUBJECT: list(_of_subject(letter, template.subject)), BODY: list(_of_body(letter, template))}
    return {field: several for field, several in found.items() if several}


def _of_subject(letter: Letter, subject: str) -> Iterator[str]:
    if not subject.strip():
        yield gettext("Write a subject.")
    if subject != one_line(subject):
        yield gettext("A subject is one line, without breaks and marks that cannot be seen.")
    yield from _too_long(subject, LONGEST_SUBJECT)
    yield from _unknown(subject, [name for name in letter.known if name not in letter.blocks])


def _of_body(letter: Letter, template: Template) -> Iterator[str]:
    if any(not (char.isprintable() or char in "\n\t") for char in template.body):
        yield gettext("It holds marks that cannot be seen; write plain text.")
    yield from _too_long(template.body, LONGEST_BODY)
    yield from _unknown(template.body, letter.known)
    counted = Counter(variables_in(template.body))
    missing = [name for name in letter.known if name in letter.must_say and not counted[name]]
    if missing:
        yield gettext("It has to say {names}.").format(names=_listed(missing))
    for name in dict.fromkeys(not_alone(template, letter.blocks)):
        yield gettext("{name} stands in a paragraph of its own: leave an empty line before and after it.").format(
            name=f"{{{name}}}"
        )
    twice = [name for name in letter.known if name in letter.blocks and counted[name] > 1]
    if twice:
        yield gettext("It says {names} more than once.").format(names=_listed(twice))


def _too_long(text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        yield gettext("It has {count} characters; {most} are the most.").format(count=len(text), most=most)


def _unknown(text: str, known: Collection[str]) -> Iterator[str]:
    for name in unknown_in(text, known):
        yield gettext("{name} is none of the variables here. There are {names}.").format(
            name=f"{{{name}}}", names=_listed(known)
        )


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
