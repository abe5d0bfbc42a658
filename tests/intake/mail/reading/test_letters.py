"""A whole mail, read."""

from __future__ import annotations

from watchkeeper.intake.mail.letter import PERSON, Mailbox
from watchkeeper.intake.mail.reading.letters import read
from watchkeeper.intake.mail.reading.own import Own

OWN = Own(authserv_ids=frozenset({"mx.desk.example"}), host="desk.example")


def test_what_a_person_writes_is_read() -> None:
    letter = read(b"From: Ana <Ana@Customer.example>\nSubject: Down\nMessage-ID: <1@c>\n\nNothing works.\n", own=OWN)

    assert letter.kind == PERSON
    assert letter.author == Mailbox("ana@customer.example", "Ana")
    assert (letter.subject, letter.message_id, letter.text) == ("Down", "<1@c>", "Nothing works.")
