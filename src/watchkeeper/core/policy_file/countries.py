"""A country's holidays as dates, from the ``holidays`` library; observed days included.

They are resolved once, when a policy is read for publishing, and stored with the version: an upgrade of the library
changes no promise. The library is imported only when a policy names a country.
"""

from __future__ import annotations

import re
import warnings
from datetime import date
from functools import cache
from typing import NamedTuple

from watchkeeper.core.policy_file.problems import quoted

FIRST_YEAR, LAST_YEAR = 1990, 2100

_CODE = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,5}))?")


class UnknownCountry(ValueError):
    """A code that the library has no holidays for; the message says how codes are written."""


class CountryHolidays(NamedTuple):
    """The holidays of a country, or one of its regions, in the years 1990 to 2100, sorted.

    ``remark`` says where the library knows fewer years; empty where it knows them all.
    """

    code: str
    days: tuple[date, ...]
    remark: str = ""


def is_code(written: str) -> bool:
    """Whether ``written`` has the form of a country code, ``US``, or of one of its regions, ``DE-BY``."""
    return _CODE.fullmatch(written) is not None


@cache
def holidays_of(code: str) -> CountryHolidays:
    """The holidays of ``US``, ``DE-BY`` and the like. Raises ``UnknownCountry``."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise UnknownCountry(f"{quoted(code)} is not a country code; write US, or DE-BY for a region")
    from holidays import country_holidays  # 0.1 s, paid only by policies that name a country

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            days = country_holidays(match[1], subdiv=match[2], years=range(FIRST_YEAR, LAST_YEAR + 1))
        except NotImplementedError:
            raise UnknownCountry(_unknown(match[1], match[2])) from None
    return CountryHolidays(code, tuple(sorted(days)), "; ".join(str(warning.message) for warning in said))


@cache
def names_of(code: str, years: range) -> dict[date, str]:
    """How the holidays of a country or a region that is known are called in some years, in English where possible."""
    from holidays import country_holidays

    match = _CODE.fullmatch(code)
    if match is None:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the remark of ``holidays_of`` says what the library does not know
        try:
            named = country_holidays(match[1], subdiv=match[2], years=years, language="en_US")
        except NotImplementedError:  # a version may name a region that the library has given up since
            return {}
    return dict(named.items())


def _unknown(country: str, region: str | None) -> str:
    from holidays import list_supported_countries

    supported = list_supported_countries().get(country)
    regions = [region for region in supported or () if is_code(f"{country}-{region}")]
    if supported is None:
        return (
            f"{quoted(country)} is a country without known holidays; write an ISO 3166 code such as US, or list dates"
        )
    if not regions:
        return f"{country} has no regions with holidays of their own; write {country} alone"
    return f"{quoted(f'{country}-{region}')} is no region of {country}; it has {', '.join(regions)}"
