"""What people write in a review beside its figures: kept with every earlier text, and never written over unseen."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, ngettext

from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.premium.models import ReviewWords, ServiceReview
from watchkeeper.premium.reviews.history import record
from watchkeeper.premium.reviews.periods import spelled

HEADINGS = {
    "summary": gettext_lazy("In short"),
    "volume": gettext_lazy("What came in"),
    "acknowledgement": gettext_lazy("How soon we answered"),
    "causes": gettext_lazy("Repeated causes"),
    "longest": gettext_lazy("What stayed open longest"),
    "ahead": gettext_lazy("What comes next"),
    "recommendations": gettext_lazy("Open recommendations"),
}
"""The sections of a review by their names, in the order they are read."""


class Closed(Exception):
    """The review was held; it is read and no longer written."""


class WrittenMeanwhile(Exception):
    """Somebody else wrote in the review since the page was opened; ``words`` are theirs."""

    def __init__(self, words: ReviewWords) -> None:
        self.words = words
        name = words.by.name if words.by else gettext("The desk")
        told = gettext(
            "{person} wrote in this review meanwhile; yours is not kept yet. Look at theirs in another window, and "
            "save again to replace it."
        )
        super().__init__(told.format(person=name))


def newest_words(review: ServiceReview) -> ReviewWords:
    """What holds now."""
    newest = ReviewWords.objects.filter(review=review).select_related("by").first()
    assert newest is not None, "a review is drafted with its first words"
    return newest


def save_words(review: ServiceReview, sections: Mapping[str, str], *, seen: int, by: Person) -> ReviewWords:
    """Keep what ``by`` made of the words number ``seen``. Raises ``WrittenMeanwhile`` and ``Closed``."""
    access.require(by, "write review")
    with transaction.atomic():
        held = hold_open(review)
        newest = newest_words(held)
        if newest.number != seen:
            raise WrittenMeanwhile(newest)
        written = {name: as_kept(sections[name]) for name in HEADINGS}
        changed = [name for name in HEADINGS if written[name] != newest.sections[name]]
        if not changed:
            return newest
        now = clock.now()
        record(held, "written", at=now, by=by, about=", ".join(changed))
        return _keep(held, written, number=seen + 1, at=now, by=by)


def keep_first_words(review: ServiceReview, total: int, then: int) -> ReviewWords:
    """What a draft begins with: a sentence about how much came in, and room for the rest."""
    sections = dict.fromkeys(HEADINGS, "") | {"summary": _in_short(review, total, then)}
    return _keep(review, sections, number=1, at=review.drafted_at, by=None)


def hold_open(review: ServiceReview) -> ServiceReview:
    """Lock a review that is not held yet and read it anew. Raises ``Closed``."""
    held = (
        ServiceReview.objects.select_for_update(of=("self",), no_key=True).select_related("account").get(pk=review.pk)
    )
    if not held.is_open:
        raise Closed(gettext("This review was held; what was said in it stays as it was."))
    return held


def as_kept(text: str) -> str:
    """A text with the line ends that all of ours have; browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _keep(review: ServiceReview, sections: Mapping[str, str], **how: object) -> ReviewWords:
    return ReviewWords.objects.create(review=review, account_id=review.account_id, sections=dict(sections), **how)


def _in_short(review: ServiceReview, total: int, then: int) -> str:
    told = ngettext(
        "{count} incident was received in {period}, after {before} in the one before.",
        "{count} incidents were received in {period}, after {before} in the one before.",
        total,
    )
    return told.format(count=total, period=_in_a_sentence(spelled(review.period)), before=then)


def _in_a_sentence(period: str) -> str:
    return period[:1].lower() + period[1:] if period.startswith("Quarter") else period
