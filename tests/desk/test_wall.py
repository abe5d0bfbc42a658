"""The wall view: what a whole room has to know, with nothing that the reader does not see."""

from __future__ import annotations

from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.incidents import verbs

WALL = "/desk/wall"


def test_it_counts_what_is_owed_soon_due_nobodys_and_waiting(cast, report, browser_of, clock, look_again):
    clock.set(chicago("2026-03-02 10:00"))
    breached = report(cast.petra, 1)
    report(cast.petra, 2)
    clock.set(chicago("2026-03-02 13:20"))
    look_again(breached)
    waiting = report(cast.clara, 2)
    verbs.ask(waiting, by=cast.ana, text="Which version?")
    report(cast.petra, 1, is_test=True)
    page = words_of(browser_of(cast.ana).get(WALL).content)
    assert "1 breached and owed 0 escalated 1 due within the hour 2 nobody’s 1 wait for the customer 3 open" in page, (
        page
    )
    assert page.index("1 h 20 min late, still owed") < page.index("40 min left")


def test_it_shows_no_more_than_its_reader_sees_and_says_when_nothing_is_open(cast, report, browser_of):
    from watchkeeper.people.models import Account, Person

    theirs = Person.objects.create_person(
        "xenia@vendor.example", name="Xenia", password=None, roles=["account_executive"]
    )
    Account.objects.filter(pk=cast.basic.pk).update(account_executive=theirs)
    report(cast.petra, 1, title="Seen by Axel alone")
    assert "Seen by Axel alone" in words_of(browser_of(cast.axel).get(WALL).content)
    page = words_of(browser_of(theirs).get(WALL).content)
    assert "Seen by Axel alone" not in page
    assert "Nothing is open." in page
