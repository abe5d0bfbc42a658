"""From a draft to a version: what stands in the way, who wins, and withdrawing what is only planned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.policy_texts import FASTER, NOTHING_IN_THE_LICENCE, SLOWER, TEXT, WITHOUT_COSMETIC, WITHOUT_PREMIUM, replaced
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.office.models import DraftEffect, PolicyDraft
from watchkeeper.office.publishing import drafts, replays
from watchkeeper.office.publishing.plan import AT_ONCE, NotPublished
from watchkeeper.office.publishing.publication import NotWithdrawn, publish_draft, publish_text, withdraw
from watchkeeper.office.publishing.versions import lives
from watchkeeper.people import access
from watchkeeper.people import clock as desk_clock
from watchkeeper.people.models import Account
from watchkeeper.people.wall import stand_as, stand_for_the_desk
from watchkeeper.policies.models import Agreement, PolicyVersion, Withdrawal
from watchkeeper.policies.publishing import publish
from watchkeeper.policies.versions import version_in_force

TODAY, TOMORROW, APRIL = date(2026, 3, 2), date(2026, 3, 3), date(2026, 4, 1)


@pytest.fixture
def draft_of(cast):
    """``draft_of(text)``: a draft whose effect was replayed."""

    def drafted(text: str) -> PolicyDraft:
        based_on = version_in_force(desk_clock.now())
        draft = drafts.open_draft(text, based_on=based_on, note="A faster Premium", by=cast.mia)
        replays.ask(draft)
        return draft

    return drafted


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


def post(browser, draft: PolicyDraft, **given):
    said = {"revision": 1, "when": "day", "valid_from": "2026-03-03", "note": "Because we can"} | given
    answer = browser.post(reverse("desk-policy-draft-publication", args=[draft.pk]), said)
    stand_for_the_desk()
    return answer


def due(incident):
    return Commitment.objects.of_incident(incident.pk).get(metric="acknowledgement").due_at


# Publishing


def test_a_draft_becomes_a_version_with_its_author_note_and_day(cast, mia, draft_of):
    draft = draft_of(FASTER)
    answer = post(mia, draft)
    version = PolicyVersion.objects.get(number=2)
    assert answer.url == reverse("desk-policy-version", args=[2])
    assert (version.text, version.note, version.published_by) == (FASTER, "Because we can", cast.mia)
    assert (version.valid_from, version.published_at) == (TOMORROW, chicago("2026-03-02 10:00"))
    draft.refresh_from_db()
    assert draft.published_as == version


def test_an_incident_keeps_its_version_and_one_of_the_new_day_gets_the_new_one(cast, report, clock, mia, draft_of):
    before = report(cast.petra, 2)
    post(mia, draft_of(FASTER))
    last_of_the_day = report(cast.petra, 2)
    clock.set(chicago("2026-03-03 00:00"))
    after = report(cast.petra, 2)
    assert [due(each) for each in (before, last_of_the_day, after)] == [
        chicago("2026-03-02 14:00"),
        chicago("2026-03-02 14:00"),
        chicago("2026-03-03 02:00"),
    ]


def test_at_once_holds_for_every_report_from_then_on(cast, report, mia, draft_of):
    before = report(cast.petra, 2)
    post(mia, draft_of(FASTER), when="at once", valid_from="")
    assert PolicyVersion.objects.get(number=2).valid_from == TODAY
    assert due(report(cast.petra, 2)) == chicago("2026-03-02 12:00")
    assert due(before) == chicago("2026-03-02 14:00")


@pytest.mark.parametrize(
    ("given", "status", "why"),
    [
        ({"valid_from": "2026-03-02"}, 409, "2 March 2026 is today: a version is in force from a whole day, 3 March"),
        ({"valid_from": "2026-03-01"}, 409, "1 March 2026 is past"),
        ({"valid_from": ""}, 422, "Write the first day on which it holds"),
        ({"valid_from": "soon"}, 422, "Enter a valid date."),
        ({"when": "never"}, 422, "Select a valid choice"),
        ({"note": " "}, 422, "This field is required."),
        ({"revision": "2"}, 409, "Mia saved revision 1 meanwhile"),
        ({"revision": "x"}, 422, "Enter a whole number."),
        ({"note": "\0"}, 422, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_published_so_says_why_and_keeps_what_was_typed(mia, draft_of, given, status, why):
    answer = post(mia, draft_of(FASTER), **given)
    assert answer.status_code == status
    assert why in words_of(answer.content)
    assert not PolicyVersion.objects.filter(number=2).exists()
    assert given.get("note") or "Because we can" in answer.content.decode()


def test_midnight_is_where_the_policy_is(cast, mia, draft_of, clock):
    """Ten in the evening in Chicago is tomorrow in Berlin."""
    clock.set(chicago("2026-03-02 22:00"))
    berlin = draft_of(FASTER.replace("zone: America/Chicago  #", "zone: Europe/Berlin  #"))
    assert "3 March 2026 is today" in words_of(post(mia, berlin, valid_from="2026-03-03").content)
    assert post(mia, draft_of(FASTER), valid_from="2026-03-03").status_code == 302


def test_a_version_comes_into_force_at_midnight_in_its_own_zone(cast, clock):
    publish(FASTER.replace("zone: America/Chicago  #", "zone: Europe/Berlin  #"), valid_from=TOMORROW)
    clock.set(chicago("2026-03-02 16:59"))
    assert version_in_force(desk_clock.now()).number == 1
    clock.set(chicago("2026-03-02 17:00"))
    assert version_in_force(desk_clock.now()).number == 2


def test_without_a_replayed_effect_nothing_is_published(cast, mia):
    version = PolicyVersion.objects.get()
    draft = drafts.open_draft(FASTER, based_on=version, note="unseen", by=cast.mia)
    assert "Its effect was not replayed yet." in words_of(post(mia, draft).content)
    replays.ask(draft)
    drafts.save(draft, text=SLOWER, revision=1, by=cast.mia)
    answer = post(mia, draft, revision=2)
    assert "It was changed since its effect was replayed: replay it again." in words_of(answer.content)
    assert answer.status_code == 409


def test_what_is_unsound_or_says_the_same_is_not_published(cast, mia, draft_of):
    assert "to the letter what version 1 says" in words_of(post(mia, draft_of(TEXT)).content)
    unsound = drafts.open_draft("policy: [", based_on=PolicyVersion.objects.get(), note="x", by=cast.mia)
    assert "The text has 1 error; put it right first." in words_of(post(mia, unsound).content)
    assert "The text has 1 error" in words_of(
        mia.get(reverse("desk-policy-draft-publication", args=[unsound.pk])).content
    )


@pytest.mark.parametrize(
    ("text", "account", "why"),
    [
        (WITHOUT_PREMIUM, "Premier", 'there is no level "premium" any more'),
        (WITHOUT_COSMETIC, "Basic", "there are severities 1 to 4, and it is 5"),
        (
            replaced("  1:\n    name: Critical", "  0:\n    name: Critical")
            .replace("      1: {", "      0: {")
            .replace("eligible: [1,", "eligible: [0,"),
            "Contracted",
            "its SLA is not sound over it",
        ),
    ],
)
def test_what_it_would_break_is_listed_and_it_waits_for_that_to_be_settled(cast, mia, draft_of, text, account, why):
    Account.objects.filter(pk=cast.basic.pk).update(default_severity=5)
    draft = draft_of(text)
    for there in ("desk-policy-draft-effect", "desk-policy-draft-publication"):
        shown = words_of(mia.get(reverse(there, args=[draft.pk])).content)
        assert f"{account}:" in shown
        assert why in shown
    assert post(mia, draft).status_code == 409
    assert not PolicyVersion.objects.filter(number=2).exists()
    Account.objects.update(default_severity=None)
    pinned = PolicyVersion.objects.get()
    Agreement.objects.update(pinned_version=pinned)
    assert post(mia, draft).status_code == 302


def test_accounts_that_a_licence_alone_entitles_are_remarked_on(cast, mia, draft_of):
    shown = words_of(
        mia.get(reverse("desk-policy-draft-publication", args=[draft_of(NOTHING_IN_THE_LICENCE).pk])).content
    )
    assert "1 account with a licence alone would be promised nothing any more." in shown


def test_what_is_planned_for_later_takes_over_and_the_page_says_so(cast, mia, draft_of):
    publish(SLOWER, valid_from=APRIL)
    shown = words_of(mia.get(reverse("desk-policy-draft-publication", args=[draft_of(FASTER).pk])).content)
    assert "Version 2 is planned and takes over on 1 April 2026" in shown


def test_a_draft_is_published_over_what_it_was_compared_with_alone(cast, mia, draft_of):
    draft = draft_of(FASTER)
    publish(SLOWER, valid_from=APRIL)
    refused = post(mia, draft, valid_from="2026-04-02")
    assert refused.status_code == 409
    assert "compare it with version 2 first" in words_of(refused.content)
    mia.post(reverse("desk-policy-draft-comparison", args=[draft.pk]), {"version": "2"})
    assert "9 h → becomes 2 h" in words_of(mia.get(reverse("desk-policy-draft", args=[draft.pk])).content)
    assert post(mia, draft, valid_from="2026-04-02").status_code == 302


def test_of_two_who_publish_one_draft_the_second_is_told(cast, mia, draft_of):
    draft = draft_of(FASTER)
    assert post(mia, draft).status_code == 302
    answer = post(mia, draft, note="me too")
    assert answer.status_code == 409
    assert "this draft was published meanwhile" in words_of(answer.content).lower()
    assert PolicyVersion.objects.count() == 2


def test_only_who_may_publishes(cast, draft_of, browser_of):
    draft = draft_of(FASTER)
    with pytest.raises(access.Refused):
        publish_draft(draft, revision=1, valid_from=AT_ONCE, note="x", by=cast.ana)
    with pytest.raises(access.Refused):
        publish_text(FASTER, valid_from=AT_ONCE, note="x", by=cast.ana)
    for there in ("desk-policy-draft-effect", "desk-policy-draft-publication"):
        assert browser_of(cast.ana).get(reverse(there, args=[draft.pk])).status_code == 404
        assert browser_of(cast.ana).post(reverse(there, args=[draft.pk])).status_code == 404


def test_the_pages_of_a_published_draft_say_so_and_offer_no_act(cast, mia, draft_of):
    draft = draft_of(FASTER)
    post(mia, draft)
    shown = mia.get(reverse("desk-policy-draft-publication", args=[draft.pk])).content
    assert "It is version 2 since" in words_of(shown)
    assert b"Publish the version" not in shown
    answer = mia.post(reverse("desk-policy-draft-effect", args=[draft.pk]), follow=True)
    assert "this draft is closed" in words_of(answer.content)


def test_a_replay_under_way_shows_how_far_it_is_and_looks_again_by_itself(cast, report, mia, draft_of, monkeypatch):
    report(cast.petra, 2)
    monkeypatch.setattr(replays, "AT_ONCE_AT_MOST", 0)
    draft = draft_of(FASTER)
    there = reverse("desk-policy-draft-effect", args=[draft.pk])
    shown = mia.get(there).content.decode()
    assert "0 of 1" in shown
    assert f'hx-get="{there}" hx-trigger="every 2s"' in shown
    assert "Its effect was not replayed yet." in words_of(post(mia, draft).content)
    replays.replay(draft.pk, str(DraftEffect.objects.get().run))
    finished = mia.get(there).content.decode()
    assert "1 incident received in the 90 days" in words_of(finished.encode())
    assert "every 2s" not in finished


# Versions


@pytest.mark.parametrize(
    "statement",
    [
        "update policies_policyversion set text = 'never said'",
        "update policies_policyversion set valid_from = '2020-01-01'",
        "delete from policies_policyversion",
        "truncate policies_policyversion cascade",
        "update policies_withdrawal set reason = 'never said'",
        "delete from policies_withdrawal",
    ],
)
def test_nobody_changes_or_deletes_a_version_or_a_withdrawal(cast, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_page_of_a_version_is_as_it_was_then(cast, mia):
    publish(FASTER.replace("name: Premium", "name: Gilded"), valid_from=TOMORROW, by=cast.mia, note="Gilded is faster")
    shown = words_of(mia.get(reverse("desk-policy-version", args=[2])).content)
    assert "Gilded is faster" in shown
    assert "Gilded, High: acknowledgement 4 h → becomes 2 h" in shown
    assert "planned" in shown
    first = words_of(mia.get(reverse("desk-policy-version", args=[1])).content)
    assert "It is the first" in first
    assert "Gilded" not in first
    assert mia.get(reverse("desk-policy-version-file", args=[1])).content.decode() == TEXT
    assert mia.get(reverse("desk-policy-version", args=[7])).status_code == 404
    assert mia.get("/desk/policy/versions/99999999999999999999/").status_code == 404
    assert mia.get("/desk/policy/drafts/99999999999999999999/").status_code == 404


def test_the_life_of_each_version(cast, clock):
    publish(FASTER, valid_from=APRIL)
    publish(SLOWER, valid_from=APRIL)
    publish(TEXT + "# the same\n", valid_from=date(2026, 5, 1))
    publish(SLOWER + "# again\n", valid_from=TODAY)

    def states() -> dict[int, tuple[str, int | None]]:
        found = lives(desk_clock.now())
        return {life.version.number: (life.state, life.following and life.following.number) for life in found}

    planned = {1: ("past", 5), 5: ("in force", 2), 2: ("replaced", 3), 3: ("planned", 4), 4: ("planned", None)}
    assert states() == planned
    clock.set(chicago("2026-06-01 10:00"))
    assert states() == planned | {5: ("past", 2), 3: ("past", 4), 4: ("in force", None)}


# Withdrawing


def test_a_planned_version_is_withdrawn_and_the_one_before_stays_in_force(cast, report, clock, mia):
    version = publish(FASTER, valid_from=TOMORROW)
    there = reverse("desk-policy-version-withdrawal", args=[2])
    assert mia.post(there, {"reason": ""}).status_code == 422
    assert mia.post(there, {"reason": "The lawyers read it"}).status_code == 302
    stand_for_the_desk()
    assert (version.withdrawal.by, version.withdrawal.reason) == (cast.mia, "The lawyers read it")
    shown = words_of(mia.get(reverse("desk-policy-version", args=[2])).content)
    assert "Withdrawn before it was in force" in shown
    assert "The lawyers read it" in shown
    clock.set(chicago("2026-03-04 10:00"))
    stand_as(cast.petra)
    assert version_in_force(desk_clock.now()).number == 1
    assert due(report(cast.petra, 2)) == chicago("2026-03-04 14:00")


def test_two_plans_that_are_withdrawn_leave_what_was_before_both(cast, clock):
    first, second = publish(FASTER, valid_from=TOMORROW), publish(SLOWER, valid_from=APRIL)
    withdraw(second, reason="no", by=cast.mia)
    withdraw(first, reason="no", by=cast.mia)
    clock.set(chicago("2026-05-01 10:00"))
    assert version_in_force(desk_clock.now()).number == 1


def test_what_is_or_was_in_force_or_pinned_is_not_withdrawn(cast, mia):
    version = publish(FASTER, valid_from=TOMORROW)
    with pytest.raises(NotWithdrawn, match="Version 1 is in force; publish another one"):
        withdraw(PolicyVersion.objects.get(number=1), reason="no", by=cast.mia)
    Agreement.objects.filter(account=cast.premium).update(pinned_version=version)
    answer = mia.post(reverse("desk-policy-version-withdrawal", args=[2]), {"reason": "no"})
    assert answer.status_code == 409
    assert "1 agreement pinned to it" in words_of(answer.content)
    stand_for_the_desk()
    Agreement.objects.update(pinned_version=None)
    withdraw(version, reason="no", by=cast.mia)
    with pytest.raises(NotWithdrawn, match="Version 2 is withdrawn"):
        withdraw(version, reason="no", by=cast.mia)
    assert Withdrawal.objects.count() == 1


def test_only_a_manager_withdraws(cast, browser_of):
    version = publish(FASTER, valid_from=TOMORROW)
    assert browser_of(cast.ana).post(reverse("desk-policy-version-withdrawal", args=[2])).status_code == 404
    with pytest.raises(access.Refused, match="Ana may not withdraw policy"):
        withdraw(version, reason="no", by=cast.ana)


def test_a_text_is_published_without_a_draft_under_the_same_rules(cast):
    version = publish_text(FASTER, valid_from=TOMORROW, note="by hand", by=None)
    assert (version.number, version.published_by) == (2, None)
    with pytest.raises(NotPublished, match="to the letter what version 2 says"):
        publish_text(FASTER, valid_from=TOMORROW, note="again", by=None)
    with pytest.raises(NotPublished, match="is past"):
        publish_text(SLOWER, valid_from=TODAY - timedelta(days=1), note="late", by=None)
