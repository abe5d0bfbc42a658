"""``/desk/import``: who may, what is shown before anything is written, and what is written then."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from watchkeeper.office.models import ImportedTable
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement

TABLE = b"name,slug\nAcme Ltd,acme\nBasic,basic\n"


@pytest.fixture
def administrator(cast):
    return Person.objects.create_person("adam@vendor.example", name="Adam", password=None, roles=["administrator"])


def give(browser, content: bytes = TABLE, kind: str = "accounts", **more):
    form = {"kind": kind, "file": SimpleUploadedFile("table.csv", content), **more}
    answer = browser.post(reverse("desk-import"), form)
    stand_for_the_desk()
    return answer


def test_the_page_is_for_managers_and_administrators_and_unknown_to_others(cast, administrator, browser_of, client):
    kept = ImportedTable.objects.create(kind="accounts", file_name="x", checked_at="2026-03-02T10:00Z")
    pages = [reverse("desk-import"), reverse("desk-imported", args=[kept.pk])]
    doing = reverse("desk-import-doing", args=[kept.pk])
    for person in (cast.ana, cast.axel, cast.petra):
        assert [browser_of(person).get(page).status_code for page in pages] == [404, 404]
        assert browser_of(person).post(doing).status_code == 404
    assert all(client.get(page).url.startswith("/sign-in") for page in pages)
    for person in (cast.mia, administrator):
        assert browser_of(person).get(pages[0]).status_code == 200
        assert browser_of(person).get(doing).status_code == 405


def test_a_table_is_shown_before_it_is_imported_and_then_all_of_it_is(cast, browser_of):
    mia = browser_of(cast.mia)
    page = give(mia).url
    shown = mia.get(page).content.decode()
    assert "1 would be added, 0 changed, 1 stay as they are. Nothing is written yet." in shown
    stand_for_the_desk()
    assert not Account.objects.filter(slug="acme").exists()
    answer = mia.post(page + "/doing", follow=True)
    assert "1 added, 0 changed, 1 as they were." in answer.content.decode()
    stand_for_the_desk()
    assert Account.objects.filter(slug="acme").exists()


def test_of_a_table_that_was_imported_its_digest_and_its_outcome_are_kept_and_its_content_is_not(cast, browser_of):
    mia = browser_of(cast.mia)
    mia.post(give(mia).url + "/doing")
    stand_for_the_desk()
    kept = ImportedTable.objects.get()
    assert (kept.by, kept.digest, bytes(kept.content)) == (cast.mia, hashlib.sha256(TABLE).hexdigest(), b"")
    assert (kept.outcome["added"], kept.outcome["steps"][0]["about"]) == (1, "Acme Ltd (acme)")
    assert "table.csv" in mia.get(reverse("desk-import")).content.decode()


def test_importing_a_second_time_does_nothing(cast, browser_of):
    mia = browser_of(cast.mia)
    page = give(mia).url
    mia.post(page + "/doing")
    Account.objects.filter(slug="acme").delete()
    assert mia.post(page + "/doing").status_code == 302
    stand_for_the_desk()
    assert not Account.objects.filter(slug="acme").exists()


def test_what_is_wrong_stands_by_line_and_column_and_there_is_no_way_to_import_it(cast, browser_of):
    mia = browser_of(cast.mia)
    page = give(mia, b"name,team\n,East\n").url
    shown = mia.get(page).content.decode()
    assert "is empty; write what the customer is called" in shown
    assert "Import it" not in shown
    assert mia.post(page + "/doing").status_code == 422


def test_the_desk_as_it_is_when_it_is_imported_decides(cast, browser_of):
    mia = browser_of(cast.mia)
    page = give(mia, b"account,level,from,to\nbasic,premium,2101-01-01,2102-01-01\n", "agreements").url
    Account.objects.filter(slug="basic").update(slug="renamed", name="Renamed")
    answer = mia.post(page + "/doing")
    assert answer.status_code == 422
    assert "is not the slug or name of an account" in answer.content.decode()
    stand_for_the_desk()
    assert not Agreement.objects.filter(account__slug="renamed").exists()


def test_an_administrator_imports_accounts_and_people_and_no_agreements(cast, administrator, browser_of):
    adam = browser_of(administrator)
    assert give(adam).status_code == 302
    answer = give(adam, b"account,from\n", "licences")
    assert answer.status_code == 422
    page = give(browser_of(cast.mia), b"account,from\nbasic,2101-01-01\n", "licences").url
    assert adam.get(page).status_code == 404


def test_a_table_that_is_not_imported_yet_is_seen_by_who_gave_it_alone(cast, administrator, browser_of):
    page = give(browser_of(cast.mia)).url
    assert browser_of(administrator).get(page).status_code == 404
    assert browser_of(administrator).post(page + "/doing").status_code == 404


def test_of_what_was_left_undone_only_the_last_is_kept(cast, browser_of):
    mia = browser_of(cast.mia)
    first, second = give(mia).url, give(mia).url
    assert (mia.get(first).status_code, mia.get(second).status_code) == (404, 200)


def test_what_somebody_wrote_into_a_table_is_harmless_on_the_page(cast, browser_of):
    mia = browser_of(cast.mia)
    page = give(mia, b"name,slug\n<script>alert(1)</script>,x\n").url
    assert "<script>alert" not in mia.get(page).content.decode()


def test_sla_files_come_with_the_table(cast, browser_of):
    mia = browser_of(cast.mia)
    sla = SimpleUploadedFile("basic.yaml", b"sla: Basic 2101\nacknowledgement:\n  1: {within: 1h}\n")
    text = b"account,level,from,to,sla_file\nbasic,premium,2101-01-01,2102-01-01,basic.yaml\n"
    mia.post(give(mia, text, "agreements", sla_files=[sla]).url + "/doing")
    stand_for_the_desk()
    assert Agreement.objects.get(account__slug="basic").sla_text.startswith("sla: Basic 2101")


def test_a_table_that_waits_is_hidden_from_whoever_stands_for_an_account(cast, browser_of):
    from watchkeeper.people.wall import stand_as

    give(browser_of(cast.mia))
    assert ImportedTable.objects.exists()
    stand_as(cast.petra)
    assert not ImportedTable.objects.exists()
