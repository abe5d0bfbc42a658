"""The published page for people, for machines and on paper, of the version in force and of the others."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import POLICY
from tests.reading import words_of
from watchkeeper.core import published
from watchkeeper.core.policy_file import read_policy
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, PolicyVersion
from watchkeeper.policies.support_levels import document, paper

TEXT = POLICY.read_text(encoding="utf-8")


def on_paper(content: bytes) -> str:
    """What a reader of the PDF sees, without line ends."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def versions(cast) -> None:
    """One until the end of March, one since April, one of the same day before it, one planned for 2027."""
    for number, valid_from, within in (
        (2, date(2026, 4, 1), "eleven"),
        (3, date(2026, 4, 1), "ten"),
        (4, date(2027, 1, 1), "nine"),
    ):
        PolicyVersion.objects.create(
            number=number,
            text=TEXT.replace("Within 12 hours, before escalation.", f"Within {within} hours."),
            valid_from=valid_from,
            published_at=datetime(2026, 2, number, 15, tzinfo=UTC),
        )


@pytest.fixture
def in_may(clock) -> None:
    clock.set(datetime(2026, 5, 4, 12, tzinfo=UTC))


def test_every_text_of_the_page_stands_on_paper(cast):
    answer = Client().get("/support-levels.pdf")
    said = on_paper(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    page = published.page(read_policy(TEXT))
    for level in page.levels:
        for words in (level.title, *level.introduction, level.conditions, *level.headings):
            assert words in said, words
        for row in level.rows:
            assert f"{row.severity} {row.definition} {row.cells[0].text}" in said
    for contact in page.contacts:
        assert f"{contact.name} {' · '.join(contact.emails)}" in said
    assert "oncall@vendor.example" not in said
    assert re.search(r"Version 1, in force from the beginning. Published on \d+ \w+ \d{4}.", said)


def test_the_same_version_is_the_same_file_byte_for_byte(cast, clock):
    first = Client().get("/support-levels.pdf").content
    paper._pdf.cache_clear()
    clock.set(datetime(2026, 9, 1, tzinfo=UTC))
    assert Client().get("/support-levels.pdf").content == first


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_who_has_the_page_already_is_told_so_and_no_more(cast, form):
    first = Client().get(f"/support-levels.{form}")
    again = Client().get(f"/support-levels.{form}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = Client().get(f"/support-levels.{form}", headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)
    head = Client().head(f"/support-levels.{form}")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])


def test_the_form_is_chosen_by_the_address_alone(cast):
    answer = Client().get("/support-levels", headers={"Accept": "application/json"})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert Client().get("/support-levels.xml").status_code == 404
    assert Client().post("/support-levels.pdf").status_code == 405


def test_the_page_names_its_version_and_leads_to_the_other_forms(cast):
    page = Client().get("/support-levels").content
    assert "Version 1, in force from the beginning." in words_of(page)
    assert b'href="/support-levels.pdf"' in page
    assert b'href="/support-levels.json"' in page
    assert b'id="versions"' not in page, "there is but one"


def test_every_version_that_was_is_or_will_be_in_force_is_named(versions, in_may):
    page = words_of(Client().get("/support-levels").content)
    assert "Version 3, in force since 1 April 2026 until 31 December 2026." in page
    assert page.endswith(
        "Versions Version 4, in force from 1 January 2027 planned "
        "Version 3, in force since 1 April 2026 until 31 December 2026 in force "
        "Version 1, in force from the beginning until 31 March 2026" + page[page.index(" Kept by Watchkeeper") :]
    )


def test_an_older_and_a_planned_version_say_what_they_said_and_that_they_do_not_hold(versions, in_may):
    old, planned = (Client().get(f"/support-levels/{number}").content.decode() for number in (1, 4))
    assert "This holds no more" in old
    assert "Within 12 hours, before escalation." in old
    assert 'href="/support-levels/1.pdf"' in old
    assert "This does not hold yet" in planned
    assert "Within nine hours." in planned
    assert "Within nine hours." in on_paper(Client().get("/support-levels/4.pdf").content)
    assert Client().get("/support-levels/4.json").json()["state"] == "planned"


@pytest.mark.parametrize("number", ["2", "5", "0", "99999999999999999999"])
@pytest.mark.parametrize("form", ["", ".json", ".pdf"])
def test_a_version_that_never_held_has_no_page(versions, in_may, number, form):
    assert Client().get(f"/support-levels/{number}{form}").status_code == 404


def test_machines_are_told_which_versions_there_are(versions, in_may):
    said = Client().get("/support-levels.json").json()
    assert {key: said[key] for key in ("version", "state", "valid_from", "valid_to", "published_at")} == {
        "version": 3,
        "state": "in force",
        "valid_from": "2026-04-01",
        "valid_to": "2027-01-01",
        "published_at": "2026-02-03T15:00:00Z",
    }
    assert [(each["version"], each["state"], each["address"]) for each in said["versions"]] == [
        (4, "planned", "/support-levels/4.json"),
        (3, "in force", "/support-levels/3.json"),
        (1, "past", "/support-levels/1.json"),
    ]


def test_the_keys_that_machines_read_are_those_that_are_documented(cast):
    reference = (POLICY.parents[1] / "docs" / "reference" / "support-levels.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `.*", reference[reference.index("## For machines") :], re.MULTILINE)
    documented = {word for row in rows for word in re.findall(r"`(\w+)`", row)}
    said = Client().get("/support-levels.json").json()
    found = {*said, *said["levels"][0], *said["contacts"][0], *said["versions"][0]} | {"heading", "lines"}
    assert documented - {"planned", "past", "null"} == found


def test_words_on_paper_are_words_and_nothing_in_them_runs(cast):
    hostile = '#read("/etc/passwd") #import "@preview/x:1.0.0" $x$ *b* _i_ `raw` @ref <label> \\ [x] // not a comment'
    text = TEXT.replace("title: Production Support Level Details", f"title: '{hostile}'")
    PolicyVersion.objects.create(
        number=2, text=text, valid_from=date(2026, 1, 1), published_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert hostile in on_paper(Client().get("/support-levels.pdf").content)


def test_the_template_names_no_package_and_no_file():
    template = paper._TEMPLATE.read_text(encoding="utf-8")
    assert not re.search(r"\b(import|include|read|plugin|image|bibliography|eval)\b", template)


def test_letters_that_our_typefaces_lack_are_no_reason_for_no_paper():
    said = document.of_version(
        read_policy(TEXT.replace("title: Production Support Level Details", "title: サポート 日本")),
        PolicyVersion(number=1, valid_from=date(2026, 1, 1), published_at=datetime(2026, 1, 1, tzinfo=UTC)),
    )
    assert paper.pdf(said).startswith(b"%PDF-")


def test_the_paper_can_be_read_aloud(cast):
    reader = PdfReader(BytesIO(Client().get("/support-levels.pdf").content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Production Support Level Details"


def test_a_customers_own_terms_on_paper_mark_what_the_sla_changed(cast, browser_of):
    answer = browser_of(cast.clara).get("/support-terms.pdf")
    said = on_paper(answer.content)
    assert said.startswith("Contracted Your support terms As they hold on 2 March 2026.")
    assert (
        "Within 30 min (24 hours per day, 7 days per week) By your SLA; the level says: Within minutes up to 2" in said
    )
    assert "with the SLA “Contracted 2026” laid over the level." in said
    assert "A breach at Low or Cosmetic is not eligible for escalation." in said
    assert "Your account executive Axel · axel@vendor.example" in said
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_customers_own_terms_on_paper_say_where_their_level_ends(cast, browser_of):
    said = on_paper(browser_of(cast.basil).get("/support-terms.pdf").content)
    assert "Where your level ends" in said
    assert "Medium: Premium would have given “Response within 8 hours, before escalation. (Standard Hours)”" in said


def test_a_customers_own_terms_on_paper_name_their_engineers(cast, browser_of):
    agreement = Agreement.objects.get(account=cast.premium)
    agreement.designated_engineers.set([cast.ana, cast.bo], through_defaults={"account": cast.premium})
    assert "Your engineers Ana, Bo" in on_paper(browser_of(cast.petra).get("/support-terms.pdf").content)


def test_without_entitlement_the_paper_says_so(cast, browser_of):
    stand_for_the_desk()
    Agreement.objects.filter(account=cast.premium).delete()
    cast.premium.licences.all().delete()
    assert "No entitlement on record Nothing is refused" in on_paper(
        browser_of(cast.petra).get("/support-terms.pdf").content
    )


def test_nobodys_terms_are_on_paper_for_others(cast, browser_of):
    assert browser_of(cast.ana).get("/support-terms.pdf").status_code == 404
    assert Client().get("/support-terms.pdf").status_code == 302
