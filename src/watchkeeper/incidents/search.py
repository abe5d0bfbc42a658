"""Finding incidents by reference, by a part of the title, or by words of what was said.

The wall keeps PostgreSQL from using an index for a search, whose operators it does not know to be discreet. So a
function of the owner searches, behind the same wall: ``watchkeeper_found`` answers keys, and whoever asks sees of
those incidents what they see of any.
"""

from __future__ import annotations

import re

from django.db.models import BigIntegerField, Q
from django.db.models.expressions import RawSQL

from watchkeeper.people.models import Person


def found(words: str, *, reader: Person) -> Q:
    """Of incidents those that ``words`` find; a customer finds nothing by a note. No words narrow nothing.

    What was said is found by all words together, in any order, each by its beginning.
    """
    if not words:
        return Q()
    keys = RawSQL(
        "select watchkeeper_found(to_tsquery('simple', %s), %s, %s)",
        [_query(words), _escaped(words), not reader.is_customer],
        output_field=BigIntegerField(),
    )
    return Q(reference__istartswith=words) | Q(pk__in=keys)


def _query(words: str) -> str:
    """What PostgreSQL takes apart as it does what was said: a quoted word each, of which the beginning is enough."""
    return " & ".join(f"'{word}':*" for word in re.sub(r"(['\\])", r"\1\1", words).split())


def _escaped(part: str) -> str:
    """A part of a title for LIKE, which takes three characters for its own."""
    return re.sub(r"([\\%_])", r"\\\1", part)
