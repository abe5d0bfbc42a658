"""What is told of a service review: to its writers, to whoever leads the account, and to its customer managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.urgency import REPLY
from watchkeeper.notify.wording.moments import dated
from watchkeeper.notify.wording.words import Words, one_line, paragraphs
from watchkeeper.ui.moments import DeskZone


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review as its reader is told of it: ``period`` in words, and where *they* open it."""

    account: str
    period: str
    zone: DeskZone
    url: str


def review_drafted(review: Review) -> Words:
    """To those who write it: the figures are there, the words are missing."""
    return _told(
        review,
        gettext("a service review is drafted"),
        gettext("The figures of {period} are counted, and repeated causes are being looked for.").format(
            period=review.period
        ),
        gettext("Name the groups, write what the figures do not say, and let it be published:\n{url}").format(
            url=review.url
        ),
    )


def review_published(review: Review, *, by: str, edition: int) -> Words:
    """To the customer managers: it can be read; or an earlier edition was corrected."""
    first = gettext("{by} published your service review of {period}. Read it, and say what you think of it:\n{url}")
    again = gettext("{by} corrected your service review of {period}; this is edition {edition}:\n{url}")
    opening = (first if edition == 1 else again).format(
        by=one_line(by), period=review.period, url=review.url, edition=edition
    )
    return _told(review, gettext("your service review"), opening, is_automatic=False)


def review_date_set(review: Review, *, by: str, meets_at: datetime) -> Words:
    """To both sides: when it is to be held."""
    opening = gettext("{by} set the date on which the service review of {period} is held: {when}.").format(
        by=one_line(by), period=review.period, when=dated(meets_at, review.zone)
    )
    return _told(review, gettext("date of the service review"), opening, review.url, is_automatic=False)


def review_commented(review: Review, *, by: str, text: str) -> Words:
    """To the other side: what somebody said about it."""
    opening = gettext("{by} wrote about the service review of {period}:").format(by=one_line(by), period=review.period)
    heading = _subject(review, gettext("a comment on the service review"))
    return Words.of_a_person(heading, opening, text, review.url)


def review_not_published(review: Review, *, days: int) -> Words:
    """To whoever leads the account: the draft has been lying there."""
    opening = gettext("The service review of {period} was drafted {days} days ago and is not published yet.")
    return _told(
        review,
        gettext("the service review waits to be published"),
        opening.format(period=review.period, days=days),
        gettext("Read what the engineers wrote, and publish it:\n{url}").format(url=review.url),
    )


def review_without_a_date(review: Review, *, days: int) -> Words:
    """To whoever leads the account: nobody said when it is held."""
    opening = gettext("The service review of {period} was published {days} days ago and has no date yet.")
    return _told(
        review,
        gettext("the service review has no date"),
        opening.format(period=review.period, days=days),
        gettext("Agree on one with the customer, and set it:\n{url}").format(url=review.url),
    )


def review_comes_up(review: Review, *, meets_at: datetime) -> Words:
    """To both sides, some days before."""
    opening = gettext("The service review of {period} is held {when}.").format(
        period=review.period, when=dated(meets_at, review.zone)
    )
    return _told(review, gettext("the service review comes up"), opening, review.url)


def review_not_held(review: Review, *, meets_at: datetime) -> Words:
    """To whoever leads the account: its date passed, and nobody said that it was held."""
    opening = gettext("The service review of {period} was to be held {when}.").format(
        period=review.period, when=dated(meets_at, review.zone)
    )
    return _told(
        review,
        gettext("was the service review held?"),
        opening,
        gettext("Write down what was agreed, or set another date:\n{url}").format(url=review.url),
    )


def _told(review: Review, what: str, *parts: str, is_automatic: bool = True) -> Words:
    text = paragraphs(*parts)
    return Words(subject=_subject(review, what), text=text, urgency=REPLY, is_automatic=is_automatic)


def _subject(review: Review, what: str) -> str:
    return one_line(f"{review.account}, {review.period}: {what}")
