"""What is erased on an incident is gone from the mail that it came by, and that the mail came stays."""

from __future__ import annotations

from tests.intake.mails import a_mail
from watchkeeper.incidents import verbs
from watchkeeper.intake.mail.erasing import erase_what_was_erased
from watchkeeper.people.wall import stand_for_the_desk


def test_the_mail_of_an_erased_message_is_erased_and_no_other(cast, take) -> None:
    secret = take(a_mail(cast.petra.email, "The password is canary-7."))
    other = take(a_mail(cast.petra.email, "Something else."))
    assert erase_what_was_erased() == 0
    stand_for_the_desk()
    verbs.redact(secret.incident, number=1, by=cast.ana, reason="A password.")
    assert erase_what_was_erased() == 1
    stand_for_the_desk()
    for mail in (secret, other):
        mail.raw.refresh_from_db()
    assert b"canary-7" not in bytes(secret.raw.data)
    assert b"Something else." in bytes(other.raw.data)
    assert erase_what_was_erased() == 0
