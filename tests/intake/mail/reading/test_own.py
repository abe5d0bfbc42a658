"""Our own mails, and headers with which others set fields (TRUST classes 4 and 28)."""

from __future__ import annotations

import pytest

from tests.intake.mail.reading.test_frames import there_and_back
from tests.intake.mail.reading.written import letter
from watchkeeper.core.mail import PERSON


@pytest.mark.parametrize(
    "header",
    [
        "Message-ID: <1@desk.example>",
        "Message-ID: <1@DESK.example>",
        "X-Watchkeeper-Loop: desk.example",
        "X-Loop: desk.example",
    ],
)
def test_a_mail_that_came_from_here_is_known(header: str) -> None:
    assert letter(header).loops == (f"{header.partition(':')[0].lower()}: {header.partition(': ')[2]}",)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Message-ID: <1@not-desk.example>",
            "Message-ID: <1@desk.example.evil.example>",
            "Message-ID: <desk.example@x>",
        ),
        *("In-Reply-To: <1@desk.example>", "References: <1@desk.example>", "X-Loop: yes", "X-Loop: desk.example.org"),
    ],
)
def test_a_reply_to_us_or_a_name_like_ours_is_no_loop(header: str) -> None:
    assert letter(header).loops == ()


@pytest.mark.parametrize(
    "header",
    [
        *("X-Desk-Priority: 1", "X-Desk-Org: other", "X-Desk-Ack: yes", "RT-Attach: 7", "X-RT-Queue: root"),
        *("X-Zammad-Ticket-Priority: 3 high", "X-Watchkeeper-Severity: 1", "X-OTRS-Queue: x", "x-DESK-state: closed"),
    ],
)
def test_control_headers_set_nothing_and_are_named(header: str) -> None:
    read, without = letter(header), letter()

    assert read.ignored == (header.partition(":")[0].lower(),)
    assert (read.kind, read.severity, read.subject, read.text) == (PERSON, "", "", without.text)
    assert (read.author, read.to, read.answers, read.verdict) == (without.author, (), (), without.verdict)


def test_ordinary_headers_are_not_named() -> None:
    assert letter("X-Mailer: y", "X-Priority: 1", "X-Watchkeeper-Loop: other.example").ignored == ()


@pytest.mark.parametrize("header", ["X-Loop: yes", "X-Auto-Response-Suppress: All", "X-No-Auto-Reply: 1"])
def test_a_wish_for_no_answer_is_read_and_makes_nobody_a_machine(header: str) -> None:
    read = letter(header)

    assert read.wants_no_answer == f"{header.partition(':')[0].lower()}: {header.partition(': ')[2]}"
    assert read.kind == PERSON
    assert letter().wants_no_answer == ""


@pytest.mark.parametrize("header", ["X-Loop:", "X-No-Auto-Reply: =?utf-8?q?_?="])
def test_a_wish_without_a_word_is_a_line_too(header: str) -> None:
    assert there_and_back(letter(header)).wants_no_answer == f"{header.partition(':')[0].lower()}:"
