"""Real mails, dirt included, taken in by a desk that knows their senders: each does what its index says.

The senders are enrolled as customers, what is answered is there, and our own mail server found the senders to be who
they say. Where the rules of this desk are stricter than the index, the row stands in ``OTHERWISE`` with the reason.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.corpus.conftest import SHARED
from tests.intake.mails import DESK, OUR_SERVER, a_mail
from tests.stage import browser_of, cast, look_again, report

__all__ = ["browser_of", "cast", "look_again", "report"]

TAKEN, UNVERIFIED, DROPPED, ATTACHED, SAID, WAITS = (
    *("report", "report_unverified", "drop"),
    *("attach", "say", "quarantine"),
)
BY_SUBJECT = "a reference in a subject is no right (TRUST, class 3): a new incident, and the team is told what it names"
BY_A_MACHINE = "what says that a machine sent it is never an incident (TRUST, section 5)"
BY_A_LIST = "what was sent to a list or in bulk is never an incident (TRUST, section 5)"

OTHERWISE = {
    "zammad/mail4.box": (TAKEN, BY_SUBJECT),
    "zammad/mail7.box": (TAKEN, BY_SUBJECT),
    "zammad/fu-subject-token.eml": (TAKEN, BY_SUBJECT),
    "zammad/auto-generated.eml": (DROPPED, BY_A_MACHINE),
    "zammad/mail46.box": (
        TAKEN,
        "no filter for spam here: a known sender with proof is taken, a stranger's mail waits",
    ),
    "zammad/mail54.box": (UNVERIFIED, "it has no From, and nothing proves what stands in Return-Path"),
    "flanker/attached-pdf.eml": (WAITS, "it names no author, so nobody it could be taken for"),
    "mikel/bad_date_header.eml": (DROPPED, BY_A_LIST),
    "mikel/empty_in_reply_to.eml": (DROPPED, BY_A_LIST),
    "sisimai/rb-issue-368-bug.eml": (
        ATTACHED,
        "it is read as a bounce that names no mail of ours, which does as little",
    ),
}


def _index() -> list[dict[str, str]]:
    path = SHARED / "data" / "mail" / "INDEX.tsv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [row for row in rows if row["category"] != "reply-body" and not row["file"].startswith("tnef/")]


ROWS = _index()


def expected(row: dict[str, str]) -> str:
    """The effect that a row of the index asks for."""
    if row["file"] in OTHERWISE:
        return OTHERWISE[row["file"]][0]
    action = row["intake_action"]
    if action.startswith("bounce record"):
        return ATTACHED
    if action.startswith("ignore"):
        return DROPPED
    if action.startswith("append by") or "whose message-id is" in action:
        return SAID
    return WAITS if action == "reject" else TAKEN


@pytest.mark.parametrize("row", ROWS or [None], ids=[row["file"] for row in ROWS] or ["none"])
def test_a_mail_does_what_its_index_says(row, shared: Path, cast, settings, db) -> None:
    from tests.intake.reading_here import ReadsHere
    from watchkeeper.intake.mail.keeping import keep
    from watchkeeper.intake.mail.readers import own
    from watchkeeper.intake.mail.reading.letters import read
    from watchkeeper.intake.mail.taking import take_one
    from watchkeeper.intake.models import ReceivedMail
    from watchkeeper.notify.models import Notice
    from watchkeeper.people.models import Person
    from watchkeeper.people.wall import stand_for_the_desk

    settings.WATCHKEEPER_MAIL_ADDRESS = DESK
    settings.WATCHKEEPER_MAIL_AUTHSERV_IDS = frozenset({OUR_SERVER})
    raw = (shared / "data" / "mail" / row["file"]).read_bytes()

    def take(raw: bytes) -> ReceivedMail:
        kept = keep(raw, door="lmtp")
        while take_one(ReadsHere()):
            pass
        stand_for_the_desk()
        kept.refresh_from_db()
        return kept

    letter = read(raw, own=own())
    author = letter.author.address if letter.author else ""
    if author:
        Person.objects.create_person(author, name=author, password=None, roles=["customer"], account=cast.premium)
    if expected(row) == SAID:
        for message_id in letter.answers:
            take(a_mail(author, message_id=message_id))
    proof = f"Authentication-Results: {OUR_SERVER}; dmarc=pass header.from={author.rpartition('@')[2]}\r\n"
    mail = take(proof.encode() + raw)
    assert mail.effect == expected(row), f"{row['intake_action']}: {mail.why}"
    if "NO acknowledgement" in row["intake_action"]:
        assert not Notice.objects.filter(recipient=author).exists()
