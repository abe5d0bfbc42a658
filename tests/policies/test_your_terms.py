"""An account's own terms: the effective promise, what the SLA changed, and where the level ends."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from tests.cast import ALWAYS, SLA
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, Licence, SignedCopy


def terms_of(person, browser_of) -> str:
    answer = browser_of(person).get("/support-terms")
    stand_for_the_desk()
    return words_of(answer.content)


def test_break_fix_says_what_premium_would_have_given_beyond_it(cast, browser_of):
    page = terms_of(cast.basil, browser_of)
    assert "Included in your licence" in page
    assert "Medium: Premium would have given “Response within 8 hours, before escalation. (Standard Hours)”" in page
    assert "Cosmetic: Premium would have given “Response within 48 hours (Standard Hours)”" in page


def test_a_level_says_what_it_does_not_bring_and_which_one_would(cast, browser_of):
    everything = "proactive guidance, strategic insights, performance optimization recommendations, ongoing support"
    for customer in (cast.basil, cast.ada):
        assert f"Not included {everything} (Premium would bring it)" in terms_of(customer, browser_of)
    assert "Not included" not in terms_of(cast.petra, browser_of)


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


def test_all_else_that_the_sla_changed_is_marked_too(cast, browser_of):
    further = """\
escalation: {answer: 30m}
features: [a named engineer]
contacts: {escalation: {name: Duty line, emails: duty@vendor.example}}
"""
    Agreement.objects.filter(account=cast.contracted).update(sla_text=SLA + further)
    page = terms_of(cast.clara, browser_of)
    assert "it is answered within 30 min by your SLA instead of: 2 h." in page
    assert "And a named engineer by your SLA" in page
    assert "Duty line by your SLA duty@vendor.example" in page
    assert page.count("by your SLA") == 4


def test_an_agreement_says_its_days_and_what_holds_from_its_end_on(cast, browser_of):
    period = DateRange(date(2026, 1, 1), date(2026, 5, 1))
    Agreement.objects.filter(account=cast.premium).update(period=period)
    page = terms_of(cast.petra, browser_of)
    assert "For everything you report, 1 Jan 2026 through 30 Apr 2026." in page
    assert "From 1 May 2026 on: Break-Fix (included in your licence)." in page
    Agreement.objects.create(account=cast.premium, level="advanced", period=DateRange(date(2026, 5, 1), None))
    assert "From 1 May 2026 on: Advanced (for everything you report)." in terms_of(cast.petra, browser_of)
    Agreement.objects.filter(account=cast.premium).delete()
    Licence.objects.filter(account=cast.premium).update(period=period)
    page = terms_of(cast.petra, browser_of)
    assert "Included in your licence, 1 Jan 2026 through 30 Apr 2026. From 1 May 2026 on: nothing is on record." in page


def test_an_end_far_away_is_a_date_and_no_more(cast, browser_of):
    page = terms_of(cast.petra, browser_of)
    assert "For everything you report, 1 Jan 2020 through 31 Dec 2099." in page
    assert "on: " not in page


def test_designated_engineers_who_are_still_there_are_named(cast, browser_of):
    agreement = Agreement.objects.get(account=cast.premium)
    agreement.designated_engineers.set([cast.ana, cast.bo], through_defaults={"account": cast.premium})
    Person.objects.filter(pk=cast.bo.pk).update(is_active=False)
    page = terms_of(cast.petra, browser_of)
    assert "Your engineers A Ana" in page
    assert "B Bo" not in page


def test_the_signed_contract_is_offered_to_customer_managers_alone(cast, browser_of):
    SignedCopy.objects.create(
        account=cast.premium,
        agreement=Agreement.objects.get(account=cast.premium),
        key="k",
        name="Premier 2026.pdf",
        size=1,
        digest="",
        given_at=chicago("2026-03-01 10:00"),
        given_by=cast.mia,
    )
    paula = Person.objects.create_person(
        "paula@premier.example", name="Paula", password=None, roles=["customer_manager"], account=cast.premium
    )
    assert "Signed contract Premier 2026.pdf" in terms_of(paula, browser_of)
    assert "Signed contract" not in terms_of(cast.petra, browser_of)


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
