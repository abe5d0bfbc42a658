"""From a letter's template and what it is about to its words; the fixed parts are added here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import get_language, gettext

from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording.about import About
from watchkeeper.notify.wording.letters import LETTERS
from watchkeeper.notify.wording.template import Template, filled_body, filled_line
from watchkeeper.notify.wording.words import Filling, Words, one_line, paragraphs, subject


def composed(
    kind: str,
    values: Mapping[str, str],
    *,
    about: About | None = None,
    foot: str = "",
    urgency: str = REPLY,
    is_automatic: bool = True,
) -> Words:
    """The shipped words of a letter. ``foot`` stands beneath them, whatever they are."""
    filling = Filling(
        kind=kind,
        values={**(_about(about) if about else {}), **_safe(kind, values)},
        foot=foot,
        reference=about.reference if about else "",
        mark="TEST · " if about and about.is_test else "",
    )
    shipped = LETTERS[kind].shipped(get_language())
    return Words(**_said(filling, shipped), urgency=urgency, is_automatic=is_automatic, filling=filling)


def reworded(words: Words, template: Template) -> Words:
    """The same letter by another template."""
    assert words.filling is not None, "only a letter has a template"
    return replace(words, **_said(words.filling, template))


def _said(filling: Filling, template: Template) -> dict[str, object]:
    body = filled_body(template, filling.values, prose=LETTERS[filling.kind].prose)
    heading = f"{filling.mark}{filled_line(template.subject, filling.values)}"
    return {
        "subject": subject(filling.reference, heading) if filling.reference else one_line(heading),
        "text": paragraphs(body.text, filling.foot),
        "prose": body.prose,
    }


def _about(about: About) -> dict[str, str]:
    return {
        "title": one_line(about.title),
        "reference": about.reference,
        "account": one_line(about.account),
        "level": about.level or gettext("no level on record"),
        "severity": about.severity,
        "link": about.url,
    }


def _safe(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """What is no block is one line: whoever named themselves in two writes no paragraph of ours."""
    blocks = LETTERS[kind].blocks
    return {name: value if name in blocks else one_line(value) for name, value in values.items()}
