"""What if: an account's incidents under other terms, counted with their own timelines, and nothing written."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import POLICY
from tests.pages.things import person, serve_elsewhere
from tests.reading import words_of
from tests.stage import browser_of, cast, chicago, look_again, report
from watchkeeper.clocks.models import Commitment
from watchkeeper.core.timeline import BREACHED
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.office.publishing import drafts
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import GivenPromise, PolicyVersion
from watchkeeper.reports.what_if import parts

__all__ = ["browser_of", "cast", "look_again", "report"]

CANARY = "Nightingale"
PERIOD = {"first_day": "2026-03-01", "last_day": "2026-03-31"}


@pytest.fixture
def history(cast, report, clock, look_again):
    """At Break-Fix: a High acknowledged after three hours, and a Medium after a day, outside the level."""
    high = report(cast.basil, 2, title="High one")
    medium = report(cast.basil, 3, title="Medium one")
    clock.set(chicago("2026-03-02 15:00"))
    verbs.acknowledge(high, by=cast.ana)
    clock.set(chicago("2026-03-04 10:00"))
    verbs.acknowledge(medium, by=cast.ana)
    return high, medium


@pytest.fixture
def basic_manager(cast):
    stand_for_the_desk()
    return person("Berta", "customer_manager", account=cast.basic)


@pytest.fixture
def ask(browser_of):
    """``ask(person, terms="level:premium")``: the page that answers."""

    def asked(who, where="desk-what-if", **said):
        return browser_of(who).get(reverse(where), PERIOD | {"terms": "level:premium"} | said)

    return asked


def rows_of(answer) -> list[dict[str, str]]:
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_premium_would_have_promised_what_break_fix_did_not(cast, history, ask):
    said = words_of(ask(cast.mia).content)
    assert "2 incidents compared" in said
    assert "1 promise where there was none" in said
    assert "1 breach that comes" not in said
    assert "2 breaches that come" in said
    assert "0 of the" not in said


def test_each_incident_says_when_it_would_have_been_due(cast, history, ask):
    high, medium = history
    rows = {row["incident"]: row for row in rows_of(ask(cast.mia, "desk-what-if-file"))}
    assert rows[high.reference]["was"] == "met"
    assert rows[high.reference]["imported"] == ""
    assert rows[high.reference]["was_due_at"] == "2026-03-04T22:00:00Z"
    assert rows[high.reference]["would_be"] == "breached"
    assert rows[high.reference]["would_be_due_at"] == "2026-03-02T20:00:00Z"
    assert rows[medium.reference]["was"] == "outside_level"
    assert rows[medium.reference]["would_be_due_at"] == "2026-03-03T15:00:00Z"


def test_a_breach_can_go(cast, report, clock, look_again, ask):
    late = report(cast.petra, 2, title="Late at Premium")
    clock.set(late.due_at + timedelta(minutes=1))
    look_again(late)
    clock.set(chicago("2026-03-02 15:00"))
    verbs.acknowledge(late, by=cast.ana)
    assert Event.objects.filter(kind=BREACHED).exists()
    said = words_of(ask(cast.mia, terms="level:break-fix").content)
    assert "1 breach that goes" in said
    assert "0 breaches that come" in said


def test_nothing_is_written(cast, history, ask):
    def everything():
        stand_for_the_desk()
        models = (Event, Incident, Commitment, GivenPromise, PolicyVersion)
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = everything()
    ask(cast.mia)
    ask(cast.mia, sla="sla: X\nacknowledgement:\n  2: {within: 1h}\n")
    ask(cast.mia, "desk-what-if-file")
    assert everything() == before


def test_an_sla_lies_over_the_level(cast, history, ask):
    sla = "sla: Three and a half\nacknowledgement:\n  2: {within: 6h}\n"
    said = words_of(ask(cast.mia, sla=sla).content)
    assert "What if: Premium with Three and a half" in said
    assert "1 breach that comes" in said


def test_an_sla_that_is_not_sound_is_said_at_its_field(cast, history, ask):
    answer = ask(cast.mia, sla="sla: X\nacknowledgement:\n  9: {within: 1h}\n")
    assert answer.status_code == 422
    assert "The SLA is not sound over Premium" in words_of(answer.content)
    answer = ask(cast.mia, terms="version:1", sla="sla: X")
    assert answer.status_code == 422
    assert "An SLA lies over a level" in words_of(answer.content)


def test_a_draft_is_asked_about_before_it_is_a_version(cast, history, ask):
    stand_for_the_desk()
    text = POLICY.read_text("utf-8").replace("within: 24h", "within: 1h")
    draft = drafts.open_draft(text, based_on=PolicyVersion.objects.get(), note="one hour", by=cast.mia)
    said = words_of(ask(cast.mia, terms=f"draft:{draft.pk}").content)
    assert "What if: Draft: one hour" in said
    assert "1 breach that comes" in said


def test_windows_are_counted_in_another_calendar(cast, report, clock, ask):
    """Four hours around the clock from 16:00 end at 20:00; in standard hours they end at 11:00 of the next day."""
    clock.set(chicago("2026-03-02 16:00"))
    late = report(cast.petra, 2)
    clock.set(chicago("2026-03-02 21:00"))
    verbs.acknowledge(late, by=cast.ana)
    (row,) = rows_of(ask(cast.mia, "desk-what-if-file", terms="calendar:standard"))
    assert (row["was"], row["was_due_at"]) == ("breached", "2026-03-03T02:00:00Z")
    assert (row["would_be"], row["would_be_due_at"]) == ("met", "2026-03-03T17:00:00Z")


def test_an_account_and_a_period_narrow_it(cast, history, ask, report):
    stand_for_the_desk()
    assert "No incidents in this period" in words_of(ask(cast.mia, account="premier").content)
    assert "No incidents in this period" in words_of(ask(cast.mia, first_day="2026-03-03").content)
    assert "2 incidents compared" in words_of(ask(cast.mia, account="basic").content)


@pytest.mark.parametrize(
    "said", [{"terms": "level:gold"}, {"terms": "draft:1"}, {"last_day": "2026-02-01"}, {"first_day": "soon"}]
)
def test_what_cannot_be_asked_is_said_at_its_field(cast, history, ask, said):
    assert ask(cast.mia, **said).status_code == 422
    assert ask(cast.mia, "desk-what-if-file", **said).status_code == 422


def test_long_answers_come_in_parts_that_add_up(cast, history, ask, browser_of, monkeypatch):
    monkeypatch.setattr(parts, "AT_A_TIME", 1)
    first = ask(cast.mia)
    said = first.content.decode()
    assert "1 of 2" in words_of(said.encode())
    client = browser_of(cast.mia)
    carried = first.context["carried"]
    second = client.post(reverse("desk-what-if-further"), {"carried": carried}, headers={"HX-Request": "true"})
    third = client.post(reverse("desk-what-if-further"), {"carried": second.context["carried"]})
    assert "<html" not in second.content.decode()
    assert "2 breaches that come" in words_of(third.content)
    assert third.context["part"].is_whole


def test_what_a_page_carries_is_of_no_use_to_another(cast, history, ask, browser_of, monkeypatch):
    monkeypatch.setattr(parts, "AT_A_TIME", 1)
    carried = ask(cast.mia).context["carried"]
    stand_for_the_desk()
    other = person("Max", "manager")
    for who, what in ((other, carried), (cast.mia, carried[:-2]), (cast.mia, "")):
        answer = browser_of(who).post(reverse("desk-what-if-further"), {"carried": what})
        assert answer.status_code == 409
        assert "cannot go on" in words_of(answer.content)


def test_an_account_executive_asks_of_their_own_accounts_alone(cast, history, ask):
    stand_for_the_desk()
    serve_elsewhere(cast.basic)
    cast.basic.account_executive = Person.objects.get(pk=cast.mia.pk)
    cast.basic.save()
    said = ask(cast.axel).content.decode()
    assert "No incidents in this period" in words_of(said.encode())
    assert ask(cast.axel, account="basic").status_code == 422
    assert 'value="draft:' not in said


def test_a_customer_manager_sees_what_premium_would_have_been(cast, history, ask, basic_manager):
    said = words_of(ask(basic_manager, "portal-what-if").content)
    assert "What if: Premium" in said
    assert "2 incidents compared" in said
    assert "not that anybody would have been faster" in said


def test_without_a_question_the_portal_answers_for_the_highest_level(cast, history, browser_of, basic_manager):
    said = words_of(browser_of(basic_manager).get(reverse("portal-what-if")).content)
    assert "What if: Premium" in said


@pytest.mark.parametrize("terms", ["draft:1", "version:1", "calendar:standard"])
def test_in_the_portal_levels_alone_are_asked_about(cast, history, ask, basic_manager, terms):
    assert ask(basic_manager, "portal-what-if", terms=terms).status_code == 422
    assert ask(basic_manager, "portal-what-if-file", terms=terms).status_code == 422


def test_a_customer_never_sees_another_accounts_figures(
    cast, history, report, ask, basic_manager, browser_of, monkeypatch
):
    """Twin worlds: with and without an account that is full of canaries every answer is the same."""
    pages = ("portal-what-if", "portal-what-if-file")
    own = {where: rows_or_words(ask(basic_manager, where)) for where in pages}
    stand_for_the_desk()
    cast.premium.name = f"{CANARY} Ltd"
    cast.premium.save()
    for _ in range(3):
        report(cast.petra, 2, title=f"{CANARY} is down")
    for where in pages:
        answer = ask(basic_manager, where, account="premier")
        assert CANARY not in answer.content.decode()
        assert rows_or_words(answer) == own[where]


def rows_or_words(answer) -> str:
    return words_of(answer.content) if b"<html" in answer.content else answer.content.decode()


def test_words_that_begin_as_formulas_are_harmless_in_the_file(cast, report, ask):
    report(cast.petra, 2, title="=cmd|' /C calc'!A0")
    (row,) = rows_of(ask(cast.mia, "desk-what-if-file"))
    assert row["title"] == "'=cmd|' /C calc'!A0"


def test_tests_are_left_out(cast, report, ask):
    report(cast.petra, 2, is_test=True)
    assert "No incidents in this period" in words_of(ask(cast.mia).content)
