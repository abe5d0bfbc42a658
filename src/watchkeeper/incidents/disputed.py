"""Disputes of an incident in words, for the customer's page and the team's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from watchkeeper.core.disputes import A_MET, DECLINED, EXCLUSION, OPEN, SEVERITY, UPHELD, Dispute, Subject
from watchkeeper.ui.time_left import metric_in_a_sentence

STANDINGS: dict[str, Lazy] = {
    OPEN: pgettext_lazy("a dispute", "not answered yet"),
    UPHELD: pgettext_lazy("a dispute", "upheld"),
    DECLINED: pgettext_lazy("a dispute", "declined"),
}
_ABOUT: dict[str, Lazy] = {
    SEVERITY: gettext_lazy("its severity"),
    EXCLUSION: gettext_lazy("that the {commitment} is left out of attainment"),
    A_MET: gettext_lazy("that the {commitment} counts as met"),
}


class Told(NamedTuple):
    """A dispute in words. ``key`` names its subject in forms."""

    key: str
    about: str
    standing: str
    is_open: bool


def told(disputes: Iterable[Dispute]) -> list[Told]:
    """Disputes in the order they were opened."""
    return [
        Told(key_of(each.subject), subject_said(each.subject), str(STANDINGS[each.standing]), each.standing == OPEN)
        for each in disputes
    ]


def choices(subjects: Iterable[Subject]) -> list[tuple[str, str]]:
    """What a form offers."""
    return [(key_of(subject), subject_said(subject)) for subject in subjects]


def subject_said(subject: Subject) -> str:
    """``that the acknowledgement counts as met``."""
    metric = metric_in_a_sentence(subject.metric) if subject.metric else ""
    commitment = metric if subject.nth < 2 else f"{metric} {subject.nth}"
    return str(_ABOUT[subject.about]).format(commitment=commitment)


def subject_in(data: Mapping[str, Any]) -> Subject:
    """The subject that the data of an event name."""
    return Subject(*(data[name] for name in Subject._fields))


def key_of(subject: Subject) -> str:
    """``severity`` or ``met:acknowledgement:1``."""
    return subject.about if not subject.metric else ":".join(map(str, subject))


def subject_named(key: str) -> Subject:
    """The subject of a key. Raises ``UnknownSubject``."""
    about, _colon, commitment = key.partition(":")
    metric, _colon, nth = commitment.partition(":")
    if about not in _ABOUT or (about == SEVERITY) is bool(metric) or (nth and not _is_count(nth)):
        raise UnknownSubject(gettext("A dispute is about severity, or named like met:acknowledgement:1."))
    return Subject(about, metric, int(nth or 0))


class UnknownSubject(ValueError):
    """A text that names nothing that can be contested."""


def _is_count(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 6
