"""A service review: counted once, written and published by those who may, read by those it is for, and held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override
from pypdf import PdfReader

from tests.pages.things import person
from tests.premium.reviewing import drafted, quarter
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.core.features import QUARTER
from watchkeeper.core.said import sentence
from watchkeeper.incidents import verbs
from watchkeeper.notify.models import Notice
from watchkeeper.people.access import Refused
from watchkeeper.people.wall import stand_as, stand_for_the_desk
from watchkeeper.premium.models import IncidentGroup, ReviewEdition, ReviewFigures, ReviewWords, ServiceReview
from watchkeeper.premium.reviews import groups, publication
from watchkeeper.premium.reviews.drafting import NotDrafted, begin, draft_for
from watchkeeper.premium.reviews.grouping.job import group
from watchkeeper.premium.reviews.open_recommendations import OpenRecommendation
from watchkeeper.premium.reviews.publication import NotNow
from watchkeeper.premium.reviews.reading import shown
from watchkeeper.premium.reviews.words import Closed, WrittenMeanwhile, newest_words, save_words
from watchkeeper.ui.translated import kept


@pytest.fixture
def paula(cast):
    return person("Paula", "customer_manager", account=cast.premium)


def test_it_counts_what_came_in_and_how_soon_it_was_answered(cast, report, clock):
    clock.set(chicago("2026-02-02 10:00"))
    soon = report(cast.petra, 1, component="Routing")
    clock.set(chicago("2026-02-02 10:20"))
    verbs.acknowledge(soon, by=cast.ana)
    clock.set(chicago("2026-02-03 10:00"))
    late = report(cast.petra, 1, component="Routing", title="Late one")
    clock.set(chicago("2026-02-03 13:00"))
    verbs.acknowledge(late, by=cast.ana)
    clock.set(chicago("2025-11-03 10:00"))
    report(cast.petra, 2)
    counted = drafted(cast, clock).figures.counted
    assert counted["volume"]["total"] == 2
    assert [one["count"] for one in counted["volume"]["periods"]] == [0, 0, 0, 1, 2]
    (row,) = [one for one in counted["acknowledgement"]["rows"] if one["number"] == 1]
    assert (row["met"], row["breached"], row["percent"]) == (1, 1, "50.0")
    assert (row["median"], row["slowest"]) == (20 * 60, 3 * 3600)
    assert [one["title"] for one in counted["acknowledgement"]["breached"]] == ["Late one"]
    assert [one["seconds"] for one in counted["longest"]] == sorted(
        (one["seconds"] for one in counted["longest"]), reverse=True
    )


def test_neither_tests_nor_what_was_merged_nor_other_accounts_are_counted(cast, report, clock):
    clock.set(chicago("2026-02-02 10:00"))
    older = report(cast.petra, 1)
    report(cast.petra, 1, is_test=True)
    report(cast.clara, 1)
    younger = report(cast.petra, 1)
    verbs.merge(younger, into=older, by=cast.ana)
    assert drafted(cast, clock).figures.counted["volume"]["total"] == 1


def test_what_comes_names_the_odd_days_of_the_next_period_and_what_ends_in_it(cast, report, clock):
    from tests.office.agreement_pages import days
    from watchkeeper.policies.models import Agreement

    Agreement.objects.filter(account=cast.premium).update(period=days("2026-01-01", "2026-05-31"))
    clock.set(chicago("2026-02-02 10:00"))
    report(cast.petra, 1)
    ahead = drafted(cast, clock).figures.counted["ahead"]
    assert ahead["period"] == "2026-Q2"
    assert [(one["level"], one["on"]) for one in ahead["endings"]] == [("Premium", "2026-06-01")]


def test_a_period_is_reviewed_once_and_counted_once(cast, report, clock):
    clock.set(chicago("2026-02-02 10:00"))
    report(cast.petra, 1)
    review = drafted(cast, clock)
    again, is_new = begin(cast.premium, quarter("2026-Q1"), QUARTER, by=None)
    assert (again, is_new) == (review, False)
    assert ReviewFigures.objects.filter(review=review).count() == 1


def test_only_who_holds_reviews_gets_one_and_only_of_a_period_that_is_over(cast, clock):
    clock.set(chicago("2026-04-02 10:00"))
    with pytest.raises(NotDrafted, match="Advance holds no level or SLA that includes service reviews"):
        draft_for(cast.advanced, quarter("2026-Q1"), QUARTER, by=cast.ana)
    with pytest.raises(NotDrafted, match="not over yet"):
        draft_for(cast.premium, quarter("2026-Q2"), QUARTER, by=cast.ana)
    with pytest.raises(Refused):
        draft_for(cast.premium, quarter("2026-Q1"), QUARTER, by=cast.axel)


def test_an_engineer_writes_the_executive_publishes_and_nobody_else(cast, report, clock, paula):
    review = grouped(cast, report, clock)
    with pytest.raises(Refused):
        save_words(review, newest_words(review).sections, seen=1, by=cast.axel)
    words = written(review, "A quiet quarter.", by=cast.ana)
    with pytest.raises(Refused):
        publication.publish(review, seen=words.number, by=cast.ana)
    edition = publication.publish(review, seen=words.number, by=cast.axel)
    assert edition.document["words"]["summary"] == "A quiet quarter."
    told = Notice.objects.get(step=f"review:{review.pk}:published:1")
    assert told.recipient == paula.email
    assert "/reviews/2026-Q1" in told.text


def test_of_two_who_write_at_once_neither_is_written_over(cast, report, clock):
    review = grouped(cast, report, clock)
    written(review, "Mine.", by=cast.ana)
    with pytest.raises(WrittenMeanwhile, match="Ana wrote in this review meanwhile"):
        save_words(review, newest_words(review).sections | {"summary": "Theirs."}, seen=1, by=cast.bo)
    assert newest_words(review).sections["summary"] == "Mine."
    assert ReviewWords.objects.filter(review=review).count() == 2


def test_it_is_not_published_before_it_was_looked_through_or_unseen(cast, report, clock):
    clock.set(chicago("2026-02-02 10:00"))
    report(cast.petra, 1)
    review = drafted(cast, clock)
    with pytest.raises(NotNow, match="still being looked for"):
        publication.publish(review, seen=1, by=cast.axel)
    group(review.pk)
    stand_for_the_desk()
    written(review, "New.", by=cast.ana)
    with pytest.raises(NotNow, match="Ana wrote in the review meanwhile"):
        publication.publish(review, seen=1, by=cast.axel)


def test_what_is_published_never_changes_and_a_correction_is_another_edition(cast, report, clock):
    review = grouped(cast, report, clock)
    first = publication.publish(review, seen=1, by=cast.axel)
    words = written(review, "Corrected.", by=cast.ana)
    second = publication.publish(review, seen=words.number, by=cast.axel)
    assert (first.number, second.number) == (1, 2)
    assert ReviewEdition.objects.get(pk=first.pk).document["words"]["summary"].startswith("1 incident was received")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewEdition.objects.filter(pk=first.pk).update(number=7)


def test_a_customer_stands_before_the_drafts_of_their_own_account(cast, report, clock, paula):
    review = grouped(cast, report, clock)
    IncidentGroup.objects.create(review=review, account=cast.premium, place=1, suggested="Routing")
    stand_as(paula)
    assert not ReviewFigures.objects.exists()
    assert not ReviewWords.objects.exists()
    assert not IncidentGroup.objects.exists()
    assert not ServiceReview.objects.seen_by(paula).exists()


def test_it_is_dated_talked_about_and_held(cast, report, clock, paula):
    review = grouped(cast, report, clock)
    with pytest.raises(NotNow, match="Publish the review first"):
        publication.set_date(review, chicago("2026-04-20 14:00"), by=cast.axel)
    publication.publish(review, seen=1, by=cast.axel)
    review.refresh_from_db()
    with pytest.raises(NotNow, match="in the past"):
        publication.set_date(review, chicago("2026-03-20 14:00"), by=cast.axel)
    publication.set_date(review, chicago("2026-04-20 14:00"), by=cast.axel)
    publication.comment(review, "Why was Tuesday so bad?", by=paula)
    told = Notice.objects.filter(step__startswith=f"review:{review.pk}:comment").values_list("recipient", flat=True)
    assert set(told) == {cast.axel.email, cast.mia.email}
    with pytest.raises(Refused):
        publication.hold(review, agreed="Nothing.", by=cast.ana)
    held = publication.hold(review, agreed="We look at Tuesday.", by=cast.axel)
    assert held.state == ServiceReview.State.HELD
    with pytest.raises(Closed):
        written(review, "Too late.", by=cast.ana)
    with pytest.raises(Closed):
        publication.publish(review, seen=1, by=cast.axel)


def test_groups_are_named_put_together_dropped_and_put_back(cast, report, clock):
    review = grouped(cast, report, clock)
    one, two, three = (
        IncidentGroup.objects.create(review=review, account=cast.premium, place=place, suggested=f"Found {place}")
        for place in (1, 2, 3)
    )
    groups.rename(one, "  Expired   certificates ", by=cast.ana)
    groups.merge(two, into=one, by=cast.ana)
    with pytest.raises(groups.NotTogether):
        groups.merge(three, into=two, by=cast.ana)
    groups.drop(three, by=cast.ana)
    document = publication.publish(review, seen=1, by=cast.axel).document
    assert [cause["name"] for cause in document["causes"]] == ["Expired certificates"]
    groups.put_back(three, by=cast.ana)
    groups.put_back(two, by=cast.ana)
    assert [row.stands for row in IncidentGroup.objects.filter(review=review)] == [True, True, True]
    acts = list(review.acts.order_by("pk").values_list("act", flat=True))
    assert acts == [
        *("drafted", "grouped", "group renamed", "groups merged", "group dropped", "published"),
        *("group put back", "group put back"),
    ]


def test_the_pages_from_list_to_paper(cast, report, clock, paula, browser_of):
    review = grouped(cast, report, clock)
    desk = browser_of(cast.mia)
    assert "Premier" in words_of(desk.get("/desk/reviews").content)
    assert "The customer sees nothing of it before it is published" in words_of(
        desk.get(f"/desk/reviews/{review.pk}").content
    )
    assert desk.get(f"/desk/reviews/{review.pk}/draft").status_code == 200
    portal = browser_of(paula)
    assert "No review yet" in words_of(portal.get("/reviews").content)
    assert portal.get("/reviews/2026-Q1").status_code == 404
    assert portal.get("/reviews/2026-Q1/pdf").status_code == 404
    desk.post(f"/desk/reviews/{review.pk}/publication", {"seen": 1})
    assert "Quarter 1 of 2026" in words_of(portal.get("/reviews").content)
    assert "1 incident was received in quarter 1 of 2026" in words_of(portal.get("/reviews/2026-Q1").content)
    assert portal.get("/reviews/2026-Q1/pdf").content.startswith(b"%PDF-")
    assert desk.get(f"/desk/reviews/{review.pk}/pdf").content.startswith(b"%PDF-")
    portal.post("/reviews/2026-Q1/comments", {"text": "What about Tuesday?"})
    assert "What about Tuesday?" in words_of(desk.get(f"/desk/reviews/{review.pk}").content)


def test_what_people_typed_is_never_markup_on_paper(cast, report, clock, browser_of, tmp_path):
    typed = 'See #read("/etc/passwd"), $x^2$, @label, \\ and <b>bold</b>'
    review = grouped(cast, report, clock, title=f"{typed} in a title")
    written(review, f"- {typed} in **words**\n- `#panic()`", by=cast.ana)
    paper = tmp_path / "review.pdf"
    paper.write_bytes(browser_of(cast.mia).get(f"/desk/reviews/{review.pk}/pdf").content)
    with PdfReader(paper) as reader:
        said = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert '#read("/etc/passwd"), $x^2$, @label' in said
    assert "<b>bold</b> in a title" in said
    assert "#panic()" in said


def test_open_recommendations_are_read_in_the_language_of_the_reader(cast, report, clock):
    document = publication.document_of(grouped(cast, report, clock))
    one = OpenRecommendation("Shorten idle connections", kept(sentence("closed")), "accepted", "2026-05-04")
    with_one = document | {"recommendations": [one._asdict()]}
    assert shown(with_one).recommendations == [("Shorten idle connections", "closed, accepted, due 4 May 2026")]
    with override("de"):
        assert shown(with_one).recommendations[0].says == "geschlossen, accepted, fällig 4. Mai 2026"


def test_who_has_no_such_level_reads_what_it_would_be_and_no_figure(cast, browser_of):
    words = words_of(browser_of(cast.basil).get("/reviews").content)
    assert "Your level does not include service reviews Premium does." in words
    assert "Ask Axel, your account executive, about it." in words
    assert browser_of(cast.basil).get("/reviews/2026-Q1").status_code == 404


def test_a_customer_who_is_no_manager_is_told_whom_to_ask(cast, paula, browser_of):
    words = words_of(browser_of(cast.petra).get("/reviews").content)
    assert "Reviews are read by your customer managers Ask this colleague: Paula" in words
    assert browser_of(cast.petra).get("/reviews/2026-Q1").status_code == 404


def written(review: ServiceReview, summary: str, *, by) -> ReviewWords:
    newest = newest_words(review)
    return save_words(review, newest.sections | {"summary": summary}, seen=newest.number, by=by)


def grouped(cast, report, clock, **said) -> ServiceReview:
    """A review of one incident, in which nothing repeats."""
    clock.set(chicago("2026-02-02 10:00"))
    incident = report(cast.petra, 1, **said)
    clock.advance(timedelta(minutes=5))
    verbs.acknowledge(incident, by=cast.ana)
    review = drafted(cast, clock)
    group(review.pk)
    stand_for_the_desk()
    return ServiceReview.objects.select_related("account__account_executive", "account__team").get(pk=review.pk)
