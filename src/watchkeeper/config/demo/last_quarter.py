"""Corvina Bank's last two quarters, and the service review of the last one: some troubles came again and again."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from watchkeeper.config.demo.acts import Story, acknowledge, resolve
from watchkeeper.config.demo.cast import Cast
from watchkeeper.config.demo.gateway_faults import FAULTS, Fault
from watchkeeper.config.demo.past import ZONE
from watchkeeper.core.features import QUARTER
from watchkeeper.premium.models import IncidentGroup, ServiceReview
from watchkeeper.premium.reviews import groups, publication
from watchkeeper.premium.reviews.drafting import begin
from watchkeeper.premium.reviews.grouping.alike import Group, Report
from watchkeeper.premium.reviews.grouping.job import keep, reports_of
from watchkeeper.premium.reviews.periods import last_period
from watchkeeper.premium.reviews.words import newest_words, save_words

ACCOUNT = "corvina"

_BY_KIND: dict[str, list[Fault]] = defaultdict(list)
for _fault in FAULTS:
    _BY_KIND[_fault.kind].append(_fault)

_NAMES = {
    "quota shared by two plans": "Two plans count against one quota",
    "upstream closes idle connections": "Idle connections that the upstream has closed",
    "certificates expire unnoticed": "Certificates that nobody saw expire",
    "token introspection slow": "Token introspection",
}
"""The kinds that come again in the demo, and what an engineer called them."""

_WHEN = (
    ("quota shared by two plans", 0, "-Q2 41 09:40", "6m", "2h 40m"),
    ("quota shared by two plans", 1, "-Q1 4 07:25", "11m", "1h 30m"),
    ("certificates expire unnoticed", 0, "-Q1 9 00:10", "2h 25m", "50m"),
    ("upstream closes idle connections", 1, "-Q1 11 10:05", "35m", "6h"),
    ("quota shared by two plans", 2, "-Q1 16 13:20", "9m", "2h"),
    ("token introspection slow", 0, "-Q1 19 09:15", "18m", "4h 20m"),
    ("access logs arrive late", 0, "-Q1 23 11:00", "3h 10m", "+4 10:30"),
    ("upstream closes idle connections", 2, "-Q1 30 02:35", "8m", "2h 15m"),
    ("certificates expire unnoticed", 1, "-Q1 34 09:50", "25m", "3h"),
    ("token introspection slow", 2, "-Q1 38 08:50", "7m", "1h 40m"),
)
"""Which of a kind's reports came when, how soon it was acknowledged, and solved after that."""


def _story(kind: str, nth: int, when: str, acknowledged: str, solved: str) -> Story:
    fault = _BY_KIND[kind][nth]
    acts = (acknowledge(acknowledged, "noor"), resolve(solved, "noor", "It works again, and we know why."))
    return Story(ACCOUNT, "lena", when, fault.severity, fault.title, fault.body, fault.component, acts)


STORIES = tuple(_story(*each) for each in _WHEN)

_IN_SHORT = (
    "A quarter with more incidents than the one before, and four troubles behind most of them. The one late answer was "
    "to an expired certificate, shortly after midnight: nobody had seen the alert."
)
_OF_CAUSES = (
    "- **Quota**: both plans of a tenant that was moved counted. Repaired with version 3.9.2, which you have.\n"
    "- **Certificates**: they are on our watch now, 30 days ahead.\n"
    "- **Idle connections**: we would like to shorten the gateway's, and need a window of ten minutes from you."
)


def review_it(cast: Cast, now: datetime) -> ServiceReview | None:
    """The review of the last quarter, published, with a date; ``None`` where nothing happened in it.

    The groups are told and not looked for: that takes seconds, and here somebody knows them.
    """
    account, noor, dana = cast.accounts[ACCOUNT], cast.people["noor"], cast.people["dana"]
    period = last_period(QUARTER, now, ZONE)
    if not account.incidents.filter(received_at__gte=period.starts_at, received_at__lt=period.ends_at).exists():
        return None
    review, _is_new = begin(account, period, QUARTER, by=noor)
    reports = reports_of(review)
    kind_of = {fault.title: fault.kind for fault in FAULTS}
    keys = defaultdict(list)
    for report in reports:
        keys[kind_of.get(report.title, "")].append(report)
    keep(review, [_group(keys[kind]) for kind in _NAMES if sum(each.counts for each in keys[kind]) > 1], reports)
    for group in IncidentGroup.objects.filter(review=review):
        first = group.incidents.select_related("incident").earliest("pk")
        groups.rename(group, _NAMES[kind_of[first.incident.title]], by=noor)
    words = newest_words(review)
    said = {"summary": _IN_SHORT, "causes": _OF_CAUSES}
    words = save_words(review, words.sections | said, seen=words.number, by=noor)
    publication.publish(review, seen=words.number, by=dana)
    return publication.set_date(review, _next_tuesday(now), by=dana)


def _group(reports: list[Report]) -> Group:
    return Group(reports[0].component, tuple(report.key for report in reports), ())


def _next_tuesday(now: datetime) -> datetime:
    """Two in the afternoon UTC of a Tuesday that is three days away at least."""
    day = now + timedelta(days=3)
    day += timedelta(days=(1 - day.weekday()) % 7)
    return day.replace(hour=14, minute=0, second=0, microsecond=0)
