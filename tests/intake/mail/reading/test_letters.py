"""A whole mail, read."""

from __future__ import annotations

import pytest

from tests.intake.mail.reading.written import letter
from watchkeeper.core.mail import NONE, PERSON
from watchkeeper.intake.mail.letter import Letter, Mailbox
from watchkeeper.intake.mail.reading import limits


def test_what_a_person_writes_is_read() -> None:
    assert letter(
        *("From: Ana Roth <Ana@Customer.example>", "To: Desk <desk@desk.example>", "Subject: Re: Down"),
        *("Message-ID: <3@c>", "In-Reply-To: <2@desk>", "References: <1@c> <2@desk>"),
        body="Severity: 2\nBetter now.\n\nOn 3 May 2021, Desk <desk@desk.example> wrote:\n> Better?",
        sender="",
    ) == Letter(
        kind=PERSON,
        author=Mailbox("ana@customer.example", "Ana Roth"),
        message_id="<3@c>",
        answers=("<2@desk>", "<1@c>"),
        to=(Mailbox("desk@desk.example", "Desk"),),
        subject="Re: Down",
        text="Better now.",
        quoted="On 3 May 2021, Desk <desk@desk.example> wrote:\n> Better?",
        severity="2",
        is_plain=True,
    )


@pytest.mark.parametrize("raw", ["", "\n", "\r\n\r\n", "no header at all", ":\n:", "From\n\nx"])
def test_what_is_hardly_a_mail_is_a_letter_of_nobody(raw: str) -> None:
    read = letter(sender="", body=raw)

    assert (read.author, read.has_one_author, read.verdict) == (None, False, NONE)


def test_the_mail_answered_is_the_nearest_and_an_empty_header_answers_none() -> None:
    assert letter("In-Reply-To: <b@x> (from me)", "References: <a@x>\r\n junk <b@x>").answers == ("<b@x>", "<a@x>")
    assert letter("References: <a@x> <b@x>").answers == ("<b@x>", "<a@x>")
    assert letter("In-Reply-To: ", "References: a@x").answers == ()
    many = letter("References: " + " ".join(f"<{at}@x>" for at in range(1_000))).answers
    assert (len(many), many[0]) == (limits.MESSAGE_IDS, "<999@x>")


@pytest.mark.parametrize(
    "headers",
    [
        ("Subject: Re: [WK-7F3K2Q] Down",),
        ("In-Reply-To: <notice-1@desk.example>",),
        ("References: <notice-1@desk.example>",),
        ("Cc: eve@evil.example",),
        ("Reply-To: ana@customer.example",),
        ("To: desk+token@desk.example",),
        ("X-Original-Sender: ana@customer.example",),
    ],
)
def test_what_a_stranger_refers_to_makes_nobody_else_of_them_and_proves_nothing(headers: tuple[str, ...]) -> None:
    """TRUST class 3: what a reference gives a right to is decided elsewhere, by who they are."""
    read = letter(*headers, sender="From: eve@evil.example")

    assert (read.author, read.verdict) == (Mailbox("eve@evil.example"), NONE)
    assert (read.text, read.loops, read.ignored, read.severity) == ("Nothing works.", (), (), "")
