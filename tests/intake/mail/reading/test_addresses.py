"""Addresses: one is plainly there, or there is none (TRUST class 29, CVE-2023-27043)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.mail.reading.written import letter
from watchkeeper.intake.mail.letter import Mailbox
from watchkeeper.intake.mail.reading import addresses, limits


def addresses_of(value: str) -> list[str]:
    return [mailbox.address for mailbox in addresses.read([value]).mailboxes]


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("ana@x.example", "ana@x.example", ""),
        ("<Ana@X.Example>", "ana@x.example", ""),
        ("Ana Roth <ana@x.example>", "ana@x.example", "Ana Roth"),
        ('"Roth, Ana" <ana@x.example>', "ana@x.example", "Roth, Ana"),
        (r'"Ana \"A\" Roth" <ana@x.example>', "ana@x.example", 'Ana "A" Roth'),
        ("ana@x.example (Ana Roth)", "ana@x.example", "Ana Roth"),
        ("(a (deep) one) ana@x.example", "ana@x.example", "a (deep) one"),
        (r"ana@x.example (5\) and 6)", "ana@x.example", r"5\) and 6"),
        ("=?utf-8?q?J=C3=B6rg?= <j@x.example>", "j@x.example", "Jörg"),
        ("<@relay.example,@other.example:ana@x.example>", "ana@x.example", ""),
        ('"ana"@x.example', "ana@x.example", ""),
        ("Support: ana@x.example;", "ana@x.example", ""),
        ("ana@x.example <ana@x.example>", "ana@x.example", "ana@x.example"),
        ('"ana@x.example" <ana@x.example>', "ana@x.example", "ana@x.example"),
        ("root@localhost", "root@localhost", ""),
    ],
)
def test_one_address_is_read_with_its_name(written: str, address: str, name: str) -> None:
    assert addresses.read([written]) == addresses.Addresses((Mailbox(address, name),), are_plain=True)


@pytest.mark.parametrize(
    "written",
    [
        "alice@a.org)bob@b.org",
        "alice@a.org(bob@b.org",
        "alice@a.org<bob@b.org>",
        "alice@a.org <bob@b.org>",
        "<alice@a.org>bob@b.org",
        "<alice@a.org> bob@b.org",
        "<alice@a.org><bob@b.org>",
        "alice@a.org>bob@b.org",
        "alice@a.org[bob@b.org",
        'alice@a.org"bob@b.org',
        "alice@a.org\\",
        "alice(comment)bob@b.org",
        "alice @a.org bob",
        "alice@a.org: bob@b.org;",
        '"alice@a.org bob"@b.org',
        '"<alice@a.org>" bob',
        "=?utf-8?q?alice=40a.org?=",
        "alice@a.org@b.org",
        "alice@",
        "@a.org",
        "alice@-a.org",
        "alice@a..org",
        "alice@a.org\x00",
        "al\u0131ce@a.org",
        "\u212aate@a.org",
        "alice@\uff41.org",
        "alice@" + "a." * 150 + "org",
        "<alice@a.org",
        "Alice <alice@a.org",
        "<alice@a.org> Alice",
        "<<alice@a.org>>",
        "<foo:alice@a.org>",
        "MAILER DAEMON <>",
    ],
)
def test_what_two_readers_could_read_differently_is_no_address(written: str) -> None:
    assert addresses.read([written]) == addresses.Addresses((), are_plain=False)


def test_a_quote_within_a_comment_hides_no_address() -> None:
    assert addresses_of('(") alice@a.org, (") bob@b.org') == ["alice@a.org", "bob@b.org"]


def test_commas_within_quotes_and_comments_part_nothing() -> None:
    assert addresses_of('"a, b" <a@x.example>, b@x.example (c, d)') == ["a@x.example", "b@x.example"]


def test_members_of_groups_and_lists_are_read_each_once() -> None:
    assert addresses_of("A: a@x.example, b@x.example;, c@x.example, A@X.example") == [
        *("a@x.example", "b@x.example", "c@x.example")
    ]
    assert addresses.read(["undisclosed-recipients:;"]) == addresses.Addresses((), are_plain=True)


def test_a_broken_one_spoils_neither_the_others_nor_stays_unsaid() -> None:
    found = addresses.read(["a@x.example, b@(, c@x.example"])

    assert [mailbox.address for mailbox in found.mailboxes] == ["a@x.example"]
    assert not found.are_plain


@pytest.mark.parametrize(
    "headers",
    [
        ("From: a@x.example", "From: b@x.example"),
        ("From: a@x.example", "From: a@x.example"),
        ("From: a@x.example, b@x.example",),
        ("From: a@x.example, broken(",),
        ("From: Team: a@x.example, b@x.example;",),
        ("From: alice@a.org)bob@b.org",),
        ("Sender: a@x.example",),
        ("Return-Path: <a@x.example>",),
        (),
    ],
)
def test_a_mail_has_one_author_only_if_from_names_one_and_nobody_else(headers: tuple[str, ...]) -> None:
    assert not letter(*headers, sender="").has_one_author
    assert letter("From: Ana <a@x.example>", sender="").has_one_author


@pytest.mark.parametrize(
    ("headers", "author"),
    [
        (("Sender: s@x.example", "Return-Path: <r@x.example>"), "s@x.example"),
        (("Return-Path: <r@x.example>",), "r@x.example"),
        (("From: b@x.example, c@x.example", "Sender: s@x.example"), "b@x.example"),
    ],
)
def test_something_stands_in_for_a_missing_from(headers: tuple[str, ...], author: str) -> None:
    found = letter(*headers, sender="").author
    assert found is not None
    assert found.address == author


def test_an_unreadable_from_is_not_replaced_by_what_the_sender_added() -> None:
    assert letter("From: alice@a.org)bob@b.org", "Sender: bob@b.org", sender="").author is None


@pytest.mark.parametrize(
    "name", ["=?utf-8?q?Ana=0D=0ABcc:_eve=40e.example?=", '"Ana\r\n Bcc: eve@e.example"', "=?utf-8?b?QW5hAEJjYzoN?="]
)
def test_a_name_stays_on_its_line_and_adds_no_recipient(name: str) -> None:
    read = letter(f"From: {name} <ana@x.example>", "To: desk@desk.example", sender="")

    assert read.author is not None
    assert read.author.address == "ana@x.example"
    assert not set(read.author.name) & set("\r\n\x00")
    assert [mailbox.address for mailbox in read.to] == ["desk@desk.example"]


def test_recipients_are_those_of_the_headers_and_of_the_envelope_as_servers_note_it() -> None:
    read = letter(
        *("To: a@x.example", "Cc: B <b@x.example>", "Delivered-To: c@x.example", "X-Original-To: d@x.example"),
        *("Envelope-To: e@x.example", "Bcc: f@x.example", "Reply-To: g@x.example"),
    )
    assert [mailbox.address[0] for mailbox in read.to] == list("abcde")


@given(st.lists(st.sampled_from(['"', "(", ")", "<", ">", ",", ":", ";", "\\", "a@b.org", "@", "x", " ", "\r\n"])))
def test_whatever_is_written_gives_plain_addresses_or_none(pieces: list[str]) -> None:
    for mailbox in addresses.read(["".join(pieces)]).mailboxes:
        assert addresses.plain(mailbox.address) == mailbox.address
        assert mailbox.address.count("@") == 1


def test_many_addresses_are_read_up_to_a_number_and_the_rest_does_not_stay_unsaid() -> None:
    found = addresses.read([",".join(f"a{at}@x.example" for at in range(limits.ADDRESSES + 1))])

    assert len(found.mailboxes) == limits.ADDRESSES
    assert not found.are_plain


def test_a_header_that_is_far_too_long_has_none_and_is_not_cut_into_another_address() -> None:
    assert addresses.read(["b@x.example," * 20_000, "a@x.example"]) == addresses.Addresses(
        (Mailbox("a@x.example"),), are_plain=False
    )
