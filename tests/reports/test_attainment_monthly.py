"""When a month is over, whoever subscribed is told once what came of its promises, and can end it by one click."""

from __future__ import annotations

import re

import pytest

from tests.pages.things import one_of_each_role, person
from tests.reading import words_of
from tests.stage import browser_of, cast, chicago, report
from watchkeeper.incidents import verbs
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.reports.attainment.monthly import tell_of_months
from watchkeeper.reports.models import Subscription

__all__ = ["browser_of", "cast", "report"]


@pytest.fixture
def paula(cast):
    return person("Paula", "customer_manager", account=cast.premium)


@pytest.fixture
def subscribed(cast, browser_of, report):
    def begin(who, **given):
        side = "" if who.is_customer else "/desk"
        assert browser_of(who).post(f"{side}/attainment/subscription", given).status_code == 302
        stand_for_the_desk()

    verbs.acknowledge(report(cast.petra, 1), by=cast.ana)
    report(cast.clara, 1, title="CANARY")
    return begin


def mails():
    stand_for_the_desk()
    return list(Notice.objects.filter(step__startswith="attainment:").order_by("queued_at"))


def test_the_mail_comes_once_when_the_month_is_over_and_says_its_figures(cast, paula, subscribed, clock):
    subscribed(paula)
    assert tell_of_months() == 0, "February was over when she subscribed"
    clock.set(chicago("2026-04-01 00:05"))
    assert [tell_of_months(), tell_of_months()] == [1, 0]
    (mail,) = mails()
    assert (mail.recipient, mail.subject) == (paula.email, "Attainment 2026-03: Premier")
    assert "- Acknowledgement of Critical at Premium: 1 of 1 met, 100.0 %" in mail.text
    assert "CANARY" not in mail.text
    assert "Contracted" not in mail.text
    clock.set(chicago("2026-05-03 10:00"))
    assert tell_of_months() == 1
    assert "Nothing was promised in this month." in mails()[-1].text


def test_a_month_that_nobody_was_awake_in_is_not_told_of_twice(cast, paula, subscribed, clock):
    subscribed(paula)
    clock.set(chicago("2026-07-15 10:00"))
    assert [tell_of_months(), tell_of_months()] == [1, 0]
    assert mails()[0].subject == "Attainment 2026-06: Premier"


def test_the_vendor_subscribes_to_all_accounts_or_to_one(cast, subscribed, clock):
    subscribed(cast.mia)
    subscribed(cast.axel, account="premier")
    clock.set(chicago("2026-04-02 10:00"))
    assert tell_of_months() == 2
    subjects = {mail.recipient: mail.subject for mail in mails()}
    assert subjects == {
        cast.mia.email: "Attainment 2026-03: all accounts",
        cast.axel.email: "Attainment 2026-03: Premier",
    }


def test_who_may_not_read_it_any_more_is_told_nothing(cast, paula, subscribed, clock):
    subscribed(paula)
    subscribed(cast.axel, account="premier")
    paula.roles = ["customer"]
    paula.save()
    cast.premium.account_executive = None
    cast.premium.save()
    clock.set(chicago("2026-04-02 10:00"))
    assert tell_of_months() == 0
    assert mails() == []


def test_it_is_for_customer_managers_account_executives_and_managers(cast, browser_of):
    for role, who in one_of_each_role(cast).items():
        if who is not None:
            side = "" if who.is_customer else "/desk"
            answer = browser_of(who).post(f"{side}/attainment/subscription")
            assert (answer.status_code == 302) is (role in ("customer manager", "account executive", "manager")), role
    assert browser_of(cast.axel).post("/desk/attainment/subscription", {"account": "none"}).status_code == 404


def test_one_click_ends_it_without_signing_in_and_so_does_the_page(cast, paula, subscribed, clock, client, browser_of):
    subscribed(paula)
    clock.set(chicago("2026-04-02 10:00"))
    tell_of_months()
    (mail,) = mails()
    link = re.search(r"<https?://[^/]+(/attainment-mail/[^>]+)>", mail.headers["List-Unsubscribe"])[1]
    assert "End the monthly mail" in words_of(client.get(link).content)
    stand_for_the_desk()
    assert Subscription.objects.count() == 1, "to look is not to end it"
    assert [client.post(link).status_code for _ in range(2)] == [200, 200]
    stand_for_the_desk()
    assert not Subscription.objects.exists()
    assert client.post(link[:-1] + ("x" if link[-1] != "x" else "y")).status_code == 404
    subscribed(paula)
    assert "No more mail" in words_of(browser_of(paula).get("/attainment").content)
    subscribed(paula, ends="1")
    assert not Subscription.objects.exists()
