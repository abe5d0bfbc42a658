"""Files are downloads for whoever may read their message, and to everybody else they do not exist."""

from __future__ import annotations

import pytest
from django.test import Client

from watchkeeper.incidents import verbs
from watchkeeper.incidents.files import CHUNK, GivenFile
from watchkeeper.incidents.models import Attachment, Message
from watchkeeper.people.wall import stand_for_the_desk

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.fixture
def given(cast, report):
    """``given(name, type, bytes)``: the address of that file, reported by Petra."""

    def keep(name: str = "trace.log", media_type: str = "text/plain", data: bytes = b"boom") -> str:
        incident = report(cast.petra, 1, given_files=[GivenFile(name, media_type, data)])
        return f"/attachments/{Attachment.objects.get(message__incident=incident).key}"

    return keep


def downloaded(answer) -> bytes:
    """The bytes of an answer; the file behind it is closed when they are read."""
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("name", "media_type", "data"),
    [("a.svg", "image/svg+xml", SVG), ("a.html", "text/html", b"<script>"), ("a.pdf", "application/pdf", b"%PDF-")],
)
def test_every_file_is_a_download_that_no_browser_interprets(cast, given, browser_of, name, media_type, data):
    answer = browser_of(cast.petra).get(given(name, media_type, data))
    assert downloaded(answer) == data
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Length"] == str(len(data))


def test_a_file_of_many_chunks_comes_back_whole(cast, given, browser_of):
    data = bytes(range(256)) * (CHUNK // 256 * 5) + b"the end"
    assert downloaded(browser_of(cast.petra).get(given(data=data))) == data


def test_a_name_can_set_no_header_and_no_path(cast, given, browser_of):
    answer = browser_of(cast.petra).get(given('..\\../x"\r\nSet-Cookie: a=b\u202egnp.exe'))
    downloaded(answer)
    assert "Set-Cookie" not in answer.headers
    assert "\r" not in answer.headers["Content-Disposition"]
    assert ".." not in answer.headers["Content-Disposition"]


def test_the_team_of_the_account_gets_it_and_nobody_else(cast, given, browser_of):
    address = given()
    assert downloaded(browser_of(cast.ana).get(address)) == b"boom"
    refused = [browser_of(cast.clara).get(address), browser_of(cast.petra).get(address[:-1] + "x")]
    assert [answer.status_code for answer in refused] == [404, 404]
    assert len({answer.content for answer in refused}) == 1
    assert Client().get(address).url == f"/sign-in?next={address}"


def test_a_file_of_a_note_is_the_teams(cast, report, browser_of):
    incident = report(cast.petra, 1)
    verbs.note(incident, by=cast.ana, text="For us.", given_files=[GivenFile("own.log", "", b"x")])
    address = f"/attachments/{Attachment.objects.get().key}"
    assert browser_of(cast.petra).get(address).status_code == 404
    assert downloaded(browser_of(cast.ana).get(address)) == b"x"


def test_a_file_of_an_erased_message_is_gone(cast, given, browser_of, clock):
    from tests.stage import chicago

    address = given()
    stand_for_the_desk()
    Message.objects.update(erased_at=chicago("2026-03-02 10:00"))
    assert browser_of(cast.petra).get(address).status_code == 404


def test_where_an_account_keeps_incidents_apart_so_are_their_files(cast, given, browser_of):
    from watchkeeper.people.models import Account, Person

    paul = Person.objects.create_person(
        "paul@premier.example", name="Paul", password=None, roles=["customer"], account=cast.premium
    )
    address = given()
    assert downloaded(browser_of(paul).get(address)) == b"boom"
    stand_for_the_desk()
    Account.objects.filter(pk=cast.premium.pk).update(sees_only_own=True)
    paul.account.refresh_from_db()
    assert browser_of(paul).get(address).status_code == 404
    assert downloaded(browser_of(cast.petra).get(address)) == b"boom"


def test_a_team_that_does_not_serve_the_account_has_none_of_its_files(cast, given, browser_of):
    from watchkeeper.people.models import Team

    Team.objects.create(name="Another").members.add(cast.bo)
    cast.premium.team.members.remove(cast.bo)
    assert browser_of(cast.bo).get(given()).status_code == 404
