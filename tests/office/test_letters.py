"""``/desk/letters``: a manager words a letter and sees meanwhile how it reads."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.notify.models import LetterWording
from watchkeeper.notify.wording.letters import LETTERS
from watchkeeper.notify.wording.template import Template
from watchkeeper.office.letters.preview import Typed, carried
from watchkeeper.ui.framed import CONTENT_SECURITY_POLICY

RECEIPT = reverse("desk-letter", args=["receipt.en"])
PREVIEW = reverse("desk-letter-preview", args=["receipt.en"])
OURS = {
    "subject": "Taken: {title}",
    "body": "Hello {account}, this is {reference}.\r\n\r\n{understood}\r\n\r\n{promise}\r\n\r\n{automatic}\r\n\r\n"
    "{escalation}\r\n\r\n{go_on}",
}


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


def test_every_letter_is_listed_with_what_it_says_now(mia) -> None:
    mia.post(RECEIPT, OURS)
    read = words_of(mia.get(reverse("desk-letters")).content)
    assert "Receipt" in read
    assert read.count("your words") == 1
    assert read.count("as shipped") == 2 * len(LETTERS) - 1


def test_it_opens_with_the_words_that_are_said_now_and_all_that_may_stand_in_them(mia) -> None:
    page = mia.get(RECEIPT).content.decode()
    assert "We have your report &quot;{title}&quot;. Its reference is {reference}." in page
    assert all(f"<code>{{{name}}}</code>" in page for name in LETTERS["receipt"].known)


def test_what_is_kept_is_said_from_then_on(cast, mia, report) -> None:
    assert mia.post(RECEIPT, OURS).status_code == 302
    incident = report(cast.petra, 1)
    from watchkeeper.notify.models import Notice

    receipt = Notice.objects.for_incident(incident.pk).get(recipient=cast.petra.email)
    assert receipt.text.startswith(f"Hello Premier, this is {incident.reference}.\n\nSeverity: ")
    assert "+" in receipt.headers.get("Reply-To", "+"), "the signed address stays"


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(mia) -> None:
    answer = mia.post(RECEIPT, {**OURS, "body": "{promis}"})
    read = words_of(answer.content)
    assert answer.status_code == 422
    assert "{promis} is none of the variables here. There are {understood}, {promise}," in read
    assert "It has to say {understood}, {promise}, {automatic}, {escalation}, {go_on}, {reference}." in read
    assert "{promis}</textarea>" in answer.content.decode(), "what was typed is still there"
    assert not LetterWording.objects.exists()


def test_the_preview_shows_a_letter_as_it_would_be_sent(mia) -> None:
    read = words_of(mia.post(PREVIEW, OURS).content)
    assert "[WK-7F3K42] Taken: The gateway answers 503 since ten" in read
    assert "Hello Northwind, this is WK-7F3K42." in read
    assert "A person will answer by Mon 9 Mar 2026" in read
    assert not LetterWording.objects.exists()


def test_the_preview_says_what_is_wrong_while_it_is_typed(mia) -> None:
    assert "It has to say {understood}" in words_of(mia.post(PREVIEW, {"subject": "", "body": ""}).content)


def test_the_preview_of_another_language_speaks_it(mia) -> None:
    german = {"subject": "{title}", "body": "Hallo.\n\n{promise}"}
    answer = mia.post(reverse("desk-letter-preview", args=["receipt.de"]), german)
    assert "Eine Person antwortet bis" in words_of(answer.content)


def test_the_frame_holds_the_page_and_can_do_nothing(mia) -> None:
    nasty = Template("{title}", "<script>alert(1)</script> <img src=https://evil.example/x>")
    answer = mia.get(reverse("desk-letter-page", args=[carried(Typed("receipt", "en", nasty))]))
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "sandbox" in CONTENT_SECURITY_POLICY.split("; ")
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert b"<script" not in answer.content
    assert b"<img" not in answer.content
    assert b"&lt;script&gt;" in answer.content


@pytest.mark.parametrize("words", ["unsigned", "x", "eyJhIjoxfQ:1:x"])
def test_a_frame_shows_only_what_the_desk_itself_signed(mia, words: str) -> None:
    assert mia.get(f"/desk/letters/pages/{words}").status_code == 404


def test_the_shipped_words_come_back_and_ours_can_still_be_read(mia) -> None:
    mia.post(RECEIPT, OURS)
    mia.post(reverse("desk-letter-shipped", args=["receipt.en"]))
    page = mia.get(RECEIPT).content
    assert b"We have your report &quot;{title}&quot;" in page
    assert "Hello {account}, this is {reference}." in words_of(page)
    assert "Mia" in words_of(page)


@pytest.mark.parametrize("key", ["receipt", "receipt.xx", "nothing.en", "receipt.en.de"])
def test_there_are_no_other_letters(mia, key: str) -> None:
    assert mia.get(f"/desk/letters/{key}").status_code == 404
