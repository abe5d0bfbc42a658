"""A recommendation from proposal to effect: who may do what, who sees what, and what is told to whom."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.premium.recommended import customer_manager, page, post, proposed, reports, sent, written
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.config.watcher import propose_nightly
from watchkeeper.incidents.verbs import NotPossible
from watchkeeper.notify.models import Notice
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account
from watchkeeper.people.wall import stand_as, stand_for_the_desk
from watchkeeper.policies.models import Agreement
from watchkeeper.premium.guidance import acts
from watchkeeper.premium.guidance.evidence import evidence_of
from watchkeeper.premium.guidance.notices import tell_of_due
from watchkeeper.premium.guidance.proposing import look_for_proposals
from watchkeeper.premium.models import Proposal, Recommendation, RecommendationEvent
from watchkeeper.premium.reviews.open_recommendations import open_recommendations
from watchkeeper.ui.translated import again

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = chicago("2026-03-02 10:00")


@pytest.fixture
def paula(cast):
    return customer_manager(cast.premium)


@pytest.fixture
def three_criticals(cast, clock, report):
    """Three within a week of the same component, of Premier."""
    return reports(report, cast.petra, [MONDAY, MONDAY + 3 * DAY, MONDAY + 6 * DAY], clock.set)


@pytest.fixture
def proposal(three_criticals) -> Proposal:
    (found,) = proposed()
    return found


def mails(step: str) -> dict[str, Notice]:
    stand_for_the_desk()
    return {notice.recipient: notice for notice in Notice.objects.filter(step__startswith=step)}


# proposing


def test_what_the_data_suggest_is_proposed_once_however_often_it_is_looked(cast, proposal, three_criticals, report):
    assert (proposal.account, proposal.sort, proposal.name) == (cast.premium, "worst", "Router")
    assert sorted(proposal.evidence) == sorted(each.pk for each in three_criticals)
    assert proposed() == [proposal]
    fourth = report(cast.petra, 1, component="Router")
    (again,) = proposed()
    assert (again.pk, again.proposed_at) == (proposal.pk, proposal.proposed_at)
    assert fourth.pk in again.evidence, "what came since stands beside it"


@pytest.mark.parametrize("who", ["basil", "ada"])
def test_a_level_without_recommendations_is_proposed_nothing(cast, clock, report, who):
    reports(report, getattr(cast, who), [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY], clock.set)
    assert proposed() == []


def test_an_sla_may_add_a_kind_and_only_that_kind_is_proposed(cast, clock, report):
    Agreement.objects.filter(account=cast.advanced).update(sla_text="sla: More\nfeatures: [strategic insights]\n")
    reports(report, cast.ada, [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY], clock.set)
    assert proposed() == []
    Agreement.objects.filter(account=cast.advanced).update(sla_text="sla: More\nfeatures: [Proactive guidance]\n")
    assert [each.account for each in proposed()] == [cast.advanced]


def test_tests_withdrawn_and_merged_incidents_are_no_evidence(cast, clock, report):
    from watchkeeper.incidents import verbs

    first, second, third, *_ = reports(report, cast.petra, [MONDAY + n * DAY for n in range(3)], clock.set)
    report(cast.petra, 1, component="Router", is_test=True)
    assert len(proposed()) == 1
    Proposal.objects.all().delete()
    verbs.merge(second, into=first, by=cast.ana)
    assert proposed() == []
    report(cast.petra, 1, component="Router")
    assert len(proposed()) == 1
    Proposal.objects.all().delete()
    verbs.withdraw(third, by=cast.petra, reason="It was ours.")
    assert proposed() == []


def test_what_was_dropped_is_proposed_again_only_when_enough_happened_since(cast, clock, report, proposal):
    acts.drop(proposal, by=cast.mia, reason="It was a single outage.")
    assert proposed() == []
    now = MONDAY + 6 * DAY
    reports(report, cast.petra, [now + DAY, now + 2 * DAY], clock.set)
    assert proposed() == []
    reports(report, cast.petra, [now + 3 * DAY], clock.set)
    (again,) = proposed()
    assert len(again.evidence) == 3
    proposal.refresh_from_db()
    assert (proposal.decided_by, proposal.reason) == (cast.mia, "It was a single outage.")


def test_nothing_more_is_proposed_of_what_something_is_being_done_about(cast, clock, report, proposal):
    acts.take_up(proposal, by=cast.axel)
    reports(report, cast.petra, [MONDAY + n * DAY for n in range(7, 12)], clock.set)
    assert [each for each in proposed() if each.sort == "worst"] == []


def test_an_account_whose_terms_cannot_be_read_holds_up_no_other(cast, three_criticals, clock):
    Agreement.objects.filter(account=cast.contracted).update(level="platinum")
    assert look_for_proposals() == 1
    assert look_for_proposals() == 0


def test_it_is_looked_once_a_day_of_the_desk(cast, three_criticals, clock):
    going_on = Event()
    clock.set(chicago("2026-03-09 23:59"))
    first = propose_nightly(None, going_on)
    stand_for_the_desk()
    Proposal.objects.all().delete()
    assert propose_nightly(first, going_on) == first
    stand_for_the_desk()
    assert not Proposal.objects.exists()
    clock.set(chicago("2026-03-10 00:00"))
    assert propose_nightly(first, going_on) == first + DAY
    stand_for_the_desk()
    assert Proposal.objects.count() == 1


def test_looking_ends_with_whoever_looks(cast, three_criticals):
    stopped = Event()
    stopped.set()
    propose_nightly(None, stopped)
    stand_for_the_desk()
    assert not Proposal.objects.exists()


def test_the_desk_page_asks_no_more_often_the_more_is_proposed(cast, proposal, browser_of):
    mia = browser_of(cast.mia)

    def asked() -> int:
        page(mia, "desk-recommendations")
        with CaptureQueriesContext(connection) as queries:
            page(mia, "desk-recommendations")
        return len(queries)

    one = asked()
    said = {name: getattr(proposal, name) for name in ("account", "sort", "kind", "says", "threshold", "evidence")}
    for number in range(20):
        Proposal.objects.create(name=f"Other {number}", proposed_at=clock.now(), **said)
    assert asked() == one


def test_a_proposal_is_said_in_the_language_of_the_page(cast, proposal, browser_of):
    answer = browser_of(cast.mia).get("/desk/recommendations", headers={"accept-language": "de"})
    stand_for_the_desk()
    said = words_of(answer.content)
    assert "Router hatte innerhalb von 30 Tagen 3 Vorfälle des Schweregrads Critical" in said
    assert "Vorgeschlagen wird ab: 3 oder mehr innerhalb von 30 Tagen." in said


def test_a_page_lists_the_newest_of_much_evidence(cast, report, browser_of):
    keys = [report(cast.petra, 1, component="Router").pk for _ in range(52)]
    found = evidence_of(keys, reader=cast.mia)
    assert [piece.incident.pk for piece in found.pieces] == keys[:1:-1]
    assert (found.further, found.unseen) == (2, 0)
    assert evidence_of(keys, reader=cast.basil) == ([], 0, 52)


# from the draft to the decision


def test_a_draft_is_nobodys_but_the_teams(cast, proposal, paula, browser_of):
    draft = written(proposal, by=cast.axel)
    assert draft.state == "draft"
    stand_as(paula)
    assert not Recommendation.objects.exists(), "the wall lets no draft through"
    assert not Proposal.objects.exists()
    stand_for_the_desk()
    assert "Router" not in page(browser_of(paula), "portal-recommendations")
    assert browser_of(paula).get(f"/recommendations/{draft.key}").status_code == 404
    assert mails("recommendation") == {}


def test_sending_tells_the_managers_of_the_account_in_the_senders_words(cast, proposal, paula, browser_of):
    found = sent(proposal, by=cast.axel, text="Give the *router* more memory.")
    (mail,) = mails("recommendation-sent").values()
    assert mail.recipient == paula.email
    assert mail.subject == "Recommendation · Router had 3 incidents of severity Critical within 30 days"
    assert "Give the *router* more memory." in mail.text
    assert f"/recommendations/{found.key}" in mail.text
    assert mail.speaker == "Axel"
    read = page(browser_of(paula), "portal-recommendation", found.key)
    assert "Give the router more memory." in read
    assert "Axel" in read


def test_what_its_sender_has_not_read_is_not_sent(cast, proposal, paula):
    draft = written(proposal, by=cast.axel)
    other = acts.Written(draft.kind, "Other", "Other words", None, (), cast.mia, draft.due_on)
    acts.rewrite(draft, by=cast.mia, written=other, seen=draft.number)
    with pytest.raises(NotPossible, match="Mia changed the words meanwhile"):
        acts.send(draft, by=cast.axel, seen=draft.number)
    with pytest.raises(NotPossible, match="Mia changed the words meanwhile"):
        acts.rewrite(draft, by=cast.axel, written=other, seen=draft.number)
    assert mails("recommendation") == {}


def test_a_title_alone_is_not_sent_nor_without_a_day_or_somebody_to_answer(cast, proposal):
    draft = acts.take_up(proposal, by=cast.axel)
    with pytest.raises(NotPossible, match="write what you recommend first"):
        acts.send(draft, by=cast.axel, seen=1)
    whole = acts.Written(draft.kind, draft.title, "Do it.", None, (), cast.axel, None)
    draft = acts.rewrite(draft, by=cast.axel, written=whole, seen=1)
    with pytest.raises(NotPossible, match="say by when"):
        acts.send(draft, by=cast.axel, seen=2)
    draft = acts.arrange(draft, by=cast.axel, owner=cast.axel, due_on=MONDAY.date() + 30 * DAY)
    with pytest.raises(NotPossible, match="a customer manager is missing"):
        acts.send(draft, by=cast.axel, seen=2)
    customer_manager(cast.premium)
    assert acts.send(draft, by=cast.axel, seen=2).state == "sent"


def test_it_is_not_sent_where_the_level_no_longer_includes_it(cast, proposal, paula):
    draft = written(proposal, by=cast.axel)
    Agreement.objects.filter(account=cast.premium).update(level="advanced")
    with pytest.raises(NotPossible, match="the support level of Premier does not include Proactive guidance"):
        acts.send(draft, by=cast.axel, seen=draft.number)


def test_words_that_were_sent_stay(cast, proposal, paula):
    found = sent(proposal, by=cast.axel)
    other = acts.Written(found.kind, "Other", "Other", None, (), cast.axel, found.due_on)
    with pytest.raises(NotPossible, match="stay as they were read"):
        acts.rewrite(found, by=cast.axel, written=other, seen=found.number)


def test_the_decision_is_told_to_the_owner_and_the_executive_with_the_reason(cast, proposal, paula):
    found = sent(proposal, by=cast.ana)
    stand_as(paula)
    acts.decline(found, by=paula, reason="No money this year.")
    told = mails("recommendation-decided")
    assert set(told) == {cast.ana.email, cast.axel.email}
    mail = told[cast.axel.email]
    assert mail.subject.startswith("Declined · Premier: Router had")
    assert "> No money this year." in mail.text
    assert f"/desk/recommendations/{found.key}" in mail.text
    found.refresh_from_db()
    assert (found.state, found.decided_by, found.reason) == ("declined", paula, "No money this year.")


def test_a_customer_may_think_again_until_it_is_done(cast, proposal, paula):
    found = sent(proposal, by=cast.axel)
    acts.decline(found, by=paula, reason="Not now.")
    acts.accept(found, by=paula)
    acts.finish(found, by=paula)
    with pytest.raises(NotPossible, match="it is done; it must be to be decided or accepted"):
        acts.decline(found, by=paula, reason="Never.")
    assert [event.act for event in found.events.all()] == [
        "begun",
        "written",
        "sent",
        "declined",
        "accepted",
        "done",
    ]


@pytest.mark.parametrize("who", ["petra", "ana", "mia", "axel"])
def test_nobody_but_a_customer_manager_decides(cast, proposal, paula, who):
    found = sent(proposal, by=cast.axel)
    with pytest.raises(access.Refused):
        acts.accept(found, by=getattr(cast, who))


def test_the_history_can_be_added_to_and_not_changed(cast, proposal):
    acts.take_up(proposal, by=cast.axel)
    for change in ("update premium_recommendationevent set act = 'sent'", "delete from premium_recommendationevent"):
        denied = pytest.raises(DatabaseError, match="permission denied")
        with denied, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_review_brings_up_what_was_sent_and_is_neither_declined_nor_done(cast, proposal, paula):
    assert open_recommendations(cast.premium) == []
    found = sent(proposal, by=cast.axel)
    (one,) = open_recommendations(cast.premium)
    assert (one.title, again(one.kind), again(one.state)) == (found.title, "Proactive guidance", "to be decided")
    assert one.due_on == found.due_on.isoformat()
    with translation.override("de"):
        assert (again(one.kind), again(one.state)) == ("Vorausschauende Beratung", "zu entscheiden")
    acts.accept(found, by=paula)
    assert [again(one.state) for one in open_recommendations(cast.premium)] == ["accepted"]
    acts.finish(found, by=paula)
    assert open_recommendations(cast.premium) == []
    assert open_recommendations(cast.contracted) == []


# reminders


def test_its_owner_is_told_a_week_before_and_when_it_is_due_once_each(cast, proposal, paula, clock):
    found = sent(proposal, by=cast.ana)
    due = found.due_on

    def told_on(day) -> list[str]:
        clock.set(chicago(f"{day} 12:00"))
        known = set(Notice.objects.values_list("pk", flat=True))
        tell_of_due()
        tell_of_due()
        stand_for_the_desk()
        new = Notice.objects.filter(step__startswith="recommendation-due").exclude(pk__in=known)
        return [mail.subject for mail in new]

    assert told_on(due - 8 * DAY) == []
    assert [subject.split(" · ")[0] for subject in told_on(due - 7 * DAY)] == ["Due in 7 days"]
    assert told_on(due - 3 * DAY) == []
    acts.accept(found, by=paula)
    assert [subject.split(" · ")[0] for subject in told_on(due)] == ["Due"]
    assert told_on(due + 2 * DAY) == []
    (last,) = Notice.objects.filter(step__startswith="recommendation-due", text__contains="accepted it")
    assert last.recipient == cast.ana.email


def test_what_is_done_is_not_reminded_of(cast, proposal, paula, clock):
    found = sent(proposal, by=cast.ana)
    acts.accept(found, by=paula)
    acts.finish(found, by=cast.ana)
    clock.set(chicago(f"{found.due_on} 12:00"))
    assert tell_of_due() == 0


# pages


def test_the_desk_page_shows_the_proposals_with_their_incidents_and_begins_a_draft(cast, proposal, browser_of):
    mia = browser_of(cast.mia)
    shown = page(mia, "desk-recommendations")
    assert "Router had 3 incidents of severity Critical within 30 days" in shown
    assert "It is proposed at: 3 or more within 30 days." in shown
    answer = post(mia, "desk-proposal-acceptance", proposal.pk)
    draft = Recommendation.objects.get()
    assert answer.url == f"/desk/recommendations/{draft.key}/words"
    assert (draft.proposal, draft.owner, draft.state) == (proposal, cast.mia, "draft")
    assert "Router had" not in page(mia, "desk-recommendations")


def test_a_proposal_is_dropped_with_a_reason_and_not_without(cast, proposal, browser_of):
    mia = browser_of(cast.mia)
    assert post(mia, "desk-proposal-dropping", proposal.pk, reason=" ").status_code == 409
    assert Proposal.objects.open().count() == 1
    assert post(mia, "desk-proposal-dropping", proposal.pk, reason="Known").status_code == 302
    assert post(mia, "desk-proposal-acceptance", proposal.pk).status_code == 409


def test_looking_now_proposes(cast, three_criticals, browser_of):
    answer = browser_of(cast.ana).post("/desk/proposals/look", follow=True)
    assert b"1 new proposal." in answer.content
    assert b"Router had" in answer.content


def test_a_draft_is_written_in_the_form_and_sent_from_its_page(cast, proposal, paula, browser_of, three_criticals):
    axel = browser_of(cast.axel)
    post(axel, "desk-proposal-acceptance", proposal.pk)
    draft = Recommendation.objects.get()
    form = axel.get(f"/desk/recommendations/{draft.key}/words").context["form"]
    stand_for_the_desk()
    typed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed |= {"text": "Please **upgrade**.", "due_on": "2026-04-01", "title": "Upgrade the router"}
    assert post(axel, "desk-recommendation-words", draft.key, **typed).status_code == 302
    shown = page(axel, "desk-recommendation", draft.key)
    assert "Please upgrade." in shown
    assert "I have read it: send it" in shown
    assert post(axel, "desk-recommendation-sending", draft.key, seen=1).status_code == 409, "older words"
    assert post(axel, "desk-recommendation-sending", draft.key, seen=2).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.sent_by, draft.title) == ("sent", cast.axel, "Upgrade the router")
    assert sorted(draft.evidence) == sorted(each.pk for each in three_criticals)


def test_evidence_is_of_the_account_alone(cast, proposal, report, browser_of):
    draft = written(proposal, by=cast.axel)
    foreign = report(cast.clara, 1)
    typed = {"kind": draft.kind, "title": "x", "owner": cast.axel.pk, "seen": 2, "subject": ""}
    answer = browser_of(cast.axel).post(
        f"/desk/recommendations/{draft.key}/words", typed | {"evidence": foreign.reference}
    )
    assert answer.status_code == 422
    assert f"You see no incident of Premier called {foreign.reference}." in answer.content.decode()


def test_a_customer_reads_and_their_manager_decides(cast, proposal, paula, browser_of):
    found = sent(proposal, by=cast.axel)
    petra = browser_of(cast.petra)
    read = page(petra, "portal-recommendation", found.key)
    assert "Your customer managers accept or decline it." in read
    assert post(petra, "portal-recommendation-decision", found.key, decision="accept").status_code == 403
    browser = browser_of(paula)
    answer = post(browser, "portal-recommendation-decision", found.key, decision="decline", reason=" ")
    assert answer.status_code == 409
    assert post(browser, "portal-recommendation-decision", found.key, decision="maybe").status_code == 422
    assert post(browser, "portal-recommendation-decision", found.key, decision="accept").status_code == 302
    assert post(browser, "portal-recommendation-completion", found.key).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.done_by) == ("done", paula)
    assert "Too early to tell" in page(browser, "portal-recommendation", found.key)


def test_evidence_leads_only_to_incidents_that_the_reader_sees(cast, proposal, paula, browser_of, three_criticals):
    found = sent(proposal, by=cast.axel)
    Account.objects.filter(pk=cast.premium.pk).update(sees_only_own=True)
    assert browser_of(cast.petra).get(f"/recommendations/{found.key}").status_code == 404
    assert three_criticals[0].reference in page(browser_of(paula), "portal-recommendation", found.key)


def test_who_has_no_recommendations_is_told_which_level_includes_them(cast, browser_of):
    for who in (cast.basil, cast.ada):
        read = page(browser_of(who), "portal-recommendations")
        assert "Premium includes recommendations" in read
        assert "Proactive guidance" in read
        assert "Ask Axel, your account executive" in read
    assert "Premium includes" not in page(browser_of(cast.petra), "portal-recommendations")


def test_the_desk_does_not_write_to_an_account_whose_level_has_none(cast, browser_of):
    axel = browser_of(cast.axel)
    assert "Not included" not in page(axel, "desk-new-recommendation")
    told = page(axel, "desk-new-recommendation", query="?account=basic")
    assert "What Basic holds includes no recommendations. Premium does, and an SLA may add them." in told
    assert "Keep the draft" not in told
    assert "Keep the draft" in page(axel, "desk-new-recommendation", query="?account=premier")


def test_the_effect_is_measured_from_what_came_before_and_after(cast, clock, report, paula, browser_of):
    reports(report, cast.petra, [MONDAY + n * DAY for n in range(8)], clock.set)
    (proposal,) = [each for each in proposed() if each.sort == "worst"]
    done_at = MONDAY + 8 * DAY
    clock.set(done_at)
    found = sent(proposal, by=cast.axel)
    acts.accept(found, by=paula)
    acts.finish(found, by=paula)
    clock.set(done_at + 5 * WEEK)
    report(cast.petra, 2, component="Router")  # not of the kind
    read = page(browser_of(paula), "portal-recommendation", found.key)
    assert "Better" in read
    assert "8 in the 5 weeks before, 0 in the 5 weeks after." in read
    assert "Counted: incidents of Router at severity Critical" in read
    reports(report, cast.petra, [done_at + 5 * WEEK + n * DAY for n in range(21)], clock.set)
    clock.set(done_at + 12 * WEEK)
    assert "Worse" in page(browser_of(paula), "portal-recommendation", found.key)


def test_discarded_drafts_say_why_and_are_never_seen(cast, proposal, paula, browser_of):
    draft = written(proposal, by=cast.axel)
    assert post(browser_of(cast.mia), "desk-recommendation-discarding", draft.key, reason="Wrong").status_code == 302
    assert browser_of(paula).get(f"/recommendations/{draft.key}").status_code == 404
    assert proposed() == []
    event = RecommendationEvent.objects.last()
    assert (event.act, event.by, event.data) == ("discarded", cast.mia, {"reason": "Wrong"})
    assert clock.now() == draft.written_at
