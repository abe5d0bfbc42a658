"""A line that says how bad it is."""

from __future__ import annotations

import pytest

from tests.intake.mail.reading.written import letter


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("Severity: 1", "1"),
        ("severity: critical", "critical"),
        ("SEVERITY : High.", "High"),
        ("Severity = 2", "2"),
        ("**Severity:** 1", "1"),
        ("Schweregrad: kritisch", "kritisch"),
        ("Severity: very high", "very high"),
        ("Severity: break-fix", "break-fix"),
    ],
)
def test_the_line_is_read_and_taken_out(line: str, severity: str) -> None:
    read = letter(body=f"Hello,\n\n{line}\n\nNothing works.")

    assert read.severity == severity
    assert read.text == "Hello,\n\n\nNothing works."


@pytest.mark.parametrize(
    "text",
    [
        "Severity: the whole of the site is down",
        "Our severity: 1",
        "Severity:",
        "Severity 1",
        "Severity: 123",
        "a\nb\nc\nd\ne\nSeverity: 1",
        "> Severity: 1",
    ],
)
def test_a_sentence_about_it_stays_text(text: str) -> None:
    read = letter(body=text)

    assert (read.severity, read.text) == ("", text)


def test_only_the_first_such_line_counts() -> None:
    read = letter(body="Severity: 2\nSeverity: 1\nx")

    assert (read.severity, read.text) == ("2", "Severity: 1\nx")


def test_what_is_quoted_says_nothing_of_the_severity() -> None:
    body = "It is better now.\n\nOn 3 May 2021, Bob <b@x.example> wrote:\n> Severity: 1\n> Help"

    assert letter("Subject: Re: x", body=body).severity == ""
