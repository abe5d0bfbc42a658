"""``/desk/policy/rehearsal/``: who may see the months ahead, of which text, and what stands there."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.cast import POLICY
from tests.reading import words_of
from watchkeeper.office.publishing.drafts import open_draft
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import PolicyVersion

TEXT = POLICY.read_text(encoding="utf-8")
HOLIDAYS = "    holidays:\n      - 2026-12-25  # Christmas Day\n      - 2026-12-28\n    published_as: Standard Hours\n"
WITH_HOLIDAYS = TEXT.replace("    published_as: Standard Hours\n", HOLIDAYS, 1)
PAGE = "/desk/policy/rehearsal/"


@pytest.fixture
def planned(cast) -> PolicyVersion:
    """A second version, from June on, with two holidays."""
    return PolicyVersion.objects.create(
        number=2, text=WITH_HOLIDAYS, valid_from=date(2026, 6, 1), published_at=datetime(2026, 3, 1, tzinfo=UTC)
    )


@pytest.fixture
def draft(cast):
    stand_for_the_desk()
    return open_draft(WITH_HOLIDAYS, based_on=PolicyVersion.objects.get(number=1), note="Christmas", by=cast.mia)


def test_it_is_for_engineers_and_managers_and_unknown_to_others(cast, draft, browser_of, client):
    address = reverse("desk-policy-draft-rehearsal", args=[draft.pk])
    for person, page, of_draft in (
        (cast.mia, 200, 200),
        (cast.ana, 200, 404),
        (cast.axel, 404, 404),
        (cast.petra, 404, 404),
    ):
        assert browser_of(person).get(PAGE).status_code == page
        assert browser_of(person).get(address).status_code == of_draft
    assert client.get(PAGE).url.startswith("/sign-in")
    assert browser_of(cast.mia).post(PAGE).status_code == 405


def test_who_has_no_page_of_the_policy_finds_it_in_the_navigation(cast, browser_of):
    assert f'href="{PAGE}"' in browser_of(cast.ana).get("/desk/").content.decode()
    assert f'href="{PAGE}"' in browser_of(cast.mia).get("/desk/policy/").content.decode()
    assert f'href="{PAGE}"' not in browser_of(cast.axel).get("/desk/", follow=True).content.decode()


def test_it_shows_the_twelve_months_from_this_one_on_with_the_nights_of_the_clocks(cast, browser_of):
    page = browser_of(cast.ana).get(PAGE).content
    words = words_of(page)
    assert "March 2026 to February 2027" in words
    assert page.decode().count("<caption>") == 12
    assert "America/Chicago: 02:00 is followed by 03:00; 1 h is skipped" in words
    assert re.search(r'<a href="#day-2026-03-08" title="clocks forward"><span>8</span>', page.decode())
    assert 'id="day-2026-03-08"' in page.decode()
    assert "Closed for longer than in an ordinary week Never." in words


def test_it_says_what_christmas_does_to_each_window(planned, cast, browser_of):
    words = words_of(browser_of(cast.ana).get("/desk/policy/versions/2/rehearsal").content)
    assert "Fri 25 Dec 2026 holiday Christmas Day standard: closed" in words
    assert "standard Thu 24 Dec 17:00 CT Tue 29 Dec 08:00 CT 4 days 15 h the longest 2 days 15 h" in words
    assert (
        "Medium Acknowledgement within 8 h, standard 4 days 23 h 2 days 23 h "
        "Received Thu 24 Dec 17:00 CT, it ends Tue 29 Dec 16:00 CT" in words
    )
    assert "Acknowledgement within 2 h, premium 2 h 2 h as in an ordinary week" in words


def test_days_in_a_long_closure_are_shaded(planned, cast, browser_of):
    page = browser_of(cast.ana).get("/desk/policy/versions/2/rehearsal").content.decode()
    assert len(re.findall(r"<td data-closed", page)) == 4, "Christmas, the weekend and Monday"


def test_a_draft_is_rehearsed_before_it_is_published(draft, cast, browser_of):
    page = browser_of(cast.mia).get(reverse("desk-policy-draft-rehearsal", args=[draft.pk]))
    assert "Draft: Christmas" in words_of(page.content)
    assert "Christmas Day" in words_of(page.content)


def test_a_draft_that_is_unsound_says_what_is_wrong_with_it(cast, browser_of):
    stand_for_the_desk()
    version = PolicyVersion.objects.get()
    broken = open_draft(TEXT.replace("within: 8h", "within: 8 hrz"), based_on=version, note="Oops", by=cast.mia)
    answer = browser_of(cast.mia).get(reverse("desk-policy-draft-rehearsal", args=[broken.pk]))
    assert answer.status_code == 422
    assert "“8 hrz” is not a duration" in words_of(answer.content).replace('"8 hrz"', "“8 hrz”")


@pytest.mark.parametrize("asked", ["2026-12", "2026-12&x=1"])
def test_it_begins_with_the_month_that_is_asked_for(cast, browser_of, asked):
    page = browser_of(cast.ana).get(f"{PAGE}?from={asked}").content
    assert "December 2026 to November 2027" in words_of(page)
    assert b'href="?from=2025-12"' in page
    assert b'href="?from=2027-12"' in page


@pytest.mark.parametrize(("asked", "status"), [("soon", 200), ("2026-13", 200), ("%00", 200), ("1066-01", 404)])
def test_a_month_that_there_is_not_is_this_one_and_one_that_nobody_knows_has_no_page(cast, browser_of, asked, status):
    assert browser_of(cast.ana).get(f"{PAGE}?from={asked}").status_code == status


def test_a_version_that_there_is_not_has_no_months(cast, browser_of):
    assert browser_of(cast.ana).get("/desk/policy/versions/77/rehearsal").status_code == 404


def test_hours_that_follow_the_customer_are_said_to_be_those_of_nobody(cast, browser_of):
    stand_for_the_desk()
    text = TEXT.replace(
        '    weekly: {monday-friday: "08:00-17:00"}', '    zone: customer\n    weekly: {monday-friday: "08:00-17:00"}'
    )
    PolicyVersion.objects.create(
        number=2, text=text, valid_from=date(2026, 1, 1), published_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert "as for a customer of whom nothing is known" in words_of(browser_of(cast.ana).get(PAGE).content)
