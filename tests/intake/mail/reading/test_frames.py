"""What the child says is taken only if a reading could have said it."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from tests.intake.mail.reading.written import letter, of_parts
from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading import frames, limits
from watchkeeper.intake.mail.reading.limits import Unreadable


def there_and_back(sent: Letter) -> Letter:
    head, *contents = frames.packed(sent)
    (length,) = frames.LENGTH.unpack(head[:4])
    assert length == len(head) - 4
    answer = frames.Answer(head[4:])
    assert answer.sizes == [len(each) for each in contents]
    return answer.letter(contents)


def taken(head: bytes) -> Letter:
    answer = frames.Answer(head)
    return answer.letter([b""] * len(answer.sizes))


def said(**changed: Any) -> bytes:
    """A sound answer, but for what is changed; a field that is changed to ``...`` is missing."""
    head, *_ = frames.packed(letter("To: b@x.example", "Subject: Down"))
    fields = json.loads(head[4:])["letter"] | changed
    return json.dumps({"letter": {name: value for name, value in fields.items() if value is not ...}}).encode()


def test_a_letter_comes_back_as_it_was() -> None:
    sent = of_parts(
        "report; report-type=delivery-status",
        "\nGröße \U0001f4a5",
        "Content-Type: message/delivery-status\n\nx: y\n\nFinal-Recipient: rfc822; a@x.example\nAction: failed\n",
        b"Content-Type: application/x; name=a\nContent-ID: <c>\n\n\x00\xff",
        headers=("To: Bob <b@x.example>, c@x.example", "References: <1@x>", "X-Loop: desk.example", "X-Desk-A: 1"),
    )
    assert there_and_back(sent) == sent
    assert there_and_back(letter(sender="")) == letter(sender="")


def test_a_refusal_comes_back_with_its_words() -> None:
    (refusal,) = frames.packed_refusal("it has more than 200 parts")

    with pytest.raises(Unreadable, match=r"^it has more than 200 parts$"):
        frames.Answer(refusal[4:])


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"{]",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"letter": []}',
        b'{"letter": {}}',
        b'{"unreadable": 7}',
        b'{"unreadable": "a\\nb"}',
        b'{"unreadable": "x", "letter": {}}',
        pickle.dumps({"letter": {}}),
        said(kind=...),
        said(more="x"),
        said(kind="customer"),
        said(kind=["person"]),
        said(verdict="PASS"),
        said(has_one_author=1),
        said(author="ana@x.example"),
        said(author={"address": "ana@x.example"}),
        said(author={"address": "Ana@x.example", "name": ""}),
        said(author={"address": "ana@x.example,b@x.example", "name": ""}),
        said(author={"address": "", "name": ""}),
        said(author={"address": "ana@x.example", "name": "a\r\nBcc: x"}),
        said(author={"address": "ana@x.example", "name": "", "more": ""}),
        said(to={"address": "ana@x.example"}),
        said(to=[{"address": "a@x.example", "name": ""}] * (limits.ADDRESSES + 1)),
        said(subject="a\nb"),
        said(subject="a\u202eb"),
        said(subject="\ud800"),
        said(subject="x" * 3_000),
        said(subject=None),
        said(text="a\x00b"),
        said(text="a\r\nb"),
        said(text="x" * (2 * limits.TEXT_CHARACTERS + 1)),
        said(answers="<a@x>"),
        said(answers=[1]),
        said(about=["<a@x>"] * 10_000),
        said(deliveries=[{"recipient": "a@x.example"}]),
        said(deliveries=[{"recipient": "a@x.example", "action": "failed", "status": 5, "said": ""}]),
        said(files=[{"name": "a"}]),
        said(files=[{"name": "a", "media_type": "a/b", "content_id": "", "size": -1}]),
        said(files=[{"name": "a", "media_type": "a/b", "content_id": "", "size": True}]),
        said(files=[{"name": "a", "media_type": "a/b", "content_id": "", "size": "1"}]),
        said(files=[{"name": "a", "media_type": "a/b", "content_id": "", "size": frames.LARGEST}] * 2),
        said(files=[{"name": "a\n", "media_type": "a/b", "content_id": "", "size": 0}]),
        said(files=[{"name": "a", "media_type": "a/b", "content_id": "", "size": 0}] * 2_000),
    ],
)
def test_anything_else_is_garbage(head: bytes) -> None:
    with pytest.raises(frames.Garbage):
        taken(head)


def test_the_sound_answer_of_these_tests_is_sound() -> None:
    assert frames.Answer(said()).letter([]).subject == "Down"
