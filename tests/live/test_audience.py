"""The streams of one process: how many a person may have, and what is kept for one that reads slowly."""

from __future__ import annotations

import asyncio

from watchkeeper.incidents.announcement import Announcement, Meeting
from watchkeeper.incidents.live.audience import MOST_A_PERSON, Audience
from watchkeeper.incidents.live.stream import CATCH_UP, CROWDED, MOST_NAMED_AT_ONCE, Stream


def stream(*, person: int = 1, account: int | None = None) -> Stream:
    return Stream(session=f"session of {person}", person=person, account=account)


def said(of: Stream) -> bytes:
    return asyncio.run(of.news(within=0.01))


def test_a_new_page_catches_up_first_and_then_hears_what_changed():
    page = stream()
    assert said(page) == CATCH_UP
    page.tell(["WK-BBBBBB"])
    page.tell(["WK-AAAAAA", "WK-BBBBBB"])
    assert said(page) == b'event: changed\ndata: {"incidents": ["WK-AAAAAA", "WK-BBBBBB"]}\n\n'
    page.tell([])
    assert said(page) == b""


def test_a_page_that_reads_slowly_is_told_to_catch_up_and_nothing_piles_up():
    page = stream()
    said(page)
    for number in range(3 * MOST_NAMED_AT_ONCE):
        page.tell([f"WK-{number:06}"])
    assert not page._changed, "what it catches up with anyway need not be named"
    assert said(page) == CATCH_UP
    page.tell(["WK-AAAAAA"])
    assert b"WK-AAAAAA" in said(page)


def test_of_too_many_pages_of_one_person_the_oldest_goes_and_is_told_so():
    audience = Audience()
    pages = [stream() for _ in range(MOST_A_PERSON)]
    of_another = stream(person=2)
    for page in (*pages, of_another):
        audience.join(page)
    assert not any(page.is_over for page in audience)
    audience.join(stream())
    assert [page.is_over for page in pages] == [True] + [False] * (MOST_A_PERSON - 1)
    assert pages[0].last_words == CROWDED
    assert not of_another.is_over


def test_nothing_is_asked_for_those_on_the_other_side_of_the_wall():
    audience = Audience()
    team, customer, other = stream(person=1), stream(person=2, account=7), stream(person=3, account=8)
    for page in (team, customer, other):
        audience.join(page)
    assert audience.concerned_by([Announcement(1, 7, True)]) == {team.session: [team], customer.session: [customer]}
    assert audience.concerned_by([Announcement(1, 7, False)]) == {team.session: [team]}


def test_what_is_called_out_is_read_as_it_was_written_and_all_else_is_none():
    for announced in (Announcement(412, 7, True), Announcement(412, 7, False)):
        assert Announcement.read(announced.written) == announced
    assert [Announcement.read(payload) for payload in ("", "412", "412 7", "412 7 somebody", "x 7 all")] == [None] * 5


def test_of_a_meeting_those_hear_who_have_the_incident_open_on_all_their_pages_and_nobody_else():
    audience = Audience()
    ana, ana_too, bo = stream(person=1), stream(person=1), stream(person=2)
    for page in (ana, ana_too, bo):
        audience.join(page)
    assert audience.who_meet([Meeting(17, 3, frozenset({1, 9}))]) == {ana.session: [ana, ana_too]}


def test_a_meeting_is_told_beside_what_changed():
    page = stream()
    said(page)
    page.meet(["WK-AAAAAA"])
    assert said(page) == b'event: met\ndata: {"incidents": ["WK-AAAAAA"]}\n\n'
    page.tell(["WK-AAAAAA"])
    page.meet(["WK-AAAAAA"])
    assert said(page).count(b"event: ") == 2
    page.meet([])
    assert said(page) == b""
