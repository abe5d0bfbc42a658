"""What values look like: texts, lengths, times, days, names. The reader says more exactly what each may be.

A scalar of the file is the text that stands there; an editor may have read it as a number, or ``yes`` as true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from watchkeeper.core.policy import PROMISED_METRICS
from watchkeeper.core.policy_file.grammar.shape import Kind
from watchkeeper.core.policy_file.week import AROUND_THE_CLOCK, DAYS, FIVE_DAYS

_SCALAR = ["string", "number", "boolean"]


def _pattern(*alternatives: str) -> Kind:
    """A text that is one of these, in any case and with any white space."""
    either_case = re.sub(r"\\.|([a-z])", _in_either_case, "|".join(alternatives))
    return {"type": "string", "pattern": rf"^\s*({either_case})\s*$".replace(" ", r"\s+")}


def _in_either_case(found: re.Match[str]) -> str:
    return f"[{found[1]}{found[1].upper()}]" if found[1] else found[0]


def _written(title: str, example: str, *alternatives: str) -> Kind:
    """Such a text, with what an editor says where something else stands."""
    return {"title": title, "patternErrorMessage": f"write a {title}, as {example}", **_pattern(*alternatives)}


def words(title: str, allowed: Iterable[str]) -> Kind:
    """One of these words."""
    return {"title": title, "enum": list(allowed)}


def either(title: str, *kinds: Kind) -> Kind:
    """Any of these."""
    return {"title": title, "anyOf": list(kinds)}


def listed(title: str, kind: Kind) -> Kind:
    """A list of these."""
    return {"title": title, "type": "array", "items": kind}


def one_or_list(title: str, kind: Kind) -> Kind:
    """One of these, or a list of them."""
    return either(title, kind, {"type": "array", "items": kind})


def named(title: str, kind: Kind, at_least: int = 0) -> Kind:
    """A mapping whose keys are names that the file chooses."""
    return {"title": title, "type": "object", "additionalProperties": kind, "minProperties": at_least}


def mapping(name: str) -> Kind:
    """The shape of this name."""
    return {"$ref": f"#/$defs/{slug(name)}"}


def slug(name: str) -> str:
    """The name of a shape as a part of an address."""
    return name.replace(" ", "_").replace("'", "")


NOTHING: Kind = {"type": "null"}
TEXT: Kind = {"title": "text", "type": _SCALAR}
TEXTS = one_or_list("text or list of texts", TEXT)
NAME: Kind = {"title": "name", "type": _SCALAR}
SEVERITY: Kind = {"title": "severity: key or name", "type": _SCALAR}
SEVERITIES = one_or_list("severity or list of severities", SEVERITY)
YES_NO = either("yes or no", {"type": "boolean"}, {"enum": ["yes", "no"]}, _pattern("yes|no|true|false"))
METRIC = either(
    "metric", {"enum": list(PROMISED_METRICS)}, _pattern(*(m.replace("_", "[ _]") for m in PROMISED_METRICS))
)
MISSED = _written("number of missed targets", "4 missed acknowledgements", r"[1-9]\d{0,5} missed .+")
COUNT: Kind = {"title": "number", "type": ["integer", "string"], "pattern": r"^\s*\d{1,6}\s*$", "minimum": 1}

PART: Kind = {
    **_written("part", "1/2, 80% or 0.8", r"\d{0,6}\.?\d{1,6}\s*(%|/\s*\d{1,6})?"),
    "type": ["string", "number"],
    "exclusiveMinimum": 0,
    "exclusiveMaximum": 1,
}
PARTS = one_or_list("part or list of parts", PART)

_HOURS, _MINUTES = r"\d{1,6}\s*(h|hours?)", r"\d{1,8}\s*(m|min|minutes?)"
_SECONDS = r"\d{1,9}(\.\d{1,6})?\s*(s|seconds?)"
_NUMBER = r"\d{1,6}(\.\d{1,4})?"
_LENGTHS = (
    r"(\d{1,6}|next) (business|working|calendar) days?( until closing| by \S+)?",
    "(same|end of) (business|working) day",
    r"\d{1,5} (calendar )?weeks?",
    rf"{_NUMBER} (business|working|elapsed) (hours?|minutes?)",
    r"\d{1,6}\s*(d|days?)",
    rf"({_HOURS})?\s*({_MINUTES})?\s*({_SECONDS})?",
)
LENGTH = _written("length", "4h, 90m or 2 business days", *_LENGTHS)
RANGE = _written(
    "length or range", "4h, 2 business days or 2-4h", *_LENGTHS, rf"{_NUMBER}\s*[\w ]*(-|–|to)\s*{_NUMBER}\s*\w.*"
)
MOMENT = _written("length or at once", "2h or at once", *_LENGTHS, "at once", "immediately")
DAYS_LONG = _written("number of days", "14 days", r"\d{1,4} days?")

DATE = _written("date", "2026-12-24", r"\d\d\d\d-\d\d-\d\d")
TIME = _written("time of day", "12:00", r"\d{1,2}:\d\d")
_WINDOW = r"\d{1,2}:\d\d\s*(-|–)\s*\d{1,2}:\d\d"
_DAY_LONG = _written("window", "08:00-17:00, all day or closed", "closed", "all day", rf"{_WINDOW}(\s*,\s*{_WINDOW})*")
TIMES = either("windows of a day", _DAY_LONG, {"type": "array", "items": _DAY_LONG, "minItems": 1})

_DAY = "|".join(name for day in DAYS for name in (day, day[:3]))
_RUN = rf"({_DAY})(\s*(-|–)\s*({_DAY}))?"
_DAYS = _written("day or days", "monday-friday, sat, sun or every day", "every day", rf"{_RUN}(\s*,\s*{_RUN})*")
_STRETCH = _written(
    "stretch of days",
    "sunday 14:00 - friday 17:00",
    rf"({_DAY}) \d{{1,2}}:\d\d\s*(-|–)\s*({_DAY}) \d{{1,2}}:\d\d( \S+)?",
)
_IN_WORDS = _pattern(*AROUND_THE_CLOCK, *FIVE_DAYS)
WEEK_IN_WORDS = either(
    "around the clock or a stretch of days", {"enum": [*AROUND_THE_CLOCK, *FIVE_DAYS]}, _IN_WORDS, _STRETCH
)
WEEK = either(
    "windows of a week",
    WEEK_IN_WORDS,
    {"type": "array", "items": _STRETCH},
    {"type": "object", "propertyNames": _DAYS, "additionalProperties": TIMES},
)
EXCEPTIONS: Kind = {
    "title": "date → windows or closed",
    "type": "object",
    "propertyNames": DATE,
    "additionalProperties": TIMES,
}

_MONTH_DAY = r"\d\d-\d\d"
HOLIDAYS = one_or_list(
    "holidays",
    _written(
        "holiday",
        "2026-12-24, 12-24, last monday of may, US, DE-BY or customer",
        "customer",
        r"\w\w(-\w{1,5})?",
        r"\d\d\d\d-\d\d-\d\d",
        rf"{_MONTH_DAY}(\s*(-|–|to)\s*{_MONTH_DAY})?",
        r"(day after )?\w+ \w+ (of|in) \w+",
    ),
)
ZONE: Kind = {"$ref": "#/$defs/zone"}
"""An IANA zone; the schema lists them all."""

_ADDRESS = _written("mail address", "desk@vendor.example", r"[^@\s]+@[^@\s]+")
ADDRESSES = one_or_list("mail address or list of them", _ADDRESS)
