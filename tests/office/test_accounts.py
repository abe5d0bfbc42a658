"""``/desk/accounts``: who reads them, what ends soon first, what holds and what holds then, licences."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.office.agreement_pages import agreement_of, days, page, person, post
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, Licence, TermsChange


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


def test_an_account_executive_finds_their_own_accounts_and_no_other(cast, browser_of):
    Account.objects.filter(pk=cast.basic.pk).update(account_executive=None)
    shown = page(browser_of(cast.axel), "desk-accounts")
    assert "Premier" in shown
    assert "Basic" not in shown
    assert browser_of(cast.axel).get(reverse("desk-account", args=["basic"])).status_code == 404


def test_the_navigation_offers_accounts_to_those_who_read_them(cast, browser_of):
    for who, offered in ((cast.mia, True), (cast.axel, True), (cast.ana, False)):
        assert ('href="/desk/accounts"' in browser_of(who).get("/desk/").content.decode()) is offered


def test_what_ends_soon_stands_first_and_what_is_renewed_does_not(cast, mia):
    Agreement.objects.filter(account=cast.premium).update(period=days("2026-01-01", "2026-04-30"))
    Agreement.objects.filter(account=cast.advanced).update(period=days("2026-01-01", "2026-03-31"))
    Agreement.objects.filter(account=cast.contracted).update(period=days("2026-01-01", "2026-03-15"))
    Agreement.objects.create(account=cast.contracted, level="premium", period=days("2026-03-16", "2027-03-15"))
    shown = page(mia, "desk-accounts")
    assert shown.index("Advance ") < shown.index("Premier ") < shown.index("Basic") < shown.index("Contracted ")
    assert "Advanced for everything, through 31 Mar 2026" in shown
    assert "30 days left" in shown
    ending = mia.get(reverse("desk-accounts") + "?side=ending").content.decode()
    assert ("Advance" in ending, "Premier" in ending, "Contracted" in ending) == (True, True, False)


def test_who_has_no_entitlement_is_found(cast, mia):
    Licence.objects.filter(account=cast.basic).delete()
    shown = mia.get(reverse("desk-accounts") + "?side=without&q=%00bas").content.decode()
    assert "Basic" in shown
    assert "Premier" not in shown
    assert "No entitlement" in page(mia, "desk-account", "basic")


def test_an_account_shows_what_holds_now_for_each_scope(cast, mia):
    Agreement.objects.create(
        account=cast.basic, level="premium", scope="environment", scope_value="production", period=days("2026-01-01")
    )
    shown = page(mia, "desk-account", "basic")
    assert shown.index("Break-Fix everything, by the licence") < shown.index("Premium the environment production")
    assert "Within 24 hours, before escalation." in shown


def test_what_the_sla_changed_is_marked_on_the_accounts_page(cast, mia):
    shown = page(mia, "desk-account", "contracted")
    assert (
        "Within 30 min (24 hours per day, 7 days per week) by the SLA instead of: Within minutes up to 2 hours" in shown
    )


def test_before_an_end_that_nothing_follows_the_page_shows_what_holds_then(cast, mia):
    Agreement.objects.filter(account=cast.premium).update(period=days("2026-01-01", "2026-03-31"))
    shown = page(mia, "desk-account", "premier")
    assert "Premium for everything holds through 31 Mar 2026, and nothing follows it." in shown
    assert "From the start of 1 Apr 2026 holds: Break-Fix everything, by the licence" in shown


def test_terms_that_cannot_be_read_any_more_say_why_and_break_no_page(cast, mia, report):
    report(cast.petra, 1)
    Agreement.objects.filter(account=cast.premium).update(level="platinum", sla_text="sla: [")
    for name, key in (("desk-account", "premier"), ("desk-agreement", agreement_of(cast.premium).pk)):
        assert '"platinum" is not a level of production-support; write one of break-fix, advanced' in page(
            mia, name, key
        )
    assert "Premier" in page(mia, "desk-accounts")
    shown = words_of(mia.get(f"{reverse('desk-policy-promises')}?account=premier").content)
    assert "Mon 2 Mar, 12:00 → would be Wed 4 Mar, 16:00" in shown, "what the licence includes is promised meanwhile"
    assert mia.get(reverse("desk-agreement-sla", args=[agreement_of(cast.premium).pk])).status_code == 200


def test_an_account_gets_an_executive_and_its_history_says_so(cast, mia):
    alba = person("Alba", "account_executive")
    assert post(mia, "desk-account-executive", "basic", account_executive=alba.pk).status_code == 302
    assert Account.objects.get(pk=cast.basic.pk).account_executive == alba
    assert "Mia changed: Account executive Name: Axel → Alba" in page(mia, "desk-account", "basic")
    assert post(mia, "desk-account-executive", "basic", account_executive=cast.ana.pk).status_code == 422
    post(mia, "desk-account-executive", "basic", account_executive="")
    assert Account.objects.get(pk=cast.basic.pk).account_executive is None


# Licences


def test_a_licence_is_opened_renewed_without_a_gap_and_ended(cast, mia):
    Licence.objects.filter(account=cast.basic).delete()
    post(mia, "desk-new-licence", "basic", first_day="2026-01-01", last_day="2026-12-31")
    (first,) = Licence.objects.filter(account=cast.basic)
    assert first.period == days("2026-01-01", "2026-12-31")
    renewal = f"{reverse('desk-new-licence', args=['basic'])}?renews={first.pk}"
    assert 'value="2027-01-01"' in mia.get(renewal).content.decode()
    post(mia, "desk-new-licence", "basic", query=f"?renews={first.pk}", first_day="2027-01-01", last_day="2027-12-31")
    post(mia, "desk-licence-end", first.pk, last_day="2026-06-30")
    assert [licence.period for licence in Licence.objects.filter(account=cast.basic).order_by("period")] == [
        days("2026-01-01", "2026-06-30"),
        days("2027-01-01", "2027-12-31"),
    ]
    acts = TermsChange.objects.filter(account=cast.basic).order_by("pk").values_list("act", "by__name")
    assert list(acts) == [("opened", "Mia"), ("renewed", "Mia"), ("ended", "Mia")]
    assert "Last day: 31 Dec 2026 → 30 Jun 2026" in page(mia, "desk-account", "basic")


def test_licences_that_overlap_are_refused_by_the_name_of_the_other(cast, mia):
    Licence.objects.filter(account=cast.basic).update(period=days("2026-01-01", "2026-12-31"))
    answer = post(mia, "desk-new-licence", "basic", first_day="2026-12-31", last_day="")
    assert answer.status_code == 422
    assert (
        "A licence, 1 Jan 2026 through 31 Dec 2026, covers the same. Two never overlap: end that one first, or begin "
        "on 1 Jan 2027." in answer.content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"first_day": "2026-02-30"}, "This is no day; write it as 2026-12-31."),
        ({"first_day": "9999-12-31"}, "Write a day from 1 Jan 1990 to 31 Dec 2199."),
        ({"first_day": "2026-05-01", "last_day": "2026-04-30"}, "It lies before the first day, 1 May 2026."),
        ({"first_day": "\0", "last_day": "\0"}, "This is no day"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(cast, mia, typed, says):
    Licence.objects.filter(account=cast.basic).delete()
    answer = post(mia, "desk-new-licence", "basic", **typed)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("renews", ["0", "99999999999999999999", "x"])
def test_a_renewal_of_nothing_is_no_page_or_a_plain_form(cast, mia, renews):
    answer = mia.get(reverse("desk-new-licence", args=["basic"]) + f"?renews={renews}")
    assert answer.status_code == (200 if renews == "x" else 404)


def test_a_licence_holds_through_its_last_day_by_the_clocks_of_the_policy(cast, mia, clock):
    Licence.objects.filter(account=cast.basic).update(period=days("2026-01-01", "2026-03-31"))
    clock.set(chicago("2026-03-31 23:59"))
    assert "Break-Fix everything" in page(mia, "desk-account", "basic")
    clock.set(chicago("2026-04-01 00:00"))
    assert "No entitlement on record" in page(mia, "desk-account", "basic")
