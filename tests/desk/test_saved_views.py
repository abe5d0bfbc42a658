"""Views of the queue that somebody keeps under a name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.incidents.desk.queue.saved import AT_MOST
from watchkeeper.incidents.models import SavedView
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_for_the_desk

CRITICAL = "severity=1&owner=nobody"


@pytest.fixture
def keep(cast, browser_of):
    """``keep(person, name, asks=…)``: what that person's browser gets, having followed."""

    def kept(person, name, asks=CRITICAL, **said):
        answer = browser_of(person).post(reverse("desk-saved-views"), {"name": name, "asks": asks} | said, follow=True)
        stand_for_the_desk()
        return answer

    return kept


def queue_of(browser, query="") -> str:
    page = words_of(browser.get(f"/desk/?{query}").content)
    stand_for_the_desk()
    return page


def test_a_view_that_is_kept_stands_beside_the_others_and_shows_what_it_asks_for(keep, cast, browser_of, report):
    report(cast.petra, 1, title="Critical and nobody's")
    report(cast.petra, 4, title="Low")
    answer = keep(cast.ana, "  Fresh   criticals ")
    assert answer.redirect_chain[-1][0] == "/desk/?severity=1&owner=nobody"
    page = words_of(answer.content)
    assert "The view Fresh criticals is kept." in page
    assert "Critical and nobody's" in page
    assert "Low" not in page.partition("Waits for")[2].partition("Keys")[0]
    assert 'href="?severity=1&amp;owner=nobody" aria-current="page"' in answer.content.decode()
    assert "Fresh criticals" in queue_of(browser_of(cast.ana))


def test_others_see_it_once_it_is_shared_with_whose_it_is_and_cannot_remove_it(keep, cast, browser_of):
    keep(cast.ana, "Mine alone")
    keep(cast.ana, "For all", asks="severity=2", is_shared="on")
    page = queue_of(browser_of(cast.bo))
    assert "For all · Ana" in page
    assert "Mine alone" not in page
    assert "Remove it" not in queue_of(browser_of(cast.bo), "severity=2")
    shared = SavedView.objects.get(name="For all")
    answer = browser_of(cast.bo).post(reverse("desk-saved-view-removal", args=[shared.pk]))
    assert answer.status_code == 404
    assert SavedView.objects.filter(pk=shared.pk).exists()


def test_a_view_of_somebody_who_left_is_shown_to_nobody(keep, cast, browser_of):
    keep(cast.ana, "For all", is_shared="on")
    Person.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert "For all" not in queue_of(browser_of(cast.bo))


def test_the_same_name_again_asks_for_something_else_from_now_on(keep, cast):
    keep(cast.ana, "Criticals", asks="severity=2")
    keep(cast.ana, "Criticals", asks="severity=1")
    assert [(each.name, each.asks) for each in SavedView.objects.all()] == [("Criticals", "severity=1")]
    keep(cast.bo, "Criticals", asks="severity=3")
    assert SavedView.objects.count() == 2


def test_it_is_removed_by_its_owner(keep, cast, browser_of):
    keep(cast.ana, "Criticals")
    answer = browser_of(cast.ana).post(
        reverse("desk-saved-view-removal", args=[SavedView.objects.get().pk]), follow=True
    )
    assert "The view Criticals is removed." in words_of(answer.content)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 41}, "at most 40 characters"),
        ({"name": "All", "asks": ""}, "This field is required."),
        ({"name": "All", "asks": "state=&colour=red"}, "Narrow the queue first"),
    ],
)
def test_what_cannot_be_kept_says_why(keep, cast, said, why):
    assert why in words_of(keep(cast.ana, **said).content)
    assert not SavedView.objects.exists()


def test_what_no_filter_understands_is_not_kept(keep, cast):
    keep(cast.ana, "Odd", asks="severity=1&colour=red&q=%00x&owner=9999999999999999999999")
    assert SavedView.objects.get().asks == "q=x&severity=1"


def test_there_is_an_end_to_how_many_one_keeps(keep, cast):
    SavedView.objects.bulk_create(
        SavedView(owner=cast.ana, name=f"View {number}", asks="severity=1") for number in range(AT_MOST)
    )
    assert f"You keep {AT_MOST} views already" in words_of(keep(cast.ana, "One more").content)
    keep(cast.ana, "View 3", asks="severity=2")
    assert SavedView.objects.get(name="View 3").asks == "severity=2"


def test_to_customers_there_are_no_views(keep, cast):
    assert keep(cast.petra, "Mine").status_code == 404
