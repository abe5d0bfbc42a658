"""A notice becomes one mail for one recipient, whatever a stranger typed into a name, a title or an address."""

import re

import pytest

from tests.notify.letters import SENDER, notice, read, text_of
from tests.notify.stage import MONDAY
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.mail.letter import UnsendableLetter, envelope_sender, written
from watchkeeper.notify.wording.words import subject

HEADERS = {
    "Message-ID", "Date", "From", "To", "Subject", "In-Reply-To", "References", "Auto-Submitted",
    "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
}  # fmt: skip


def test_a_mail_has_these_headers_and_no_others(monday, saying) -> None:
    queued = outbox.queue(saying())

    mail = read(written(queued, sender=SENDER))

    assert set(mail.keys()) == HEADERS
    assert mail["Message-ID"] == f"<{queued.pk}@desk.example.com>"
    assert mail["Date"].datetime == MONDAY
    assert (mail["From"], mail["To"]) == (SENDER, "Ana Ruiz <ana@example.com>")
    assert text_of(mail) == "Nobody has answered.\n"


def test_a_mail_is_seven_bit_and_its_lines_end_as_mail_wants() -> None:
    wire = written(notice(text="Größe: 5 €\n" + "long " * 300 + "\n.\n"), sender=SENDER)

    assert wire.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", wire)
    assert max(map(len, wire.split(b"\r\n"))) <= 78
    assert text_of(read(wire)) == "Größe: 5 €\n" + "long " * 300 + "\n.\n"


@pytest.mark.parametrize(
    "title",
    [
        "Checkout fails\r\nBcc: eve@evil.example",
        "=?utf-8?q?x=0D=0ABcc:_eve@evil.example?=",
        "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
        "line\u2028Bcc: eve@evil.example",
        "\x0bBcc: eve@evil.example\x00",
        "{{7*7}} {% debug %} {0.__class__} %s",
        "Größe \u202e gnorw",
        "x" * 5000,
    ],
)
def test_a_title_stays_in_its_subject(title) -> None:
    mail = read(written(notice(subject=subject("WK-7F3K2Q", title)), sender=SENDER))

    assert "Bcc" not in mail
    assert mail["Subject"].startswith("[WK-7F3K2Q] ")
    assert sorted(mail.keys()) == sorted(set(mail.keys()))
    assert text_of(mail) == "Nobody has answered.\n"


def test_a_template_in_a_title_is_only_text() -> None:
    mail = read(written(notice(subject=subject("WK-7F3K2Q", "{{7*7}} {% debug %}")), sender=SENDER))

    assert mail["Subject"] == "[WK-7F3K2Q] {{7*7}} {% debug %}"


@pytest.mark.parametrize(
    "address",
    [
        "alice@a.example)bob@b.example",
        "alice@a.example,bob@b.example",
        "alice@a.example\r\nRCPT TO:<bob@b.example>",
        "alice@a.example\n",
        "<alice@a.example>",
        "Alice <alice@a.example>",
        '"alice smith"@a.example',
        "alice(comment)@a.example",
        "alice@[127.0.0.1]",
        "alice@a_b.example",
        "alice@-a.example",
        "alice@",
        "@a.example",
        "alice",
        "a..b@a.example",
        ".a@a.example",
        "alice@a@b.example",
        "älice@a.example",
        "alice@bücher.example",
        "x" * 65 + "@a.example",
        "",
        " alice@a.example",
    ],
)
def test_an_odd_address_is_refused_and_named(address) -> None:
    with pytest.raises(UnsendableLetter, match="is no plain mail address"):
        written(notice(recipient=address), sender=SENDER)


@pytest.mark.parametrize(
    "address", ["ana@example.com", "a.b+tag@sub.example.co", "o'neil@example.com", "root@localhost"]
)
def test_a_plain_address_is_taken_as_it_is(address) -> None:
    assert read(written(notice(recipient=address), sender=SENDER))["To"].addresses[0].addr_spec == address


@pytest.mark.parametrize("name", ["Ana\r\nBcc: eve@evil.example", "Ana\x00", "Ana\u2029"])
def test_a_name_of_more_than_one_line_is_refused(name) -> None:
    with pytest.raises(UnsendableLetter, match="not one line"):
        written(notice(recipient_name=name), sender=SENDER)


@pytest.mark.parametrize(
    "name", ['Ana "A" <x@y.example>, bob@b.example', "Ana; (Ruiz)", "=?utf-8?q?=0D=0ABcc:_x@y.z?=", "李"]
)
def test_a_name_full_of_signs_is_still_one_recipient(name) -> None:
    (to,) = read(written(notice(recipient_name=name), sender=SENDER))["To"].addresses

    assert to.addr_spec == "ana@example.com"
    assert to.display_name == name.replace("=?", "= ?")


def test_a_header_that_would_not_stay_one_is_refused() -> None:
    with pytest.raises(UnsendableLetter, match="Reply-To"):
        written(notice(headers={"Reply-To": "desk@example.com\r\nBcc: eve@evil.example"}), sender=SENDER)


def test_a_header_that_appears_twice_is_refused() -> None:
    with pytest.raises(UnsendableLetter, match="stay apart"):
        written(notice(headers={"subject": "another"}), sender=SENDER)


def test_a_long_message_id_is_not_encoded() -> None:
    long = f"<{'q' * 200}@customer.example>"
    wire = written(notice(headers={"References": f"<wk-7@desk.example.com> {long}"}), sender=SENDER)

    assert long.encode() in wire
    assert read(wire)["References"].split() == ["<wk-7@desk.example.com>", long]


@pytest.mark.parametrize(
    ("speaker", "desk", "shown"),
    [
        ("", "Support", "Support"),
        ("Ada Lovelace", "Support", "Ada Lovelace (Support)"),
        ("Ada Lovelace", "", "Ada Lovelace"),
        ("Zoë Ångström", "Käthes Büro", "Zoë Ångström (Käthes Büro)"),
        ('Ada "A" <x>, Bob; (Lovelace)', "Support", 'Ada "A" <x>, Bob; (Lovelace) (Support)'),
        ("=?utf-8?q?x=0D=0ABcc:_eve?=", "Support", "= ?utf-8?q?x=0D=0ABcc:_eve?= (Support)"),
        ("chief@bank.example", "Support", "Support"),
        ("Ada Byron " * 20, "Support", f"{'Ada Byron ' * 7}Ada Byron… (Support)"),
    ],
)
def test_a_mail_is_from_the_person_who_speaks_by_way_of_the_desk(speaker, desk, shown) -> None:
    mail = read(written(notice(speaker=speaker), sender=f"{desk} <desk@example.com>"))

    (address,) = mail["From"].addresses
    assert (address.display_name, address.addr_spec) == (shown, "desk@example.com")


def test_who_speaks_is_one_line_whatever_was_typed(monday, saying) -> None:
    queued = outbox.queue(saying(speaker="Ada\r\nBcc: eve\u2028\x00 Lovelace"))

    mail = read(written(queued, sender=SENDER))

    assert mail["From"].addresses[0].display_name == "Ada Bcc: eve Lovelace (Support)"
    assert "Bcc" not in mail


@pytest.mark.parametrize("sender", ["", "nobody", "Support <desk@example.com>, eve@evil.example>"])
def test_a_sender_is_one_plain_address(sender) -> None:
    with pytest.raises(UnsendableLetter):
        envelope_sender(sender)


def test_the_envelope_carries_the_address_alone() -> None:
    assert envelope_sender(SENDER) == "desk@example.com"
