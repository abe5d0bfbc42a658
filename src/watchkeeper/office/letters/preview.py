"""A letter by words that are not kept yet: as plain text, and as the page that mail programs show."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.utils import translation

from watchkeeper.notify.channels.mail.page import page
from watchkeeper.notify.models import Notice
from watchkeeper.notify.wording.composing import reworded
from watchkeeper.notify.wording.letters import LETTERS
from watchkeeper.notify.wording.samples import sample
from watchkeeper.notify.wording.template import Template
from watchkeeper.notify.wording.words import Words, one_line

_SALT = "a letter that is being worded"
_SECONDS = 3600


class Typed(NamedTuple):
    """What somebody is typing for a letter."""

    kind: str
    language: str
    template: Template


def previewed(typed: Typed) -> Words:
    """The sample of a letter, in the words that are typed."""
    subject = one_line(typed.template.subject) or "…"
    with translation.override(typed.language):
        return reworded(sample(typed.kind), Template(subject, typed.template.body.strip() or "…"))


def previewed_page(typed: Typed) -> str:
    """The same as the page of a mail."""
    words = previewed(typed)
    begins, ends = words.prose
    told = {"subject": words.subject, "text": words.text, "urgency": words.urgency, "language": typed.language}
    return page(Notice(pk=uuid.UUID(int=0), prose_from=begins, prose_to=ends, **told))


def carried(typed: Typed) -> str:
    """What is typed, for the address of a frame: signed, so that nobody's link shows words of theirs on our pages."""
    return signing.dumps([typed.kind, typed.language, *_words(typed)], salt=_SALT, compress=True)


def brought(carried: str) -> Typed | None:
    """What ``carried`` made; nothing where it is of somebody else, or old."""
    try:
        kind, language, subject, body = signing.loads(carried, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    known = kind in LETTERS and language in dict(settings.LANGUAGES)
    return Typed(kind, language, Template(subject, body)) if known else None


def _words(typed: Typed) -> list[str]:
    return [typed.template.subject, typed.template.body]
