"""Policies and SLAs as hypothesis makes them up: documents that use all of the language, most of them sound.

A document is a tree of texts, lists and mappings. As JSON it is a file, whatever writes files otherwise.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from watchkeeper.core.offer import CHANNELS, PERIODS
from watchkeeper.core.policy import (
    BEGINNINGS,
    BEGINNINGS_FOR_ALL,
    POST_INCIDENT_REPORT,
    PROMISED_METRICS,
    ROLES_TOLD,
    UPDATE,
)

Document = dict[str, Any]

WORDS = st.sampled_from(
    [
        "Gold",
        "a: b",
        "x # y",
        "- z",
        "~",
        "no",
        "1e3",
        "08:30",
        "'q'",
        '"',
        "[",
        "été × 24",
        "it ends:",
        "?",
        "word " * 40,
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
WORD = WORDS.map(lambda words: " ".join(words.split())).filter(bool)
TEXTS = st.lists(WORD, min_size=1, max_size=3)

SEVERITIES = ["1", "P2", "minor"]
HOURS = ["office", "always", "site: A"]
CONTACTS = ["escalation", "desk", "on_call", "duty"]
ZONES = ["America/Chicago", "Europe/Berlin", "Asia/Tokyo"]
DATES = st.dates().map(
    lambda day: day.replace(year=2000 + day.year % 60).isoformat() if day.month != 2 else "2026-02-03"
)
LENGTHS = ["4h", "90m", "1h 30m", "45s", "0.5s", "100h"]
SAYING_THEIR_COUNTING = [
    "2.5 business hours", "4 elapsed hours", "30 elapsed minutes", "0.0001 elapsed hours", "2 business days",
    "1 business day until closing", "3 business days until closing", "next business day", "3 calendar days",
    "same business day", "next business day by 10:00", "2 working days by 12:30", "2 weeks",
]  # fmt: skip
ANY_LENGTH = st.sampled_from(LENGTHS + SAYING_THEIR_COUNTING)


def some(of: st.SearchStrategy[Any] | list[str], most: int = 3) -> st.SearchStrategy[list[Any]]:
    """One or several, none twice."""
    each = st.sampled_from(of) if isinstance(of, list) else of
    return st.lists(each, min_size=1, max_size=most, unique_by=json.dumps)


def mapping(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """Some of these keys."""
    return st.fixed_dictionaries({}, optional=optional)


def by_severity(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    return st.dictionaries(st.sampled_from(SEVERITIES), of, min_size=1, max_size=3)


# hours

TIMES = st.sampled_from(
    ["08:00-12:00", "13:00-17:30", "22:00-06:00", "all day", "closed", "00:00-24:00", "20:00-00:00"]
)
DAY_TIMES = TIMES | st.just(["08:00-12:00", "13:00-17:00"])
WEEKS = st.sampled_from(
    [
        {"monday-friday": "08:00-17:00"},
        {"fri, mon": "09:00-12:00", "wednesday": ["09:00-10:00", "10:00-11:00"]},
        {"sat-mon": "22:00-06:00", "thursday": "closed"},
        {"every day": "all day"},
        {"tue": "20:00-24:00", "mon": "20:00-24:00"},
        "around the clock",
        "24x5",
        "sunday 14:00 - friday 17:00",
        "monday 00:00 - monday 00:00",
        ["friday 17:00 - monday 10:00 Australia/Sydney", "tuesday 08:00 - tuesday 09:00"],
        ["tuesday 08:00 - tuesday 09:00", "monday 10:00 - tuesday 11:00"],
    ]
)
HOLIDAYS = st.lists(
    DATES
    | st.sampled_from(
        ["12-24", "02-29", "12-28 - 01-03", "04-01 - 04-02", "last monday of may", "day after 4th thursday of november"]
    )
    | st.sampled_from(["US", "DE-BY", "12-25"]),
    max_size=4,
)
SCHEDULE = {
    "holidays": HOLIDAYS,
    "exceptions": st.dictionaries(DATES, DAY_TIMES, max_size=2),
    "zone": st.sampled_from(ZONES),
}
CUSTOMERS_ZONE = st.sampled_from(
    [
        "customer",
        {"of": "customer", "one_of": ZONES[:2], "otherwise": ZONES[1]},
        {"of": "customer", "otherwise": ZONES[2]},
        {"of": "customer", "one_of": ZONES},
    ]
)
NAMED = {"published_as": WORD, "zone_label": st.sampled_from(["CT", "LT"])}
CALENDAR = st.one_of(
    st.sampled_from(["around the clock", "sunday 14:00 - friday 17:00"]),
    st.fixed_dictionaries({"weekly": WEEKS}, optional={**SCHEDULE, **NAMED}),
    st.fixed_dictionaries(
        {"weekly": WEEKS, "holidays": st.sampled_from(["customer", ["customer", "12-24", "US"], "2026-05-01"])},
        optional={"zone": CUSTOMERS_ZONE, **NAMED},
    ),
    st.fixed_dictionaries(
        {"regions": st.lists(st.fixed_dictionaries({"weekly": WEEKS}, optional=SCHEDULE), min_size=1, max_size=2)},
        optional={"zone": st.sampled_from(ZONES), **NAMED},
    ),
)

# targets

SHARE = st.fixed_dictionaries(
    {"share": st.sampled_from(["95%", "99.9%", "1/3", "0.125"])},
    optional={"each": st.sampled_from(PERIODS), "at_least": st.just("10")},
)
WITH_SHARE = SHARE | st.just({})
WITHIN = st.one_of(
    st.fixed_dictionaries({"within": ANY_LENGTH}, optional={"goal": ANY_LENGTH}),
    st.fixed_dictionaries(
        {"within": st.sampled_from(LENGTHS), "counting": st.just("elapsed")},
        optional={"goal": st.sampled_from(LENGTHS), "starts": st.sampled_from(["opening", "receipt"])},
    ),
    st.fixed_dictionaries(
        {"within": st.just("4 elapsed hours"), "starts": st.just("receipt")}, optional={"goal": ANY_LENGTH}
    ),
    st.fixed_dictionaries(
        {"within": st.sampled_from(["2 business days", "next business day"]), "cut_off": st.just("12:00")},
        optional={"goal": st.sampled_from([*LENGTHS, "1 business day", "30 elapsed minutes"])},
    ),
)
TARGET_WORDS = mapping(hours=st.sampled_from(HOURS), published_as=WORD)
SAID_INSTEAD = st.sampled_from(["best effort", "not offered", "as agreed"]) | st.fixed_dictionaries({"says": WORD})
THEN = some(
    st.builds(
        dict.__or__,
        st.sampled_from([{"once": "workaround"}, {"once": "diagnosis"}, {"after": "2h"}, {"after": "4 elapsed hours"}]),
        st.fixed_dictionaries({"within": ANY_LENGTH}, optional={"hours": st.sampled_from(HOURS)}),
    ),
    most=2,
)


@st.composite
def target(draw: st.DrawFn, metric: str) -> Any:
    """A whole target."""
    if draw(st.integers(0, 5)) == 0:
        return draw(SAID_INSTEAD)
    said = {**draw(WITHIN), **draw(TARGET_WORDS), **draw(WITH_SHARE)}
    if metric not in (UPDATE, POST_INCIDENT_REPORT) and draw(st.booleans()):
        said["from"] = draw(st.sampled_from([beginning for beginning in BEGINNINGS if beginning != metric]))
    if metric == UPDATE and draw(st.booleans()):
        said["then"] = draw(THEN)
    return said["within"] if list(said) == ["within"] else said


@st.composite
def target_over(draw: st.DrawFn, metric: str, known: set[tuple[str, str]], severity: str) -> Any:
    """What is laid over a target where there is one: a part of it, a whole one, or ``none``."""
    if (metric, severity) not in known:
        return draw(target(metric))
    return draw(
        st.just("none")
        | target(metric)
        | st.fixed_dictionaries({"goal": st.sampled_from(LENGTHS)}, optional={"hours": st.sampled_from(HOURS)})
        | st.fixed_dictionaries({"published_as": WORD})
        | SHARE
    )


@st.composite
def targets(draw: st.DrawFn, known: set[tuple[str, str]]) -> Document:
    """Some metrics; with ``known`` targets beneath, parts of those."""
    said: Document = {}
    for metric in draw(st.lists(st.sampled_from(PROMISED_METRICS), unique=True, max_size=3)):
        named = draw(st.lists(st.sampled_from(SEVERITIES), unique=True, min_size=1))
        said[metric] = {severity: draw(target_over(metric, known, severity)) for severity in named}
    return said


def promised(said: Document) -> set[tuple[str, str]]:
    """The places of a document's targets."""
    words = ("none", "best effort", "not offered", "as agreed")
    return {
        (metric, severity)
        for metric in PROMISED_METRICS
        for severity, value in said.get(metric, {}).items()
        if value not in words and "says" not in value
    }


# rules, offers, contacts

CONTACT = mapping(name=WORD, phone=WORD, remark=WORD, public=st.sampled_from(["yes", "no"]))
REACHED = st.builds(lambda said, emails: {**said, "emails": emails}, CONTACT, some(["a@x.example", "b@x.example"]))
RUNG = st.fixed_dictionaries(
    {"after": ANY_LENGTH | st.just("at once"), "tells": some(list(ROLES_TOLD))},
    optional={"since": st.just("receipt"), "severities": some(SEVERITIES)},
)
TIER = WORD | st.fixed_dictionaries(
    {"name": WORD},
    optional={
        "contact": st.sampled_from(CONTACTS[:2]),
        "after": ANY_LENGTH,
        "says": WORD,
        "hours": st.sampled_from(HOURS),
    },
)
RULES = mapping(
    answer=ANY_LENGTH | st.just("0m"),
    warnings=st.lists(st.sampled_from(["1/2", "80%", "0.9", "1/3"]), max_size=3),
    ladder=st.lists(RUNG, max_size=2),
    customer_after=ANY_LENGTH,
    path=st.lists(TIER, max_size=2),
)
CHANNEL_LISTS = some(list(CHANNELS)) | st.just([])
CREDIT = st.fixed_dictionaries(
    {
        "after": st.sampled_from(
            [f"4 missed {metric.replace('_', ' ')}s" for metric in PROMISED_METRICS if metric[-2:] != "is"]
        ),
        "each": st.sampled_from(PERIODS),
        "worth": WORD,
    },
    optional={"claim": WORD},
)
SHARED = st.fixed_dictionaries(
    {"of": st.sampled_from(["95%", "2/3"])},
    optional={
        "each": st.sampled_from(PERIODS),
        "at_least": st.just("20"),
        "metric": st.sampled_from(["update", "post incident report"]),
        "severities": some(SEVERITIES),
        "leaves_out": TEXTS,
    },
)
NAMED_CONTACTS = st.sampled_from(
    [
        "4",
        {"at_most": "4"},
        {"at_most": "4", "who": "engineers"},
        {"at_most": {"250": "20", "1000": "40"}, "by": "seats"},
        {"at_most": "2", "by": "seats", "more": "1", "for_each": "50"},
    ]
)
OFFER = mapping(
    channels=CHANNEL_LISTS | st.dictionaries(st.sampled_from([*SEVERITIES, "others"]), CHANNEL_LISTS, min_size=1),
    emergency=WORD,
    named_contacts=WORD | NAMED_CONTACTS,
    maintenance=st.lists(WORD | st.fixed_dictionaries({"hours": st.sampled_from(HOURS)}, optional={"notice": WORD})),
    limits=st.lists(WORD | st.fixed_dictionaries({"of": WORD, "at_most": st.just("10")}), max_size=2),
    languages=TEXTS,
    staff=WORD,
    credits=st.lists(WORD | CREDIT, max_size=2),
    shares=st.lists(SHARED, max_size=2),
    not_covered=TEXTS,
    response_means=WORD,
    severity_rules=WORD,
    closing_rules=WORD,
    offered=st.sampled_from([{"from": "2026-01-01"}, {"from": "2026-01-01", "to": "2026-07-01"}, {"to": "2026-07-01"}]),
)
WHEN = st.builds(
    dict.__or__,
    st.dictionaries(st.sampled_from(["product", "region", "channel"]), WORD | TEXTS, min_size=1),
    mapping(
        agreed_since=st.just("2026-01-01"),
        agreed_before=st.just("2027-01-01"),
        received_in=some(HOURS),
        received_outside=st.sampled_from(HOURS),
    ),
)
LEVEL_WORDS = mapping(
    name=WORD, title=WORD, introduction=TEXTS, conditions=WORD, response_heading=WORD, features=TEXTS,
    severities=by_severity(WORD), on_call=st.sampled_from(CONTACTS[:2]),
    clock_starts=st.sampled_from(BEGINNINGS_FOR_ALL),
)  # fmt: skip
LEVEL_HOURS = st.sampled_from(HOURS) | st.builds(
    lambda named, others: {**named, "others": others}, by_severity(st.sampled_from(HOURS)), st.sampled_from(HOURS)
)


@st.composite
def overlay(draw: st.DrawFn, known: set[tuple[str, str]]) -> Document:
    """What is laid over a level that has these targets."""
    said: Document = {**draw(targets(known)), **draw(OFFER), **draw(mapping(features=TEXTS, escalation=RULES))}
    said |= draw(mapping(most_severe=st.sampled_from(SEVERITIES)))
    own = draw(st.sampled_from(["", "by name", "own"]))
    if own == "by name":
        said["hours"] = draw(st.sampled_from(HOURS))
    if own == "own":
        said["hours"] = {"own": draw(CALENDAR)}
        severity = draw(st.sampled_from(SEVERITIES))
        said["resolution"] = {**said.get("resolution", {}), severity: {"within": "8h", "hours": "own"}}
    if draw(st.booleans()):
        said["contacts"] = {"own": draw(REACHED)}
        said["on_call"] = draw(st.sampled_from(["own", "desk"]))
    return said


@st.composite
def variants(draw: st.DrawFn, known: set[tuple[str, str]]) -> list[Document]:
    return [{"when": draw(WHEN), **draw(overlay(known))} for _ in range(draw(st.integers(1, 2)))]


@st.composite
def policies(draw: st.DrawFn) -> Document:
    """A whole policy. It may still be unsound, where windows overlap or a severity cannot be escalated."""
    levels: Document = {}
    places: dict[str, set[tuple[str, str]]] = {}
    for key in draw(st.sampled_from([["basic"], ["basic", "gold"], ["basic", "gold", "gold: plus"]])):
        said: Document = draw(LEVEL_WORDS)
        base = draw(st.sampled_from([*levels, None])) if levels else None
        if base is None:
            said["hours"] = draw(LEVEL_HOURS)
        else:
            said |= {"based_on": base, **draw(mapping(hours=LEVEL_HOURS))}
        known = places.get(base or "", set())
        said |= draw(targets(known))
        places[key] = (known - {(m, s) for m in PROMISED_METRICS for s in said.get(m, {})}) | promised(said)
        said |= {**draw(OFFER), **draw(mapping(escalation=RULES, variants=variants(places[key])))}
        levels[key] = said
    if draw(st.booleans()):
        levels["basic"]["included_in_licence"] = "yes"
    return {
        "policy": draw(WORD),
        "zone": draw(st.sampled_from(ZONES)),
        "severities": {key: draw(st.just(f"Name {key}") | _SEVERITY) for key in SEVERITIES},
        "default_severity": draw(st.sampled_from(SEVERITIES)),
        "hours": {name: draw(CALENDAR) for name in HOURS},
        "contacts": {key: draw(REACHED) for key in CONTACTS if key != "on_call" or draw(st.booleans())},
        "levels": levels,
        **draw(AT_THE_TOP),
        **draw(OFFER),
    }


_SEVERITY = st.fixed_dictionaries({"definition": WORD})
_ROW = st.tuples(st.sampled_from(SEVERITIES), st.sampled_from(SEVERITIES)).map(
    lambda row: dict(zip(("high", "low"), row, strict=True))
)
AT_THE_TOP = mapping(
    vendor=WORD, title=WORD, zone_label=st.just("CT"), terms=WORD, close_after=st.sampled_from(["1 day", "30 days"]),
    reacknowledge_on_raise=st.sampled_from(["yes", "no"]), severity_heading=WORD, definition_heading=WORD,
    priorities=st.fixed_dictionaries({"now": WORD, "later": st.fixed_dictionaries({"definition": WORD})}),
    contacts_heading=WORD, clock_starts=st.sampled_from(BEGINNINGS_FOR_ALL), escalation=RULES,
    severity_matrix=st.fixed_dictionaries({"wide": _ROW, "a: b": _ROW}),
)  # fmt: skip


@st.composite
def slas(draw: st.DrawFn, known: set[tuple[str, str]]) -> Document:
    """A contract over a level that has these targets."""
    return {"sla": draw(WORD), **draw(overlay(known)), **draw(mapping(variants=variants(known)))}


def text_of(document: Document) -> str:
    """The document as JSON, which is YAML."""
    return json.dumps(document, ensure_ascii=False)
