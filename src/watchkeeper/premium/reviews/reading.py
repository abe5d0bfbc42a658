"""A review's document in the words of its reader: what pages and paper show, in the order it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext

from watchkeeper.policies import periods as days
from watchkeeper.premium.reviews.periods import short, spelled
from watchkeeper.premium.reviews.words import HEADINGS
from watchkeeper.ui.moments import DeskZone, duration
from watchkeeper.ui.translated import again


class Bar(NamedTuple):
    """One period of the trend; ``percent`` of the longest bar. ``is_this``: the one that is reviewed."""

    label: str
    count: int
    percent: float
    is_this: bool


class Compared(NamedTuple):
    """How many of something there were, and in the period before. ``number`` is a severity's, else empty."""

    name: str
    count: int
    before: int
    number: int | None = None


class Answered(NamedTuple):
    """One severity: what was promised and what came of it; lengths and the share in words."""

    number: int
    name: str
    promised: str
    made: int
    met: int
    breached: int
    running: int
    left_out: int
    percent: str
    median: str
    slowest: str


class Told(NamedTuple):
    """An incident that is told by name. ``says`` is what is told of it, ``at`` an instant where that is told."""

    reference: str
    title: str
    number: int
    severity: str
    says: str = ""
    at: datetime | None = None
    until: datetime | None = None


class Cause(NamedTuple):
    """A group: so many incidents in the period, and in the one before."""

    name: str
    component: str
    count: int
    before: int
    incidents: Sequence[Told]


class Coming(NamedTuple):
    """A day of the next period, or the end of something."""

    day: date
    when: str
    what: str
    says: Sequence[str]


class Recommended(NamedTuple):
    """An open recommendation, and in words what kind it is, how it stands and when it is due."""

    title: str
    says: str


class Shown(NamedTuple):
    """All of a review. ``in_time`` is the share of answers, in words. ``words`` are what people wrote, by section, in
    Markdown; ``headings`` those of the sections."""

    account: str
    period: str
    before: str
    coming: str
    zone: DeskZone
    as_of: datetime
    levels: str
    headings: Mapping[str, str]
    words: Mapping[str, str]
    total: int
    trend: Sequence[Bar]
    severities: Sequence[Compared]
    components: Sequence[Compared]
    more_components: int
    answered: Sequence[Answered]
    in_time: str
    running: int
    left_out: int
    breached: Sequence[Told]
    causes: Sequence[Cause]
    in_causes: int
    longest: Sequence[Told]
    odd_days: Sequence[Coming]
    endings: Sequence[Coming]
    recommendations: Sequence[Recommended]


def shown(document: Mapping[str, Any]) -> Shown:
    """A document as it is read, in the active language."""
    volume, answers, ahead = document["volume"], document["acknowledgement"], document["ahead"]
    return Shown(
        account=document["account"],
        period=spelled(document["period"]),
        before=spelled(volume["periods"][-2]["period"]),
        coming=spelled(ahead["period"]),
        zone=DeskZone(document["zone"], document["zone_label"]),
        as_of=datetime.fromisoformat(document["as_of"]),
        levels=", ".join(document["levels"]),
        headings={name: str(heading) for name, heading in HEADINGS.items()},
        words=document["words"],
        total=volume["total"],
        trend=_trend(volume["periods"]),
        severities=[Compared(one["name"], one["count"], one["before"], one["number"]) for one in volume["by_severity"]],
        components=[
            Compared(one["name"] or gettext("no component named"), one["count"], one["before"])
            for one in volume["by_component"]
        ],
        more_components=volume["components"] - len(volume["by_component"]),
        answered=[_answered(row) for row in answers["rows"]],
        in_time=_percent(answers["total"]["percent"]),
        running=answers["total"]["running"],
        left_out=answers["total"]["left_out"],
        breached=[_late(one) for one in answers["breached"]],
        causes=[_cause(one) for one in document["causes"]],
        in_causes=sum(one["count"] for one in document["causes"]),
        longest=[_long(one) for one in document["longest"]],
        odd_days=[_odd(one) for one in ahead["odd_days"]],
        endings=[_ending(one) for one in ahead["endings"]],
        recommendations=[_recommended(one) for one in document["recommendations"]],
    )


def _trend(periods: Sequence[Mapping[str, Any]]) -> list[Bar]:
    most = max([one["count"] for one in periods] + [1])
    last = periods[-1]
    return [
        Bar(short(one["period"]), one["count"], round(100 * one["count"] / most, 1), one is last) for one in periods
    ]


def _answered(row: Mapping[str, Any]) -> Answered:
    return Answered(
        number=row["number"],
        name=row["name"],
        promised=gettext(", then ").join(again(words) for words in row["promised"]),
        made=row["made"],
        met=row["met"],
        breached=row["breached"],
        running=row["running"],
        left_out=row["left_out"],
        percent=_percent(row["percent"]),
        median=_length(row["median"]),
        slowest=_length(row["slowest"]),
    )


def _percent(kept: str | None) -> str:
    """``88.8 %``, as the language writes a number; empty where nothing was decided."""
    return f"{number_format(kept)} %" if kept is not None else ""


def _length(seconds: int | None) -> str:
    return "" if seconds is None else duration(timedelta(seconds=seconds))


def _late(one: Mapping[str, Any]) -> Told:
    due, done = (datetime.fromisoformat(one[name]) if one[name] else None for name in ("due_at", "done_at"))
    return Told(one["reference"], one["title"], one["number"], one["name"], at=due, until=done)


def _cause(one: Mapping[str, Any]) -> Cause:
    incidents = [
        Told(each["reference"], each["title"], 0, "", at=datetime.fromisoformat(each["received_at"]))
        for each in one["incidents"]
    ]
    return Cause(one["name"], one["component"], one["count"], one["before"], incidents)


def _long(one: Mapping[str, Any]) -> Told:
    length = _in_days(timedelta(seconds=one["seconds"]))
    says = gettext("{length}, and still open").format(length=length) if one["is_open"] else length
    return Told(one["reference"], one["title"], one["number"], one["name"], says)


def _in_days(length: timedelta) -> str:
    """By the clock on the wall a day has 24 hours: ``6 d 4 h``."""
    if length < timedelta(days=2):
        return duration(length)
    return gettext("{days} d {hours} h").format(days=length.days, hours=length.seconds // 3600)


def _recommended(one: Mapping[str, Any]) -> Recommended:
    says = [again(one["kind"]), again(one["state"])]
    if one["due_on"]:
        says.append(gettext("due {day}").format(day=days.day(date.fromisoformat(one["due_on"]))))
    return Recommended(one["title"], ", ".join(filter(None, says)))


def _odd(one: Mapping[str, Any]) -> Coming:
    day = date.fromisoformat(one["day"])
    kind = again(one["kind"])
    what = f"{one['name']} ({kind})" if one["name"] else kind[:1].upper() + kind[1:]
    return Coming(day, days.day(day), what, [again(words) for words in one["says"]])


def _ending(one: Mapping[str, Any]) -> Coming:
    on = date.fromisoformat(one["on"])
    if one["what"] == "licence":
        what = gettext("Your licence ends, and nothing follows it yet")
    elif one["scope"] == "all":
        what = gettext("{level} for everything ends, and nothing follows it yet").format(level=one["level"])
    else:
        what = gettext("{level} for {value} ends, and nothing follows it yet").format(
            level=one["level"], value=one["value"]
        )
    last = on - days.ONE_DAY
    return Coming(last, days.day(last), what, ())
