"""The published page: every cell of the vendor's own, from the policy in force, for anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

from tests.cast import POLICY
from tests.reading import words_of
from watchkeeper.core import published
from watchkeeper.core.policy_file import read_policy
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.publishing import publish


def test_everything_the_policy_publishes_stands_on_the_page(cast):
    page = words_of(Client().get("/support-levels").content)
    expected = published.page(read_policy(POLICY.read_text(encoding="utf-8")))
    for level in expected.levels:
        said = [level.title, *level.introduction, level.conditions, *level.headings]
        for row in level.rows:
            said += [f"{row.severity} {row.definition} {row.cells[0].text}"]
        for words in said:
            assert words in page, words
    for contact in expected.contacts:
        assert f"{contact.name} {' '.join(contact.emails)}" in page


def test_the_contact_that_is_not_public_stands_on_neither_page(cast, browser_of):
    anybody = Client()
    pages = [anybody.get("/support-levels"), anybody.get("/support-levels.json")]
    pages.append(browser_of(cast.petra).get("/support-terms"))
    assert all(page.status_code == 200 and b"oncall@vendor.example" not in page.content for page in pages)


def test_machines_read_the_same(cast):
    said = Client().get("/support-levels.json").json()
    assert [level["key"] for level in said["levels"]] == ["break-fix", "advanced", "premium"]
    assert [len(level["rows"]) for level in said["levels"]] == [2, 2, 5]
    assert said["levels"][2]["rows"][2][0] == "3: Medium"
    assert said["levels"][2]["rows"][2][2] == "Response within 8 hours, before escalation. (Standard Hours)"
    assert said["version"] == 1


def test_a_newer_version_is_published_from_its_day_on(cast, clock):
    text = POLICY.read_text(encoding="utf-8").replace("Within 12 hours, before escalation.", "Within 11 hours.")
    PolicyVersion.objects.create(
        number=2, text=text, valid_from=date(2026, 4, 1), published_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    clock.set(datetime(2026, 4, 1, 4, 59, 59, tzinfo=UTC))
    assert b"Within 11 hours." not in Client().get("/support-levels").content
    clock.set(datetime(2026, 4, 1, 5, 0, tzinfo=UTC))
    assert b"Within 11 hours." in Client().get("/support-levels").content


def test_what_holds_at_every_level_stands_once_for_people_and_machines(cast):
    scales = "priorities: {Now: {definition: Before all else.}}\nseverity_matrix: {all: {now: 1}}\n"
    publish(POLICY.read_text(encoding="utf-8") + scales, valid_from=date(2026, 3, 1))
    page = words_of(Client().get("/support-levels").content)
    assert "At every level Severity by impact and urgency all: now → Critical" in page
    assert page.count("Now: Before all else.") == 1
    said = Client().get("/support-levels.json").json()
    assert said["notes"][1] == {"heading": "The customer’s own priority", "lines": ["Now: Before all else."]}
