"""What is said in the installation's own words, where it has any for that letter in that language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from watchkeeper.notify.letters import our_wordings
from watchkeeper.notify.outbox.saying import Saying
from watchkeeper.notify.wording.composing import reworded
from watchkeeper.notify.wording.template import Template


def in_our_words(sayings: Sequence[Saying]) -> list[Saying]:
    """The same things said, each letter as it is worded now."""
    letters = {saying.words.filling.kind for saying in sayings if saying.words.filling is not None}
    ours = our_wordings(letters) if letters else {}
    return [_in_our_words(saying, ours) for saying in sayings]


def _in_our_words(saying: Saying, ours: Mapping[tuple[str, str], Template]) -> Saying:
    filling = saying.words.filling
    template = ours.get((filling.kind, saying.words.language)) if filling is not None else None
    return saying if template is None else replace(saying, words=reworded(saying.words, template))
