from __future__ import annotations

import pytest

from tests.core.policy_text import SMALL
from watchkeeper.core.policy_file import read_policy
from watchkeeper.core.policy_file.editing import REMOVED, CannotEdit, Change, appended, edited

FILE = """\
# what we promise
policy: 'ours'   # in quotes of its own

hours:
  office:  # on weekdays
    # as printed
    weekly: {mon-fri: 08:00-17:00, sat: "09:00-12:00"}  # and Saturdays
    holidays:
      # fixed days
      - 2026-12-24  # Christmas Eve

      - 2026-12-31
  night: {weekly: {every day: 22:00-06:00}, holidays: [US, 2026-05-01]}  # in flow
levels:
  gold:
    terms: |  # word for word
      # not a comment
      two lines
    variants:
      - when: {product: a}  # the first
        # and more
        hours: night
      - when: {product: b}

# the end
"""


def changed(path: str, value: object, text: str = FILE) -> str:
    return edited(text, [Change(tuple(path.split(".")), value)])


def refused(path: str, value: object, text: str = FILE) -> str:
    with pytest.raises(CannotEdit) as raised:
        changed(path, value, text)
    return str(raised.value)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("policy", "theirs", "'ours'", "theirs"),
        ("policy", "a: b", "'ours'", '"a: b"'),
        ("policy", "yes", "'ours'", "yes"),
        ("policy", "~", "'ours'", '"~"'),
        ("policy", "", "'ours'", '""'),
        ("hours.office.weekly.sat", "closed", '"09:00-12:00"', "closed"),
        ("hours.office.weekly.sun", "closed", '-12:00"}', '-12:00", sun: closed}'),
        ("hours.office.weekly.sat", REMOVED, ', sat: "09:00-12:00"', ""),
        ("hours.office.weekly.mon-fri", REMOVED, "mon-fri: 08:00-17:00, ", ""),
        ("hours.office.holidays.1", "12-24", "2026-12-24 ", "12-24 "),
        ("hours.office.holidays.2", REMOVED, "      - 2026-12-31\n", ""),
        ("hours.night.holidays.1", REMOVED, "US, ", ""),
        ("hours.night.published_as", "Nights", "05-01]}", "05-01], published_as: Nights}"),
        ("levels.gold.name", "Gold", "b}\n", "b}\n    name: Gold\n"),
        ("levels.gold.variants.2.when.product", "c", "product: b", "product: c"),
        ("levels.silver.name", "Silver", "b}\n", "b}\n  silver: {name: Silver}\n"),
    ],
)
def test_a_change_touches_its_own_value_and_nothing_else(path: str, value: object, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert changed(path, value) == FILE.replace(old, new)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("hours.office.holidays.1", REMOVED, "- 2026-12-24  # Christmas Eve", "# Christmas Eve"),
        (
            "hours.office.holidays",
            "US",
            "      # fixed days\n      - 2026-12-24  # Christmas Eve\n\n      - 2026-12-31\n",
            "      # fixed days\n      # Christmas Eve\n      US\n",
        ),
        (
            "levels.gold.variants.1.when",
            REMOVED,
            "- when: {product: a}  # the first\n        # and more\n",
            "- # the first\n        # and more\n",
        ),
        ("levels.gold.terms", "short", "|  # word for word\n      # not a comment\n      two lines", ""),
    ],
)
def test_a_comment_outlives_what_it_stood_beside(path: str, value: object, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    new = new or "\n      # word for word\n      short"
    assert changed(path, value) == FILE.replace(f" {old}" if new[0] == "\n" else old, new)


def test_a_new_list_keeps_the_entries_it_shares_with_the_old_one() -> None:
    made = changed("hours.office.holidays", ["2026-12-24", "2026-12-26", "2026-12-31", "2027-01-01"])
    expected = FILE.replace("# Christmas Eve\n", "# Christmas Eve\n      - 2026-12-26\n")
    assert made == expected.replace("- 2026-12-31\n", "- 2026-12-31\n      - 2027-01-01\n")


def test_a_new_mapping_keeps_the_keys_it_shares_with_the_old_one() -> None:
    weekly = {"mon-fri": "09:00-17:00", "sun": "closed"}
    assert changed("hours.office.weekly", weekly) == FILE.replace(
        '{mon-fri: 08:00-17:00, sat: "09:00-12:00"}', '{mon-fri: "09:00-17:00", sun: closed}'
    )


def test_another_order_of_keys_is_written_anew() -> None:
    made = changed("hours.office.weekly", {"sat": "closed", "mon-fri": "all day"})
    assert made == FILE.replace('{mon-fri: 08:00-17:00, sat: "09:00-12:00"}', "{sat: closed, mon-fri: all day}")


def test_appending_makes_the_list_where_none_or_a_single_text_stands() -> None:
    missing = "hours:\n  office: {weekly: all}\n"
    assert appended(missing, ("hours", "office", "holidays"), ["US"]) == missing.replace("all", "all, holidays: [US]")
    single = "hours:\n  office:\n    holidays: US  # federal\n"
    made = appended(single, ("hours", "office", "holidays"), ["2026-12-24"])
    assert made == single.replace("US ", "[US, 2026-12-24] ")


def test_appending_goes_on_in_the_style_of_the_list() -> None:
    assert appended(FILE, ("hours", "office", "holidays"), ["US"]) == FILE.replace(
        "- 2026-12-31\n", "- 2026-12-31\n      - US\n"
    )
    assert appended(FILE, ("hours", "night", "holidays"), ["DE", "12-24"]) == FILE.replace(
        "2026-05-01]", "2026-05-01, DE, 12-24]"
    )


def test_appending_to_a_mapping_is_refused() -> None:
    with pytest.raises(CannotEdit, match=r"hours\.office is a mapping; only a list can be appended to"):
        appended(FILE, ("hours", "office"), ["x"])


def test_the_last_entry_that_goes_leaves_an_empty_collection() -> None:
    text = "a:\n  - x  # why\nb: {c: d}\n"
    assert changed("a.1", REMOVED, text) == "a: []  # why\nb: {c: d}\n"
    assert changed("b.c", REMOVED, text) == "a:\n  - x  # why\nb: {}\n"


def test_a_value_that_grows_is_laid_out_on_lines_of_its_own() -> None:
    text = "a: x  # why\nb: y\n"
    tree = {"c": {"d": "e"}, "f": [{"g": "h"}]}
    assert changed("a", tree, text) == "a:  # why\n  c: {d: e}\n  f:\n    - {g: h}\nb: y\n"


def test_long_lists_between_brackets_go_over_lines() -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 11)]
    made = appended("office: {holidays: [US]}\n", ("office", "holidays"), days)
    assert max(map(len, made.splitlines())) <= 120
    assert made.startswith("office: {holidays: [US, 2026-01-01, ")
    assert made.endswith("2026-02-10]}\n")


def test_line_ends_and_a_byte_order_mark_stay_as_they_are() -> None:
    text = "\ufeff" + FILE.replace("\n", "\r\n")
    made = changed("levels.gold.name", "Gold", text)
    assert made == "\ufeff" + changed("levels.gold.name", "Gold").replace("\n", "\r\n")


def test_a_file_without_a_last_line_break_gets_none() -> None:
    assert changed("c", "d", "a: b") == "a: b\nc: d"
    assert changed("c", REMOVED, "a: b\nc: d") == "a: b"


def test_several_changes_are_made_one_after_the_other() -> None:
    changes = [Change(("a",), {"b": "c"}), Change(("a", "d"), "e"), Change(("a", "b"), REMOVED)]
    assert edited("a: x\n", changes) == "a: {d: e}\n"


def test_a_change_that_has_no_place_is_refused_by_its_path() -> None:
    assert refused("policy.name", "x") == 'policy is the text "ours" and has no "name"; change it as a whole'
    assert (
        refused("hours.office.holidays.9", "x") == 'hours.office.holidays is a list of 2; there is no entry "9" in it'
    )
    assert refused("hours.day", REMOVED) == "hours.day is not in the file, so it cannot be taken out"
    assert "give a text, a list, or a mapping with texts" in refused("policy", 3)
    assert "give a text, a list, or a mapping with texts" in refused("policy", ["a", None])
    assert "a whole file is written anew" in refused("a", REMOVED, "{}")


def test_what_cannot_be_changed_alone_is_refused_and_not_damaged() -> None:
    assert "cannot be changed alone" in refused("a.1.c", "d", "a: [x: y]")


def test_an_edited_policy_says_what_was_asked_for() -> None:
    made = edited(SMALL, [Change(("levels", "gold", "acknowledgement", "2", "within"), "3h")])
    assert read_policy(made) == read_policy(SMALL.replace("{within: 4h}", "{within: 3h}"))
