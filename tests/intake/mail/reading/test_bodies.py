"""What is text and what is a file; nothing that was sent is lost."""

from __future__ import annotations

import pytest

from tests.intake.mail.reading.written import letter, multipart, of_parts
from watchkeeper.intake.mail.letter import File
from watchkeeper.intake.mail.reading import bodies, limits

PLAIN = "Content-Type: text/plain\n\nplain words"
HTML = "Content-Type: text/html\n\n<p>rich <b>words</b></p>"
PDF = "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg=="


def nested(subtype: str, *parts: str) -> str:
    content_type, body = multipart(subtype, *parts)
    return f"{content_type}\n\n{body.decode()}"


def test_of_alternatives_the_plain_one_is_shown_whichever_comes_first() -> None:
    for parts in ((PLAIN, HTML), (HTML, PLAIN)):
        read = of_parts("alternative", *parts)
        assert (read.text, read.files) == ("plain words", ())


def test_an_empty_plain_alternative_leaves_the_word_to_the_html() -> None:
    assert of_parts("alternative", "Content-Type: text/plain\n\n \n", HTML).text == "rich **words**"
    assert letter("Content-Type: text/html", body="<p>rich</p>").text == "rich"


def test_files_within_an_alternative_that_is_not_shown_are_kept() -> None:
    read = of_parts("alternative", PLAIN, nested("mixed", HTML, PDF))

    assert read.text == "plain words"
    assert [file.name for file in read.files] == ["a.pdf"]


def test_texts_one_after_the_other_are_all_shown() -> None:
    assert of_parts("mixed", "\nfirst", PDF, "\nsecond").text == "first\n\nsecond"


def test_a_text_with_a_name_or_attached_is_a_file() -> None:
    named = 'Content-Type: text/plain; name="a.log"\n\nline'
    attached = "Content-Type: text/plain\nContent-Disposition: attachment\n\nline"

    read = of_parts("mixed", PLAIN, named, attached)
    assert read.text == "plain words"
    assert [(file.name, file.data) for file in read.files] == [("a.log", b"line"), ("file-2.txt", b"line")]


def test_an_inline_picture_is_a_file_that_the_text_speaks_of() -> None:
    picture = "Content-Type: image/png\nContent-ID: <pic-1@x>\nContent-Transfer-Encoding: base64\n\niVBORw=="
    read = of_parts("related", 'Content-Type: text/html\n\nsee <img src="cid:pic-1@x">', picture)

    assert read.text == "see ![](cid:pic-1@x)"
    assert read.files == (File("file-1.png", "image/png", b"\x89PNG", "pic-1@x"),)


def test_an_enclosed_mail_is_a_file_that_mail_programs_open() -> None:
    for headers, name in (
        ("Content-Type: message/rfc822", "mail-1.eml"),
        ("Content-Type: message/rfc822; name=Down", "Down.eml"),
        ("Content-Type: message/rfc822\nContent-Description: Down", "Down.eml"),
        ("Content-Type: message/rfc822; name=x.eml", "x.eml"),
    ):
        read = of_parts("mixed", PLAIN, f"{headers}\n\nSubject: in\n\nx")
        assert read.files == (File(name, "message/rfc822", b"Subject: in\n\nx"),)
        assert read.text == "plain words"


@pytest.mark.parametrize(
    ("subtype", "media_type", "name"),
    [
        ("signed", "application/pgp-signature", "signature.asc"),
        ("signed", "application/pkcs7-signature", "smime.p7s"),
        ("signed", "application/x-pkcs7-signature", "smime.p7s"),
    ],
)
def test_a_signature_is_kept_as_it_came_and_the_text_is_read(subtype: str, media_type: str, name: str) -> None:
    read = of_parts(subtype, PLAIN, f"Content-Type: {media_type}; name={name}\n\n-----BEGIN")

    assert read.text == "plain words"
    assert read.files == (File(name, media_type, b"-----BEGIN"),)


def test_an_encrypted_mail_says_so_and_keeps_its_parts() -> None:
    read = of_parts(
        "encrypted",
        "Content-Type: application/pgp-encrypted\n\nVersion: 1",
        "Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----",
    )
    assert read.text == bodies.ENCRYPTED
    assert [file.name for file in read.files] == ["file-1.asc", "encrypted.asc"]

    read = letter("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", body=b"\x30\x80")
    assert (read.text, read.files) == (bodies.ENCRYPTED, (File("smime.p7m", "application/pkcs7-mime", b"\x30\x80"),))


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Content-Disposition: attachment; filename=../../etc/passwd", "passwd"),
        ('Content-Disposition: attachment; filename="C:\\\\a\\\\b.txt"', "b.txt"),
        ("Content-Disposition: attachment; filename=.htaccess", "htaccess"),
        ("Content-Disposition: attachment; filename=\u200b.htaccess", "htaccess"),
        ("Content-Disposition: attachment; filename=exe.\u202etxt", "exe.txt"),
        ('Content-Disposition: attachment; filename="a\x00b\x1b.txt"', "a b.txt"),
        ("Content-Disposition: attachment; filename=" + "x" * 300 + ".tar", "x" * 130 + ".tar"),
        ("Content-Disposition: attachment; filename=" + "y" * 300, "y" * 150),
        ('Content-Disposition: attachment; filename="  "', "file-1.txt"),
        ("Content-Disposition: attachment; filename=...", "file-1.txt"),
        ("Content-Disposition: attachment; filename=a/", "file-1.txt"),
        ("Content-Type: application/pdf", "file-1.pdf"),
        ("Content-Type: nonsense", None),
        ("Content-Type: a/b c; name=x", "x"),
    ],
)
def test_a_file_has_a_name_on_one_line_without_folders(headers: str, name: str | None) -> None:
    """TRUST class 12."""
    read = of_parts("mixed", f"{headers}\n\ndata".encode())

    assert [file.name for file in read.files] == ([name] if name else [])


def test_a_media_type_is_plain() -> None:
    read = of_parts("mixed", 'Content-Type: a/b"<x>; name=y\n\ndata', "Content-Type: IMAGE/PNG; name=y\n\ndata")

    assert [file.media_type for file in read.files] == ["application/octet-stream", "image/png"]


def test_empty_parts_without_a_name_are_nothing() -> None:
    read = of_parts("mixed", PLAIN, "Content-Type: application/x\n\n", "Content-Type: application/x; name=e\n\n")

    assert [file.name for file in read.files] == ["e"]


def test_what_is_too_long_to_show_comes_along_as_a_file() -> None:
    text = "word " * (limits.TEXT_CHARACTERS // 5 + 1) + "the end"
    read = letter(body=text)

    assert len(read.text) <= limits.TEXT_CHARACTERS
    assert f"{read.text} {read.files[0].data.decode()}".split() == text.split()


def test_what_is_far_too_long_is_not_even_decoded() -> None:
    read = letter(body=b"x\n" * limits.TEXT_BYTES)

    rest_of_bytes, rest_of_text = (file.data.decode() for file in read.files)
    assert len(rest_of_bytes) == limits.TEXT_BYTES
    assert (read.text + rest_of_text + rest_of_bytes).count("x") == limits.TEXT_BYTES


def test_a_page_may_name_its_charset_itself() -> None:
    body = "<meta charset=iso-8859-2><p>Łódź".encode("iso-8859-2")

    assert letter("Content-Type: text/html", body=body).text == "Łódź"


def test_a_broken_transfer_encoding_leaves_what_can_be_read() -> None:
    assert letter("Content-Transfer-Encoding: base64", body="SGVs*bG8\n!").text == "Hello"
    assert letter("Content-Transfer-Encoding: quoted-printable", body="a=ZZb=").text.startswith("a=ZZb")
    assert letter("Content-Transfer-Encoding: nonsense", body="a").text == "a"
    assert letter("Content-Transfer-Encoding: x-uuencode", body="no uu").text == "no uu"
