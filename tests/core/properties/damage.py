"""A text with a few of its parts taken out, put in, exchanged or repeated, as hands and tools do to a policy file."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"\d+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{2}-\d{2}")
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z]\w+")
_WINDOW = re.compile(r"\d{2}:\d{2}\s*-\s*\d{2}:\d{2}")

_PUNCTUATION = [
    "&a ",
    "*a ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    ":",
    ": ",
    "- ",
    "#",
    "% ",
    "!!x ",
    "> ",
    "| ",
    ",",
    "@",
    "`",
    "? ",
]
_MARKS = [
    "<<: ",
    "--- ",
    "... ",
    "%YAML 1.1",
    "\t",
    "\n",
    "\r",
    "\x00",
    "\ud800",
    "\ufeff",
    "\u2028",
    "é",
    "٠٨",
    "𝟠",
    "\u202e",
]
_WORDS = [
    "~",
    "null",
    "yes",
    "no",
    "1e3",
    "0x10",
    "08:30",
    "99h",
    "2 days",
    "none",
    "closed",
    "all day",
    "others",
    "customer",
]
_WORDS += [
    "next business day",
    "around the clock",
    "best effort",
    "2 business days",
    "0 business days",
    "3650 calendar days",
]
_NUMBERS = [
    "0",
    "-1",
    "1",
    "007",
    "3650",
    "3651",
    "87600",
    "99999",
    "999999",
    "1000000",
    "9" * 30,
    "9" * 5000,
    "0.5",
    "1e9",
]
_DATES = [
    "9999-12-31",
    "0001-01-01",
    "0000-01-01",
    "2026-02-29",
    "2028-02-29",
    "1899-12-31",
    "2300-01-01",
    "02-29",
    "12-31",
]
_ZONES = [
    "Pacific/Apia",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "America/Scoresbysund",
    "UTC",
    "Factory",
    "Etc/GMT-14",
]
_ZONES += ["Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kwajalein", "Mars/Base", "", "../etc/passwd", "EST5EDT"]
_WINDOWS = [
    "00:00-24:00",
    "24:00-00:00",
    "23:59-00:01",
    "08:00-08:00",
    "00:00-00:00",
    "22:00-06:00",
    "25:00-26:00",
    "8-17",
]
_WINDOWS += ["friday 17:00 - monday 10:00 Pacific/Apia", "monday 00:00 - monday 00:00", "sunday 23:59 - sunday 23:58"]
_HOLIDAYS = [
    "US",
    "DE-BY",
    "XX",
    "12-28 - 01-03",
    "last monday of may",
    "day after last thursday of december",
    "customer",
]

Damage = Callable[[str, random.Random], str]


def damaged(text: str, rng: random.Random) -> str:
    """The text after one to four damages."""
    for _ in range(rng.randint(1, 4)):
        text = rng.choice(_DAMAGES)(text, rng)
    return text


def _without_tokens(text: str, rng: random.Random) -> str:
    tokens = _TOKEN.findall(text)
    start = rng.randrange(len(tokens) + 1)
    return "".join(tokens[:start] + tokens[start + rng.randint(1, 4) :])


def _with_tokens_exchanged(text: str, rng: random.Random) -> str:
    tokens = _TOKEN.findall(text)
    if tokens:
        one, other = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def _with_something_put_in(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(rng.choice((_PUNCTUATION, _MARKS, _WORDS))) + text[at + rng.randrange(3) :]


def _with_a_line_elsewhere(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    line = rng.choice(lines)
    if rng.random() < 0.5:
        lines.remove(line)
    lines.insert(rng.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def _without_a_line(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def _with_a_line_indented_otherwise(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = " " * rng.randrange(12) + lines[at].lstrip()
    return "\n".join(lines)


def _with_another_value(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    value = rng.choice(rng.choice((_WORDS, _NUMBERS, _DATES, _ZONES, _WINDOWS, _HOLIDAYS)))
    lines[at] = f"{lines[at].partition(':')[0]}: {value}"
    return "\n".join(lines)


def _exchanging(found: re.Pattern[str], by: list[str]) -> Damage:
    def exchanged(text: str, rng: random.Random) -> str:
        places = list(found.finditer(text))
        if not places:
            return text
        place = rng.choice(places)
        return text[: place.start()] + rng.choice(by) + text[place.end() :]

    return exchanged


_DAMAGES: tuple[Damage, ...] = (
    _without_tokens,
    _with_tokens_exchanged,
    _with_something_put_in,
    _with_a_line_elsewhere,
    _without_a_line,
    _with_a_line_indented_otherwise,
    _with_another_value,
    _exchanging(_NUMBER, _NUMBERS),
    _exchanging(_DATE, _DATES),
    _exchanging(_ZONE, _ZONES),
    _exchanging(_WINDOW, _WINDOWS),
)
