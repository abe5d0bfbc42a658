"""How calendars are written."""

from __future__ import annotations

from watchkeeper.core.policy_file.grammar.kinds import (
    EXCEPTIONS,
    HOLIDAYS,
    TEXT,
    WEEK,
    WEEK_IN_WORDS,
    ZONE,
    either,
    listed,
    mapping,
    one_or_list,
    words,
)
from watchkeeper.core.policy_file.grammar.shape import REQUIRED, Field, Kind, Shape

_CUSTOMER = words("customer", ["customer"])

CALENDAR: Kind = {
    "title": "around the clock, a stretch of days, or a calendar",
    "if": {"type": "object", "required": ["regions"]},
    "then": mapping("hours with regions"),
    "else": either("", WEEK_IN_WORDS, mapping("hours")),
}

_ZONE = Field(
    "zone",
    either("zone, customer, or a choice of zones", ZONE, _CUSTOMER, mapping("a customer's zone")),
    "the zone its times are read in; `customer`: the customer's own",
    "Europe/Berlin",
    "the policy's",
)
_ZONE_LABEL = Field("zone_label", TEXT, "how the zone is called beside a time", "CET", "its abbreviation")
_PUBLISHED_AS = Field(
    "published_as", TEXT, "how the hours are called where wording is made", "Office Hours", "the calendar's name"
)
_WEEKLY = Field("weekly", WEEK, "its windows", "{monday-friday: 08:00-17:00}", REQUIRED)
_HOLIDAYS = Field(
    "holidays", HOLIDAYS, "days on which the weekly windows fall away", "[US, 12-24, last monday of may]", "none"
)
_EXCEPTIONS = Field(
    "exceptions",
    EXCEPTIONS,
    "opens, shortens or closes a day; stronger than a holiday",
    "{2026-12-24: 08:00-12:00, 2026-12-31: closed}",
    "none",
)
_REGIONS = Field(
    "regions",
    listed("list of regions", mapping("a region")),
    "instead of `weekly`: open whenever one of them is",
    "[{zone: Asia/Tokyo, weekly: {mon-fri: 09:00-17:00}}, {zone: Europe/Berlin, weekly: {mon-fri: 09:00-17:00}}]",
)

SHAPES = (
    Shape("hours", (_WEEKLY, _ZONE, _ZONE_LABEL, _HOLIDAYS, _EXCEPTIONS, _PUBLISHED_AS, _REGIONS)),
    Shape("hours with regions", (_REGIONS._replace(default=REQUIRED), _ZONE, _ZONE_LABEL, _PUBLISHED_AS)),
    Shape("a region", (_WEEKLY, _ZONE._replace(kind=ZONE, says="its zone"), _ZONE_LABEL, _HOLIDAYS, _EXCEPTIONS)),
    Shape(
        "a customer's zone",
        (
            Field("of", _CUSTOMER, "whose zone it is", "customer", REQUIRED),
            Field(
                "one_of", one_or_list("zone or list of zones", ZONE), "the zones to choose from", "[UTC]", "any zone"
            ),
            Field(
                "otherwise", ZONE, "the zone of a customer who names none of them", "America/New_York", "the policy's"
            ),
        ),
    ),
)
