"""Headers: by name, unfolded, with their parameters and Message-IDs."""

from __future__ import annotations

import pytest

from watchkeeper.intake.mail.reading import headers
from watchkeeper.intake.mail.reading.headers import Headers


def test_a_folded_header_is_one_line_and_a_doubled_one_keeps_both() -> None:
    head = Headers([("Subject", "a\r\n b"), ("X-A", "1"), ("x-a", "2")])

    assert head.first("subject") == "a b"
    assert head.all("x-a") == ["1", "2"]
    assert head.first("missing") == ""


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("auto-replied; owner=x", "auto-replied"),
        ("Auto-Generated (failure)", "auto-generated"),
        (" no ", "no"),
        ("", ""),
    ],
)
def test_the_word_of_a_header_stands_before_parameters_and_comments(written: str, word: str) -> None:
    assert Headers([("Auto-Submitted", written)]).word("auto-submitted") == word


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("a; filename=plain.txt", "plain.txt"),
        ('a; filename="with ; and \\" in.txt"', 'with ; and " in.txt'),
        ("a; filename*=utf-8''Gr%C3%B6%C3%9Fe.txt", "Größe.txt"),
        ("a; filename*0=long-; filename*1=name.txt", "long-name.txt"),
        ("a; filename*1*=%9Fe.txt; filename*0*=utf-8''Gr%C3%B6%C3", "Größe.txt"),
        ("a; filename*0*=iso-8859-1'de'Gr%F6; filename*1=ss.txt", "Gröss.txt"),
        ("a; filename==?utf-8?q?Gr=C3=B6=C3=9Fe.txt?=", "Größe.txt"),
        ('a; filename="=?utf-8?q?a?=\r\n =?utf-8?q?b.txt?="', "ab.txt"),
        ("a; filename=Gr\udcc3\udcb6.txt", "Grö.txt"),
        ('a; filename="a\r\nX: y.txt"', "a X: y.txt"),
        ("a; filename*=no-such'x'%41.txt", "A.txt"),
        ("a; filename*99999=x", ""),
        ("a; name=other", ""),
        ("a; filename", ""),
        ("", ""),
    ],
)
def test_a_parameter_is_read_however_it_was_written(written: str, name: str) -> None:
    head = Headers([("Content-Disposition", written)])

    assert head.parameter("content-disposition", "filename") == name


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("<a@x>", ("<a@x>",)),
        ("<a@x> <b@x>\r\n <c@x>", ("<a@x>", "<b@x>", "<c@x>")),
        ("<a@x> junk b@x <c@x>, <a@x>", ("<a@x>", "<c@x>")),
        ("", ()),
        ("a@x", ()),
        ("< a@x >", ()),
        ("<" + "a" * 2_000 + ">", ()),
    ],
)
def test_message_ids_are_words_in_brackets(written: str, found: tuple[str, ...]) -> None:
    assert Headers([("References", written)]).message_ids("references") == found


def test_the_head_of_a_text_ends_at_its_first_empty_line() -> None:
    head = headers.read("Final-Recipient: rfc822; a@x.example\nStatus: 5.1.1\n (no such\n user)\n\nAction: failed")

    assert head.first("status") == "5.1.1 (no such user)"
    assert "action" not in head
