"""An account's own terms: the effective promise, what the SLA changed, and where the level ends."""

from __future__ import annotations

from django.test import Client

from tests.cast import ALWAYS
from tests.reading import words_of
from watchkeeper.policies.models import Agreement, Licence


def terms_of(person, browser_of) -> str:
    return words_of(browser_of(person).get("/support-terms").content)


def test_break_fix_says_what_premium_would_have_given_beyond_it(cast, browser_of):
    page = terms_of(cast.basil, browser_of)
    assert "Included in your licence" in page
    assert "Medium: Premium would have given “Response within 8 hours, before escalation. (Standard Hours)”" in page
    assert "Cosmetic: Premium would have given “Response within 48 hours (Standard Hours)”" in page


def test_premium_has_no_such_end_and_names_what_is_not_eligible(cast, browser_of):
    page = terms_of(cast.petra, browser_of)
    assert "Where your level ends" not in page
    assert "A breach at Low or Cosmetic is not eligible for escalation" in page
    assert "proactive guidance" in page


def test_what_the_sla_changed_is_marked_beside_what_the_level_says(cast, browser_of):
    page = terms_of(cast.clara, browser_of)
    changed = "Within 30 min (24 hours per day, 7 days per week) by your SLA instead of: Within minutes up to 2 hours"
    assert changed in page
    assert page.count("by your SLA") == 1


def test_the_account_executive_and_the_contacts_can_be_reached(cast, browser_of):
    page = terms_of(cast.petra, browser_of)
    assert "Axel axel@vendor.example" in page
    assert "Escalation email distribution escalation@vendor.example" in page


def test_an_agreement_for_one_environment_stands_beside_the_licence(cast, browser_of):
    Agreement.objects.create(
        account=cast.basic, level="premium", scope="environment", scope_value="production", period=ALWAYS
    )
    page = terms_of(cast.basil, browser_of)
    assert page.index("Included in your licence") < page.index("For the environment production")


def test_without_licence_and_agreement_the_page_says_so_and_that_nothing_is_refused(cast, browser_of):
    Licence.objects.filter(account=cast.basic).delete()
    page = terms_of(cast.basil, browser_of)
    assert "No entitlement on record" in page
    assert "Nothing is refused for that" in page


def test_the_page_is_for_customers(cast, browser_of):
    assert browser_of(cast.ana).get("/support-terms").status_code == 404
    assert Client().get("/support-terms").status_code == 302
