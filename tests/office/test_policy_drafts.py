"""Drafts of a policy: whose they are, how they are checked, and two people who write one of them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.policy_texts import FASTER, TEXT
from tests.reading import words_of
from watchkeeper.office.models import EarlierText, PolicyDraft
from watchkeeper.office.publishing import drafts
from watchkeeper.people import access
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_as, stand_for_the_desk
from watchkeeper.policies.models import PolicyVersion


@pytest.fixture
def draft(cast) -> PolicyDraft:
    return drafts.open_draft(TEXT, based_on=PolicyVersion.objects.get(), note="A faster Premium", by=cast.mia)


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


@pytest.fixture
def max_(cast) -> Person:
    return Person.objects.create_person("max@vendor.example", name="Max", password=None, roles=["manager"])


def address(name: str, draft: PolicyDraft) -> str:
    return reverse(name, args=[draft.pk])


def save(browser, draft: PolicyDraft, text: str, *, revision: int = 1, **more):
    answer = browser.post(address("desk-policy-draft", draft), {"revision": revision, "text": text, **more})
    stand_for_the_desk()
    draft.refresh_from_db()
    return answer


def test_the_policy_stands_in_a_managers_navigation_alone(cast, browser_of):
    assert 'href="/desk/policy/"' in browser_of(cast.mia).get("/desk/").content.decode()
    assert 'href="/desk/policy/"' not in browser_of(cast.ana).get("/desk/").content.decode()
    assert browser_of(cast.ana).get("/desk/policy/").status_code == 404


def test_only_who_publishes_opens_a_draft(cast):
    with pytest.raises(access.Refused, match="Ana may not publish policy"):
        drafts.open_draft(TEXT, based_on=PolicyVersion.objects.get(), note="mine", by=cast.ana)


def test_a_draft_begins_from_a_version_or_a_file(cast, mia):
    given = {"note": "A faster Premium", "start": "1"}
    assert mia.post(reverse("desk-policy-drafts"), given).status_code == 302
    file = SimpleUploadedFile("mine.yaml", ("\ufeff" + FASTER.replace("\n", "\r\n")).encode())
    mia.post(reverse("desk-policy-drafts"), {**given, "file": file})
    stand_for_the_desk()
    newest, first = PolicyDraft.objects.order_by("-pk")
    assert (first.text, first.note, first.author, first.based_on.number) == (TEXT, "A faster Premium", cast.mia, 1)
    assert newest.text == FASTER
    shown = words_of(mia.get("/desk/policy/").content)
    assert "A faster Premium" in shown
    assert "Version 1 in force" in shown


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"note": ""}, "This field is required."),
        ({"start": "7"}, "Select a valid choice."),
        ({"start": "\0"}, "Null characters are not allowed."),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe")}, "a.yaml is not text in UTF-8."),
        ({"file": SimpleUploadedFile("a.yaml", b"a: \0")}, "a.yaml holds characters that no text has"),
        ({"file": SimpleUploadedFile("a.yaml", b"x" * 1_000_001)}, "a.yaml is too large"),
    ],
)
def test_a_draft_that_cannot_begin_says_why(mia, given, why):
    answer = mia.post(reverse("desk-policy-drafts"), {"note": "a note", "start": "1"} | given)
    assert answer.status_code == 422
    assert why in words_of(answer.content)
    stand_for_the_desk()
    assert not PolicyDraft.objects.exists()


def test_the_page_says_in_words_what_the_draft_changes(mia, draft):
    save(mia, draft, FASTER)
    shown = words_of(mia.get(address("desk-policy-draft", draft)).content)
    assert "Sound" in shown
    assert "What changes Premium, High: acknowledgement 4 h → becomes 2 h" in shown


def test_errors_and_warnings_lead_to_their_lines_while_it_is_typed(mia, draft):
    broken = TEXT.replace("2: {within: 4h, goal: 15m", "2: {within: 4 hrz, goal: 15m")
    line = next(n for n, each in enumerate(broken.splitlines(), start=1) if "4 hrz" in each)
    checked = mia.post(address("desk-policy-draft-check", draft), {"text": broken}).content.decode()
    assert f'<a href="#line-{line}" data-line="{line}" data-tone="breach">' in checked
    assert "is not a duration; write 4h, 90m or 2 business days" in checked
    unwise = mia.post(
        address("desk-policy-draft-check", draft),
        {"text": TEXT.replace("{within: 2h, goal: 15m", "{within: 6h, goal: 15m")},
    ).content.decode()
    assert 'data-tone="warn"' in unwise
    assert "Critical is due later than High" in unwise


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (FASTER, True),
        (FASTER.replace("Within minutes up to 4 hours", "Within minutes up to 2 hours"), False),
        (FASTER.replace("Within minutes up to 4 hours", "Within minutes, 2 to 4 hours"), False),
        (TEXT.replace("2: {within: 4h,", "2: {within: 4h, hours: standard,"), True),
    ],
)
def test_words_that_are_true_no_more_are_warned_of(mia, draft, text, warned):
    shown = words_of(mia.post(address("desk-policy-draft-check", draft), {"text": text}).content)
    assert ("is counted otherwise than before, and still published as" in shown) is warned


def test_what_is_unsound_is_kept_and_has_no_page_yet(mia, draft):
    assert save(mia, draft, "policy: [").status_code == 302
    assert draft.text == "policy: ["
    assert "There is no page yet" in words_of(mia.get(address("desk-policy-draft-page", draft)).content)


def test_the_preview_is_the_page_that_would_be_published(mia, draft):
    save(mia, draft, TEXT.replace("name: Premium", "name: Gilded"))
    assert "Gilded" in words_of(mia.get(address("desk-policy-draft-page", draft)).content)


def test_the_text_comes_and_goes_as_a_file_without_losing_a_byte(mia, draft):
    downloaded = mia.get(address("desk-policy-draft-file", draft))
    assert downloaded.content.decode() == TEXT
    assert downloaded["Content-Disposition"] == f'attachment; filename="policy-draft-{draft.pk}.yaml"'
    file = SimpleUploadedFile("policy.yaml", FASTER.encode())
    save(mia, draft, "this is overruled by the file", file=file)
    assert draft.text == FASTER


def test_of_two_who_save_the_second_is_told_what_changed_and_nothing_is_lost(cast, mia, max_, draft, browser_of):
    save(browser_of(max_), draft, FASTER)
    mine = TEXT.replace("1: {within: 2h, goal: 15m", "1: {within: 1h, goal: 15m")
    answer = save(mia, draft, mine)
    assert answer.status_code == 409
    assert (draft.text, draft.revision, draft.changed_by) == (FASTER, 2, max_)
    shown = words_of(answer.content)
    assert "Max saved this draft" in shown
    assert "within: 2h, goal: 15m" in shown
    assert "1: {within: 1h, goal: 15m" in answer.content.decode()
    assert 'name="revision" value="2"' in answer.content.decode()
    assert save(mia, draft, mine, revision=2).status_code == 302
    assert draft.text == mine
    assert [(kept.revision, kept.text, kept.by) for kept in draft.earlier.order_by("revision")] == [
        (1, TEXT, cast.mia),
        (2, FASTER, max_),
    ]


def test_saving_what_stands_there_already_changes_nothing(mia, draft):
    save(mia, draft, TEXT.replace("\n", "\r\n"))
    assert (draft.revision, EarlierText.objects.count()) == (1, 0)


@pytest.mark.parametrize("text", ["", "\0", "\x85", "x: " + "y" * 250_001, "&a [*a]", "[" * 10_000])
def test_whatever_is_typed_is_checked_without_a_fault(mia, draft, text):
    answer = mia.post(address("desk-policy-draft-check", draft), {"text": text})
    assert answer.status_code == 200
    assert "Not sound yet" in words_of(answer.content)


@pytest.mark.parametrize("given", [{"revision": "x"}, {"revision": "-1"}, {"revision": "9" * 30}, {"text": "\0"}])
def test_a_mistyped_save_is_no_fault_and_keeps_what_was_typed(mia, draft, given):
    answer = mia.post(address("desk-policy-draft", draft), {"revision": "1", "text": "kept in the page"} | given)
    assert answer.status_code == 422
    stand_for_the_desk()
    draft.refresh_from_db()
    assert draft.text == TEXT


def test_a_discarded_draft_is_read_and_no_longer_written(mia, draft):
    mia.post(address("desk-policy-draft-discarding", draft))
    stand_for_the_desk()
    draft.refresh_from_db()
    assert draft.discarded_by.name == "Mia"
    answer = save(mia, draft, FASTER)
    assert answer.status_code == 409
    assert "this draft was discarded meanwhile" in words_of(answer.content)
    assert FASTER.splitlines()[3] in answer.content.decode()
    assert draft.text == TEXT
    assert "A faster Premium" in words_of(mia.get("/desk/policy/").content)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from office_policydraft",
        "delete from office_earliertext",
        "update office_earliertext set text = 'never said'",
    ],
)
def test_no_draft_is_deleted_and_no_earlier_text_changed(mia, draft, statement):
    save(mia, draft, FASTER)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_customer_sees_no_draft_whatever_a_query_forgets(cast, draft):
    stand_as(cast.petra)
    assert not PolicyDraft.objects.exists()
