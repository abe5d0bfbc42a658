"""A country's holidays by the ``holidays`` library: which countries, regions and categories it knows, and the days."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

from watchkeeper.core.holiday_calendars.reading import NamedDay, Reading, plain_name
from watchkeeper.core.policy_file.countries import FIRST_YEAR, LAST_YEAR
from watchkeeper.core.policy_file.problems import quoted

PUBLIC = "public"
HALF_DAY = "half_day"
"""A category whose days are open for a part: a holiday closes a whole day, so it is not offered."""

MOST_YEARS = 10


class UnknownPlace(ValueError):
    """A country, region or category that there is not, or years that nobody knows; the message says what there is."""


class Country(NamedTuple):
    """A country: its code and name, its regions by code with their names, and its categories of holidays."""

    code: str
    name: str
    regions: Mapping[str, str]
    categories: tuple[str, ...]


@cache
def country_names() -> Mapping[str, str]:
    """The English names of all countries with known holidays, by code, in the order of their names."""
    from holidays.registry import COUNTRIES

    named = {entry[1]: " ".join(map(_capital, name.split("_"))) for name, entry in COUNTRIES.items()}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _capital(word: str) -> str:
    return word if word in ("and", "of", "the") else word.capitalize()


@cache
def country_called(code: str) -> Country:
    """The country of a code. Raises ``UnknownPlace``."""
    from holidays import country_holidays

    if code not in country_names():
        raise UnknownPlace(f"{quoted(code)} is no country with known holidays; choose one of the list")
    known = country_holidays(code)
    regions = {region: region for region in known.subdivisions}
    regions.update({region: name for name, region in known.subdivisions_aliases.items()})
    categories = tuple(each for each in known.supported_categories if each != HALF_DAY)
    return Country(code, country_names()[code], regions, categories)


def read_country(code: str, region: str, categories: Collection[str], years: range) -> Reading:
    """The holidays of some years, observed days included. Raises ``UnknownPlace``."""
    from holidays import country_holidays

    country = country_called(code)
    _require_known(country, region, categories, years)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of categories that the region has not in some year
        named = country_holidays(code, subdiv=region or None, years=years, categories=set(categories), language="en_US")
    days = tuple(NamedDay(day, plain_name(name)) for day, name in sorted(named.items()) if day.year in years)
    return Reading(days, title=", ".join(filter(None, (country.name, country.regions.get(region, "")))))


def _require_known(country: Country, region: str, categories: Collection[str], years: range) -> None:
    if region and region not in country.regions:
        known = ", ".join(country.regions) or "none"
        raise UnknownPlace(f"{quoted(region)} is no region of {country.name}; it has {known}")
    if not categories or not set(categories) <= set(country.categories):
        raise UnknownPlace(f"{country.name} has the holidays {', '.join(country.categories)}; choose among them")
    if not 1 <= len(years) <= MOST_YEARS or years[0] < FIRST_YEAR or years[-1] > LAST_YEAR:
        allowed = f"1 to {MOST_YEARS} years from {FIRST_YEAR} to {LAST_YEAR}"
        raise UnknownPlace(f"the last year comes after the first, and they are {allowed}")
