"""The signed contract: a PDF that managers attach, and that nobody reads whose contract it is not."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.office.agreement_pages import agreement_of, page, person, post
from watchkeeper.incidents.files import CHUNK, LARGEST
from watchkeeper.people.wall import stand_for, stand_for_the_desk
from watchkeeper.policies.models import SignedCopy, SignedCopyChunk, TermsChange

PDF = b"%PDF-1.7\n" + bytes(range(256)) * (CHUNK // 256 * 2) + b"\n%%EOF\n"


def file(name: str = "Premier 2026.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


@pytest.fixture
def copy(cast, browser_of):
    post(browser_of(cast.mia), "desk-new-signed-copy", agreement_of(cast.premium).pk, file=file())
    return SignedCopy.objects.get()


def address(copy: SignedCopy) -> str:
    return reverse("signed-copy", args=[copy.key])


def test_it_is_kept_in_chunks_with_its_digest_and_comes_back_whole_as_a_download(cast, browser_of, copy):
    assert (copy.name, copy.size, copy.digest) == ("Premier 2026.pdf", len(PDF), hashlib.sha256(PDF).hexdigest())
    assert SignedCopyChunk.objects.count() == 3
    answer = browser_of(cast.mia).get(address(copy))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Premier 2026.pdf"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_managers_the_accounts_executive_and_its_customer_managers_read_it_and_nobody_else(cast, browser_of, copy):
    readers = (cast.mia, cast.axel, person("Paula", "customer_manager", account=cast.premium))
    others = (
        cast.ana,
        cast.petra,
        person("Alba", "account_executive"),
        person("Adam", "administrator"),
        person("Otto", "customer_manager", account=cast.basic),
    )
    for who in readers:
        answer = browser_of(who).get(address(copy))
        assert b"".join(answer.streaming_content) == PDF, who
        stand_for_the_desk()
    for who in others:
        assert browser_of(who).get(address(copy)).status_code == 404, who
        stand_for_the_desk()
    for stranger in (Client(), browser_of(person("Gone", "manager", is_active=False))):
        assert stranger.get(address(copy)).url == f"/sign-in?next={address(copy)}"


def test_the_wall_keeps_it_from_other_accounts_whatever_a_view_forgets(cast, copy):
    stand_for(cast.basic)
    assert (SignedCopy.objects.exists(), SignedCopyChunk.objects.exists()) == (False, False)
    stand_for(cast.premium)
    assert SignedCopy.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (file("contract.docx", b"PK\x03\x04"), "contract.docx is no PDF."),
        (file("empty.pdf", b""), "The file is empty."),
        (file("large.pdf", PDF + bytes(LARGEST)), "large.pdf is larger than 25 MB."),
        ("", "Choose a file."),
    ],
)
def test_what_is_no_contract_is_refused_in_words(cast, browser_of, given, says):
    shown = post(browser_of(cast.mia), "desk-new-signed-copy", agreement_of(cast.premium).pk, file=given, follow=True)
    assert f"Nothing was kept. {says}" in shown.content.decode()
    assert not SignedCopy.objects.exists()


def test_a_name_leads_nowhere_and_breaks_no_page(cast, browser_of):
    mia, key = browser_of(cast.mia), agreement_of(cast.premium).pk
    post(mia, "desk-new-signed-copy", key, file=file("../../<b>x</b>\u202e.pdf"))
    assert SignedCopy.objects.get().name == "b>.pdf"
    assert mia.get(reverse("desk-agreement", args=[key])).status_code == 200


def test_one_that_was_attached_in_error_is_taken_away_and_the_history_remembers_it(cast, browser_of, copy):
    mia = browser_of(cast.mia)
    for who in (cast.axel, cast.ana):
        assert post(browser_of(who), "desk-signed-copy-removal", copy.key).status_code == 404
    assert post(mia, "desk-signed-copy-removal", copy.key).status_code == 302
    assert not SignedCopy.objects.exists()
    assert not SignedCopyChunk.objects.exists()
    assert mia.get(address(copy)).status_code == 404
    stand_for_the_desk()
    acts = TermsChange.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["attached a signed copy", "took a signed copy away"]
    shown = page(mia, "desk-agreement", agreement_of(cast.premium).pk)
    assert f"Premier 2026.pdf, SHA-256 {copy.digest} → none" in shown
