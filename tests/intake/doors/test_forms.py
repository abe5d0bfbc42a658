"""A posted form is read byte for byte, in time that grows with its length alone."""

from __future__ import annotations

import pytest

from watchkeeper.intake.mail.doors.webhooks.form import UnreadableForm, fields_of

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


def part(head: bytes, value: bytes) -> bytes:
    return b"--edge\r\n" + head + b"\r\n\r\n" + value + b"\r\n"


def test_a_form_may_hold_any_byte_encoded_or_not() -> None:
    assert fields_of(b"a=\xfc%FC+1&b=&a%20b=c", FORM, {}) == {"a": b"\xfc\xfc 1", "b": b"", "a b": b"c"}


def test_a_form_in_parts_holds_every_byte_as_it_came() -> None:
    raw = bytes(range(256)) + b"\r\n--edg\r\n\r\n"
    body = b"before\r\n" + part(b'Content-Disposition: form-data; name="email"', raw)
    body += part(b'Content-Type: text/plain\r\ncontent-disposition: form-data; filename="name=x"; name="file"', b"y")
    body += part(b"Content-Disposition: form-data", b"nameless") + b"--edge--\r\nafter"
    assert fields_of(body, PARTS, {"boundary": "edge"}) == {"email": raw, "file": b"y"}


@pytest.mark.parametrize(
    ("body", "content_type", "parameters"),
    [
        (b"&".join([b"a=b"] * 1000), FORM, {}),
        (b"--edge\r\n\r\n\r\n" * 1000, PARTS, {"boundary": "edge"}),
        (b"a=b", PARTS, {}),
        (b"a=b", "text/plain", {"boundary": "edge"}),
    ],
)
def test_what_is_no_form_of_a_mail_is_refused(body: bytes, content_type: str, parameters: dict[str, str]) -> None:
    with pytest.raises(UnreadableForm):
        fields_of(body, content_type, parameters)


def test_a_body_without_an_end_is_no_form_with_fields() -> None:
    assert fields_of(part(b'Content-Disposition: form-data; name="email"', b"half"), PARTS, {"boundary": "edge"}) == {}
