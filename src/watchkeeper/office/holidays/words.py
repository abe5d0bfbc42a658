"""What the rules say of files and countries of holidays, in the language of the page."""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

from watchkeeper.office import matched

_NOT_TAKEN = (
    gettext_noop("It recurs by {rule}, which is no rule."),
    gettext_noop("It recurs by {rule}; a holiday recurs by the day, week, month or year."),
    gettext_noop("It recurs by {rule}, whose interval is no number from 1 on."),
    gettext_noop("It recurs without an end, {often}; a calendar of holidays says until when."),
    gettext_noop("It recurs so that it cannot be followed: {problem}."),
    gettext_noop("It begins or ends twice."),
    gettext_noop("It leaves days out by a rule (EXRULE), which iCalendar has given up; write them as EXDATE."),
    gettext_noop("It has no beginning that is a date."),
    gettext_noop("It begins in the year {year}; taken are {first} to {last}."),
    gettext_noop("It is cancelled."),
    gettext_noop("It begins at {written}, which is no date."),
    gettext_noop("It begins at an instant in UTC, which is no date; taken are whole days."),
    gettext_noop("It begins at {time}; taken are whole days. Hours of a day are an exception in the policy."),
    gettext_noop("It ends at {time}; taken are whole days. Hours of a day are an exception in the policy."),
    gettext_noop("It ends at {written}, which is no date from its beginning on."),
    gettext_noop("It lasts {count} days; a holiday lasts at most {most}."),
    gettext_noop("It says {written}, which is no date."),
    gettext_noop("It comes {count}× more, at times that are no whole days."),
)

_UNREADABLE = (
    gettext_noop("the file has {count} bytes; a calendar of holidays has at most {most}"),
    gettext_noop("takes too long or too much to work out: its rules recur too often"),
    gettext_noop("holds bytes that are not UTF-8; save the file as UTF-8"),
    gettext_noop("an iCalendar file begins with BEGIN:VCALENDAR; this one does not"),
    gettext_noop("is no iCalendar file in UTF-8; one begins with BEGIN:VCALENDAR"),
    gettext_noop("{ended} ends, and {kind}, begun in line {line}, is open"),
    gettext_noop("there are more than {most} events; a calendar of holidays has some"),
    gettext_noop("{kind} begins and never ends; the file is cut"),
    gettext_noop("holds more than {most} days; a calendar of holidays has some"),
    gettext_noop("has no days of {division}; choose among {known}"),
    gettext_noop("has days of divisions; choose among {known}"),
    gettext_noop("is no JSON: {problem}"),
    gettext_noop("is no JSON in UTF-8"),
    gettext_noop("is JSON of something else; bank holidays have divisions, each with its days"),
    gettext_noop("has an entry without a date; bank holidays have divisions, each with its days"),
    gettext_noop("{written} is no date; write 2026-12-25 or 25/12/2026"),
)

_OF_A_LINE = re.compile(r"line (?P<line>\d+): (?P<problem>.*)", re.DOTALL)

_NO_COUNTRY = (
    gettext_noop("{code} is no country with known holidays; choose one of the list"),
    gettext_noop("{region} is no region of {country}; it has {known}"),
    gettext_noop("{country} has the holidays {known}; choose among them"),
    gettext_noop("the last year comes after the first, and they are 1 to {most} years from {first} to {last}"),
)


def why_not_taken(why: str) -> str:
    """Why an entry is no holiday, as a sentence."""
    return matched.in_words(f"It {why}.", _NOT_TAKEN)


def why_unreadable(message: str) -> str:
    """Why a file cannot be read."""
    found = _OF_A_LINE.fullmatch(message)
    if found is None:
        return matched.in_words(message, _UNREADABLE)
    problem = matched.in_words(found["problem"], _UNREADABLE)
    return gettext("line {line}: {problem}").format(line=found["line"], problem=problem)


def why_no_country(message: str) -> str:
    """Why there are no holidays of a place."""
    return matched.in_words(message, _NO_COUNTRY)
