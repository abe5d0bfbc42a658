"""What a customer contests, and what the vendor answers."""

from __future__ import annotations

from django.utils.translation import gettext

from watchkeeper.notify.wording.about import About, footer
from watchkeeper.notify.wording.words import Words, one_line


def disputed(about: About, *, by: str, subject: str, message: str) -> Words:
    """To the assignee, the managers and those who follow: what is contested, and why."""
    opening = gettext("{by} contests {subject}:").format(by=one_line(by), subject=subject)
    return Words.of_a_person(about.subject, opening, message, footer(about))


def dispute_answered(about: About, *, by: str, subject: str, message: str, is_upheld: bool) -> Words:
    """To the customer: whether they are right, in the words of who decided. What was counted stays counted so."""
    words = gettext("{by} agrees with what you contested, {subject}:")
    if not is_upheld:
        words = gettext("{by} does not agree with what you contested, {subject}:")
    return Words.of_a_person(about.subject, words.format(by=one_line(by), subject=subject), message, footer(about))
