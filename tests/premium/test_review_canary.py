"""Nothing of another account, nor what the team keeps for itself, stands in a review: on pages, on paper or in mail.

Every row of another account, and every note of the team, is full of words that stand nowhere else.
"""

from __future__ import annotations

import re

import pytest
from pypdf import PdfReader

from tests.pages.things import person
from tests.premium.reviewing import drafted, quarter
from tests.stage import chicago
from watchkeeper.incidents import verbs
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.premium.models import IncidentGroup
from watchkeeper.premium.reviews import groups, publication
from watchkeeper.premium.reviews.drafting import begin
from watchkeeper.premium.reviews.grouping.job import group
from watchkeeper.premium.reviews.words import newest_words, save_words

CANARY = re.compile("canary|kanarien", re.IGNORECASE)


@pytest.fixture
def reviewed(cast, report, clock):
    """Two accounts whose incidents say the same words, both reviewed and published, talked about and dated."""
    paula, theirs = (
        person("Paula", "customer_manager", account=cast.premium),
        person("Kanarien", "customer_manager", account=cast.contracted),
    )
    clock.set(chicago("2026-02-02 10:00"))
    for number in range(3):
        said = {"title": f"Quota used up: 429, number {number}", "component": "Rate limiting"}
        own = report(cast.petra, 2, body="Calls are answered 429, the quota is used up.", **said)
        verbs.note(own, by=cast.ana, text="CANARY of a note")
        others = said | {"title": f"CANARY quota used up: 429, number {number}", "component": "Rate limiting"}
        report(cast.clara, 2, body="CANARY calls are answered 429, the quota is used up.", **others)
    mine = drafted(cast, clock)
    other, _is_new = begin(cast.contracted, quarter(mine.period), "quarter", by=None)
    for review, who in ((mine, paula), (other, theirs)):
        group(review.pk)
        stand_for_the_desk()
        finish(review, cast, "A word of ours." if review == mine else "CANARY word.", who)
    return mine, paula


def test_the_customers_pages_and_mails_hold_only_their_own(reviewed, browser_of, tmp_path):
    _review, paula = reviewed
    browser = browser_of(paula)
    pages = [browser.get(path).content.decode() for path in ("/reviews", "/reviews/2026-Q1")]
    paper = tmp_path / "review.pdf"
    paper.write_bytes(browser.get("/reviews/2026-Q1/pdf").content)
    with PdfReader(paper) as reader:
        pages.append("".join(page.extract_text() for page in reader.pages))
    stand_for_the_desk()
    mails = [f"{notice.subject}\n{notice.text}" for notice in Notice.objects.filter(recipient=paula.email)]
    assert len(mails) == 3  # published, dated, answered
    assert "Quota used up: 429, number 0" in pages[1]
    assert "Quota used up: 429, number 0" in pages[2]
    for said in (*pages, *mails):
        assert not CANARY.search(said), said


def test_neither_do_the_teams_pages_of_it(reviewed, cast, browser_of):
    review, _paula = reviewed
    browser = browser_of(cast.mia)
    for path in (f"/desk/reviews/{review.pk}", f"/desk/reviews/{review.pk}/draft"):
        assert not CANARY.search(browser.get(path).content.decode())


def test_a_dropped_group_a_text_before_and_what_was_done_are_the_teams_own(cast, report, clock, browser_of):
    paula = person("Paula", "customer_manager", account=cast.premium)
    clock.set(chicago("2026-02-02 10:00"))
    report(cast.petra, 2)
    review = drafted(cast, clock)
    group(review.pk)
    stand_for_the_desk()
    save_words(review, newest_words(review).sections | {"summary": "CANARY first."}, seen=1, by=cast.ana)
    save_words(review, newest_words(review).sections | {"summary": "Second."}, seen=2, by=cast.ana)
    dropped = IncidentGroup.objects.create(review=review, account=cast.premium, place=1, suggested="CANARY group")
    groups.drop(dropped, by=cast.ana)
    publication.publish(review, seen=3, by=cast.axel)
    page = browser_of(paula).get("/reviews/2026-Q1").content.decode()
    assert "Second." in page
    assert not CANARY.search(page)


def finish(review, cast, summary, who) -> None:
    words = save_words(review, newest_words(review).sections | {"summary": summary}, seen=1, by=cast.ana)
    publication.publish(review, seen=words.number, by=cast.axel)
    review.refresh_from_db()
    publication.set_date(review, chicago("2026-05-04 14:00"), by=cast.axel)
    publication.comment(review, summary, by=who)
    publication.comment(review, summary, by=cast.axel)
