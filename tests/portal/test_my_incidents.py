"""The list of an account's incidents."""

from __future__ import annotations

from datetime import timedelta

from tests.reading import words_of
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident, Participant
from watchkeeper.people.models import Account
from watchkeeper.people.wall import stand_for_the_desk


def test_an_empty_list_teaches_what_to_do(cast, browser_of):
    page = words_of(browser_of(cast.petra).get("/incidents").content)
    assert "Nothing is open" in page
    assert "see by when you will be answered before you send" in page


def test_what_is_due_first_stands_first_with_its_time_left(cast, browser_of, report):
    report(cast.petra, 4, title="Small thing")
    report(cast.petra, 1, title="Great thing")
    page = words_of(browser_of(cast.petra).get("/incidents").content)
    assert page.index("Great thing") < page.index("Small thing")
    assert "2 h left" in page
    assert "24 h left" in page


def test_a_clock_that_stands_still_says_when_support_opens(cast, browser_of, report, clock):
    from tests.stage import chicago

    clock.set(chicago("2026-03-07 12:00"))
    report(cast.petra, 3)
    assert "Support opens Mon 9 Mar, 08:00 CT" in words_of(browser_of(cast.petra).get("/incidents").content)


def test_the_tabs_divide_by_state_and_words_find_by_title_or_reference(cast, browser_of, report):
    solved, running = report(cast.petra, 1, title="Solved one"), report(cast.petra, 1, title="Running one")
    verbs.resolve(solved, by=cast.ana, text="Done.")
    browser = browser_of(cast.petra)

    def found(query: str) -> set[str]:
        page = words_of(browser.get(f"/incidents?{query}").content)
        return {title for title in ("Solved one", "Running one") if title in page}

    assert found("") == {"Running one"}
    assert found("show=resolved") == {"Solved one"}
    assert found("show=closed") == set()
    assert found("show=all") == {"Solved one", "Running one"}
    assert found("show=all&q=solved") == {"Solved one"}
    assert found(f"show=all&q={running.reference.lower()}") == {"Running one"}
    assert found("show=nonsense&q=%00running") == {"Running one"}


def test_another_account_is_not_seen_whatever_is_asked(cast, browser_of, report):
    foreign = report(cast.clara, 1, title="Of Contracted alone")
    browser = browser_of(cast.petra)
    for query in ("", "show=all", f"show=all&q={foreign.reference}", "show=all&q=Contracted"):
        assert "Of Contracted alone" not in browser.get(f"/incidents?{query}").content.decode()


def test_where_an_account_keeps_incidents_apart_only_those_one_follows_are_listed(cast, browser_of, report):
    from watchkeeper.people.models import Person

    other = Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )
    Account.objects.filter(pk=cast.premium.pk).update(sees_only_own=True)
    mine, theirs = report(cast.petra, 1, title="Petra's own"), report(other, 1, title="Paul's own")
    page = browser_of(cast.petra).get("/incidents?show=all")
    assert mine.reference in page.content.decode()
    assert theirs.reference not in page.content.decode()
    assert browser_of(cast.petra).get(f"/incidents/{theirs.reference}").status_code == 404


def test_a_page_of_fifty_takes_the_same_few_queries_as_one_of_two(
    cast, browser_of, report, django_assert_max_num_queries
):
    browser = browser_of(cast.petra)
    for _ in range(12):
        report(cast.petra, 1)
    with django_assert_max_num_queries(20):
        assert browser.get("/incidents").status_code == 200


def test_more_than_a_page_is_turned_by_numbered_pages(cast, browser_of, report):
    first = report(cast.petra, 1)
    stand_for_the_desk()
    event = first.events.get(kind="reported")
    for nth in range(50):
        copy = Incident.objects.get(pk=first.pk)
        copy.pk, copy.reference = None, f"WK-{nth:06d}"
        copy.save()
        event.pk, event.incident, event.account_number = None, copy, 1000 + nth
        event.save(force_insert=True)
    browser = browser_of(cast.petra)
    assert "1–50 of 51" in words_of(browser.get("/incidents").content)
    assert "51–51 of 51" in words_of(browser.get("/incidents?page=2").content)


def test_the_end_of_following_is_the_end_of_reading(cast, browser_of, report, clock):
    Account.objects.filter(pk=cast.premium.pk).update(sees_only_own=True)
    incident = report(cast.petra, 1)
    browser = browser_of(cast.petra)
    assert browser.get(f"/incidents/{incident.reference}").status_code == 200
    stand_for_the_desk()
    Participant.objects.filter(incident=incident).delete()
    clock.advance(timedelta(seconds=1))
    assert browser.get(f"/incidents/{incident.reference}").status_code == 404
