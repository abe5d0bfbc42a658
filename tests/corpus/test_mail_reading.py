"""Public mails, the ordinary and the broken, read as their index or our own rules say."""

from __future__ import annotations

import base64
import contextlib
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.mail.reading.test_frames import there_and_back
from tests.patience import examples
from watchkeeper.core.mail import AUTOMATIC, BOUNCE, LIST, PERSON
from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading import addresses, words
from watchkeeper.intake.mail.reading.letters import read
from watchkeeper.intake.mail.reading.limits import Unreadable
from watchkeeper.intake.mail.reading.own import Own
from watchkeeper.intake.mail.reading.reader import Reader

OWN = Own(authserv_ids=frozenset({"mx.desk.example.com"}), host="desk.example.com")

KINDS = {
    "bounce": BOUNCE,
    "feedback-report": BOUNCE,
    "out-of-office": AUTOMATIC,
    "auto-generated": AUTOMATIC,
    "read-receipt": AUTOMATIC,
    "mailing-list": LIST,
    "bulk": LIST,
}
"""By category; all others are from a person."""

OTHER_KINDS = {
    "mikel/bad_date_header.eml": (LIST, "Precedence: junk; TRUST section 5: never an incident"),
    "mikel/empty_in_reply_to.eml": (LIST, "List-Id; TRUST section 5: never an incident"),
    "sisimai/rb-issue-368-bug.eml": (BOUNCE, "a server says which recipient it refused: that is a failed delivery"),
}
OTHER_SUBJECTS = {
    "zammad/mail18.box": (
        "Benachrichtung zum Übermittlungsstatus (Fehlgeschlagen)",
        "unicode-1-1-utf-7 is an old name of UTF-7, which can be read",
    ),
    "zammad/mail46.box": ("×ª·¢£ºÕûÌåÌáÉýÆóÒµ·þÎñË®Æ½", "raw bytes of no named charset: read as Windows did, not lost"),
    "zammad/mail54.box": ("", "a line that is no header ends the headers, for every server on the way as well"),
}
OTHER_SENDERS = {
    "zammad/mail46.box": ("glopelf7121@example.com", "the index has the name with lost bytes"),
    "cpython/msg_43.txt": ("", "From: MAILER DAEMON <> has no address"),
}
OTHER_FILES = {
    "zammad/mail8.box": (
        ["file-1.gif"],
        "HTML is shown as Markdown and kept in the raw mail; the inline image is a file",
    ),
    "zammad/mail27.box": ([], "HTML is shown as Markdown and kept in the raw mail"),
    "tnef/umlaut.tnef": (
        ["TBZ PARIV GmbH.jpg", "image003.jpg", "UmlautAnhang-äüö.txt", "winmail.dat"],
        "its text is in compressed RTF, which is not read here: so the package is kept as well",
    ),
    "tnef/garbage-at-end.tnef": (["winmail.dat"], "nothing can be unpacked: it is kept"),
}
OTHER_REPLIES = {
    "talon/iphone.eml": ("Hello\n\nSent from my iPhone", "the same words, on their lines"),
    "reply_bodies/embedded_email_norwegian.txt": ("Thanx :-)\n\nSendt fra min iPad", "a signature repeats no mail"),
    "reply_bodies/signatures.txt": (None, "signatures repeat no mail: the whole is new"),
}


@dataclass(frozen=True)
class Row:
    file: str
    category: str
    sender: str
    subject: str
    files: list[str]
    message_id: str
    first_reply: str

    def raw(self, folder: Path) -> bytes:
        """The mail; around what is no mail by itself, the smallest that it fits into."""
        raw = (folder / self.file).read_bytes()
        if self.category == "reply-body":
            return b"From: ana@x.example\nIn-Reply-To: <1@x>\nContent-Type: text/plain; charset=utf-8\n\n" + raw
        if self.file.startswith("tnef/"):
            head = b'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n'
            return b"From: ana@x.example\n" + head + base64.encodebytes(raw)
        return raw


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[Row]:
    with (shared / "data" / "mail" / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        return [
            Row(
                file=row["file"],
                category=row["category"],
                sender=row["expected_sender"],
                subject=row["expected_subject"].replace("\\r\\n", ""),
                files=[name for name in row["expected_attachments"].split("|") if name],
                message_id=row["message_id"],
                first_reply=row["expected_first_reply"],
            )
            for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


@pytest.fixture(scope="module")
def letters(shared: Path, rows: list[Row]) -> dict[str, Letter]:
    return {row.file: read(row.raw(shared / "data" / "mail"), own=OWN) for row in rows}


def test_every_file_of_the_folder_is_read(shared: Path, letters: dict[str, Letter]) -> None:
    folder = shared / "data" / "mail"
    there = {str(path.relative_to(folder)) for path in folder.glob("*/*")}

    assert there == letters.keys()
    assert len(there) >= 84


def test_each_is_of_the_kind_of_its_category(rows: list[Row], letters: dict[str, Letter]) -> None:
    expected = {row.file: OTHER_KINDS.get(row.file, (KINDS.get(row.category, PERSON),))[0] for row in rows}

    assert {file: letter.kind for file, letter in letters.items()} == expected


def test_senders_are_read(rows: list[Row], letters: dict[str, Letter]) -> None:
    expected, found = {}, {}
    for row in rows:
        if row.sender or row.file in OTHER_SENDERS:
            written = addresses.read([row.sender]).mailboxes
            plain = written[0].address if written else ""
            expected[row.file] = OTHER_SENDERS.get(row.file, (plain,))[0]
            author = letters[row.file].author
            found[row.file] = author.address if author else ""

    assert found == expected


def test_subjects_are_read_on_one_line(rows: list[Row], letters: dict[str, Letter]) -> None:
    mails = [row for row in rows if not row.file.startswith(("tnef/", "reply_bodies/"))]
    expected = {row.file: OTHER_SUBJECTS.get(row.file, (words.one_line(row.subject),))[0] for row in mails}

    assert {row.file: letters[row.file].subject for row in mails} == expected


def test_files_are_kept_by_name(rows: list[Row], letters: dict[str, Letter]) -> None:
    chosen = [row for row in rows if row.files or row.file in OTHER_FILES]
    expected = {row.file: OTHER_FILES.get(row.file, (row.files,))[0] for row in chosen}

    assert {row.file: [file.name for file in letters[row.file].files] for row in chosen} == expected


def test_message_ids_are_read(rows: list[Row], letters: dict[str, Letter]) -> None:
    expected = {row.file: row.message_id if row.message_id.startswith("<") else "" for row in rows}

    assert {file: letter.message_id for file, letter in letters.items()} == expected


def test_what_is_new_in_a_reply_is_parted_from_what_it_repeats(rows: list[Row], letters: dict[str, Letter]) -> None:
    for row in rows:
        if row.first_reply:
            text = json.loads(row.first_reply) if row.category == "reply-body" else row.first_reply
            expected, _ = OTHER_REPLIES.get(row.file, (text.strip(), ""))
            if expected is None:
                assert letters[row.file].quoted == "", row.file
                expected = letters[row.file].text
                assert expected.startswith(text.strip()), row.file
            assert letters[row.file].text == expected, row.file


def test_nothing_of_a_reply_is_lost(shared: Path, rows: list[Row], letters: dict[str, Letter]) -> None:
    for row in rows:
        if row.category == "reply-body":
            whole = (shared / "data" / "mail" / row.file).read_text(encoding="utf-8")
            assert f"{letters[row.file].text} {letters[row.file].quoted}".split() == whole.split(), row.file


def test_bounces_tell_of_whom_and_of_which_mail(letters: dict[str, Letter]) -> None:
    bounces = {file: letter for file, letter in letters.items() if letter.kind == BOUNCE}
    without_recipient = {file for file, letter in bounces.items() if not letter.deliveries}
    without_mail = {file for file, letter in bounces.items() if not letter.about}

    assert without_recipient == {"zammad/mail52.box"}, "two words and no recipient"
    assert without_mail == {"zammad/mail52.box", "flanker/delayed.eml", "flanker/gmail-no-dns.eml"}, "they name none"
    assert {each.status for each in bounces["mikel/report_530.eml"].deliveries} == {"5.3.0"}
    assert len(bounces["mikel/multi_address_bounce1.eml"].deliveries) > 1
    assert not any(letter.deliveries or letter.about for file, letter in letters.items() if file not in bounces)


def test_those_without_an_author_say_so(letters: dict[str, Letter]) -> None:
    """The index says of one more that it has two From headers. It has one."""
    assert {file for file, letter in letters.items() if not letter.has_one_author} == {
        "zammad/mail54.box",
        "flanker/attached-pdf.eml",
        "cpython/msg_43.txt",
    }


def test_no_stranger_is_believed_and_none_is_taken_for_us(letters: dict[str, Letter]) -> None:
    assert {letter.verdict for letter in letters.values()} == {"none"}
    assert not any(letter.loops for letter in letters.values()), "a host that only ends like ours, and X-Loop: yes"


@pytest.mark.property
@settings(max_examples=examples(50))
@given(data=st.data())
def test_damaged_in_any_way_they_are_read_or_refused(shared: Path, rows: list[Row], data: st.DataObject) -> None:
    raw, other = (data.draw(st.sampled_from(rows)).raw(shared / "data" / "mail")[:40_000] for _ in range(2))
    for _ in range(data.draw(st.integers(1, 5))):
        start, at = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, len(other)))
        end = start + data.draw(st.integers(0, 300))
        new = data.draw(st.sampled_from([b"", raw[start:end] * 2, other[at : at + 2_000]]) | st.binary(max_size=20))
        raw = raw[:start] + new + raw[end:]
    with contextlib.suppress(Unreadable):
        assert there_and_back(read(raw, own=OWN)).kind in (AUTOMATIC, BOUNCE, LIST, PERSON)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(OWN, wall_seconds=300) as one:
        yield one


def test_the_child_reads_them_the_same(
    shared: Path, rows: list[Row], letters: dict[str, Letter], reader: Reader
) -> None:
    for row in rows:
        assert reader.read(row.raw(shared / "data" / "mail")) == letters[row.file], row.file
