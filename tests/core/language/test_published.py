from __future__ import annotations

from dataclasses import replace

from tests.core.policy_text import SMALL, changed, read
from tests.core.premium import target
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.core.promise import effective
from watchkeeper.core.published import Cell, page, plain, table, wording

POLICY = read_policy(SMALL)


def test_the_vendors_own_wording_is_published_word_for_word() -> None:
    gold = page(POLICY).levels[1]
    assert gold.rows[0].severity == "1: Critical"
    assert gold.rows[0].cells == (Cell("Within minutes up to 2 hours"),)


def test_a_target_without_wording_says_what_is_enforced() -> None:
    gold = page(POLICY).levels[1]
    assert [row.cells[0].text for row in gold.rows[1:]] == ["Within 4 h (always)", "Within 8 h (Office Hours)"]


def test_date_rules_and_the_wall_clock_are_said_in_words() -> None:
    office = POLICY.operating["office"]
    day = target("acknowledgement", 1, "next business day", office)
    assert wording(day) == "Next business day (Office Hours)"
    assert wording(target("acknowledgement", 1, "2 business days", office)) == "Within 2 business days (Office Hours)"
    elapsed = read("2: {within: 24h}", "2: {within: 24h, counting: elapsed}").level("basic").targets[1]
    assert wording(elapsed) == "Within 24 h on the clock (Office Hours)"


def test_a_level_lists_only_the_severities_it_covers() -> None:
    assert [row.severity for row in page(POLICY).levels[0].rows] == ["1: Critical", "2: High"]


def test_a_severity_whose_key_is_its_name_is_written_once() -> None:
    policy = read_policy(
        SMALL.replace("  1: {name: Critical, definition: Down.}", "  Critical: {definition: Down.}")
        .replace("      1: ", "      Critical: ")
        .replace("[1, 2]", "[critical, 2]")
    )
    assert page(policy).levels[0].rows[0].severity == "Critical"


def test_each_promised_metric_has_a_column_and_an_empty_cell_where_nothing_is_promised() -> None:
    policy = read("    escalation: {eligible: [1, 2]}", "    update: {1: 1h}\n    resolution: {2: 3 calendar days}")
    gold = page(policy).levels[1]
    assert gold.headings == ("Severity", "Definition", "Response Time", "Next Update", "Resolution")
    assert [cell.text for cell in gold.rows[0].cells[1:]] == ["Within 1 h (always)", ""]
    assert [cell.text for cell in gold.rows[1].cells[1:]] == ["", "Within 3 calendar days (always)"]


def test_a_level_without_targets_has_no_rows() -> None:
    level = replace(POLICY.levels[0], targets=())
    assert table(effective(POLICY, level)).rows == ()


def test_contacts_that_are_not_public_stay_off_the_page() -> None:
    hidden = read("  desk: {emails: desk@vendor.example}", "  desk: {emails: desk@vendor.example, public: no}")
    assert [contact.name for contact in page(POLICY).contacts] == ["Distribution", "Desk"]
    assert [contact.name for contact in page(hidden).contacts] == ["Distribution"]


def test_the_headings_are_the_vendors() -> None:
    policy = read_policy(
        changed("severities:", "severity_heading: Prio\ndefinition_heading: Meaning\nseverities:").replace(
            "    included_in_licence: yes", "    included_in_licence: yes\n    response_heading: Answer"
        )
    )
    assert page(policy).levels[0].headings == ("Prio", "Meaning", "Answer")


def test_effective_terms_mark_what_the_sla_changed_and_keep_what_the_level_says() -> None:
    gold = POLICY.level("gold")
    sla = read_sla("sla: Acme\nacknowledgement: {1: 1h, 3: none}\nupdate: {2: 4h}", POLICY, gold)
    rows = table(effective(POLICY, gold, sla)).rows
    assert rows[0].cells[0] == Cell("Within 1 h (always)", True, "Within minutes up to 2 hours")
    assert rows[1].cells == (Cell("Within 4 h (always)"), Cell("Within 4 h (always)", True, ""))
    assert rows[2].cells[0] == Cell("", True, "Within 8 h (Office Hours)")


def test_a_page_is_plain_data_for_json() -> None:
    data = plain(page(POLICY))
    assert data["levels"][1]["rows"][0]["cells"][0]["text"] == "Within minutes up to 2 hours"
    assert data["contacts"][0]["emails"] == ("first@vendor.example", "second@vendor.example")
