"""Short names of weekdays and months, Monday and January first: ``strftime`` would answer in the host's language."""

from __future__ import annotations

from watchkeeper.core.said import sentence

WEEKDAYS = (
    sentence("Mon"),
    sentence("Tue"),
    sentence("Wed"),
    sentence("Thu"),
    sentence("Fri"),
    sentence("Sat"),
    sentence("Sun"),
)
MONTHS = (
    sentence("Jan"),
    sentence("Feb"),
    sentence("Mar"),
    sentence("Apr"),
    sentence("May"),
    sentence("Jun"),
    sentence("Jul"),
    sentence("Aug"),
    sentence("Sep"),
    sentence("Oct"),
    sentence("Nov"),
    sentence("Dec"),
)
