from __future__ import annotations

from datetime import date

from tests.core.policy_text import changed
from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.policy_file.written_out import with_dates

STORED = {"US": [date(2026, 11, 26), date(2026, 7, 3)], "DE-BY": [date(2026, 1, 6), date(2026, 7, 3)]}
US, US_AND_BAVARIA = "[2026-07-03, 2026-11-26]", "[2026-07-03, 2026-11-26, 2026-01-06]"

TEXT = changed(
    "    published_as: Office Hours\n",
    """\
    holidays: US  # as the contract says
  several: {weekly: {mon: all day}, holidays: [US, DE-BY, 12-24]}
  regions:
    regions:
      - weekly: {mon: all day}
        # not in summer
        holidays: [customer-days, US]
""",
).replace("customer-days", "2026-05-01")
VARIANT = """\
    variants:
      - when: {region: EU}
        hours: {theirs: {weekly: {mon: all day}, holidays: [DE-BY]}}
        update: {1: {within: 1h, hours: theirs}}
"""


def test_in_place_of_every_country_stand_the_dates_it_was_stored_with() -> None:
    made = with_dates(TEXT + VARIANT, STORED)
    assert made == (TEXT + VARIANT).replace("holidays: US ", f"holidays: {US} ").replace(
        "[US, DE-BY, 12-24]", f"{US_AND_BAVARIA[:-1]}, 12-24]"
    ).replace("[2026-05-01, US]", f"[2026-05-01, {US[1:]}").replace("[DE-BY]", "[2026-01-06, 2026-07-03]")


def test_what_is_written_out_says_without_the_stored_dates_what_the_text_says_with_them() -> None:
    made = with_dates(TEXT + VARIANT, STORED)
    assert open_policy(made, holidays={}).policy == open_policy(TEXT + VARIANT, holidays=STORED).policy


def test_a_text_that_names_no_country_stays_as_it_is() -> None:
    text = changed("    published_as: Office Hours\n", "    holidays: [12-24, 2026-05-01]\n")
    assert with_dates(text, STORED) == text
