"""How much of what a file may hold: far more than any real support page needs, and little enough to be read at once."""

from __future__ import annotations

MOST_SEVERITIES = 30
MOST_CALENDARS = 50
MOST_REGIONS = 24
MOST_WINDOWS = 7 * 48
"""Windows of a week: one for each half hour."""
MOST_COUNTRIES = 24
"""Countries and regions whose holidays are looked up."""
MOST_LEVELS = 50
MOST_VARIANTS = 30
"""Variants of a level, together with those of the level it is based on."""
MOST_PROBLEMS = 100
"""Problems that are told at once."""
