"""One agreement: made, changed, renewed, ended, called off; its history; and that open incidents keep their promise."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from tests.cast import ALWAYS, POLICY, SLA
from tests.office.agreement_pages import agreement_of, days, page, post, said
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.office.importing import carrying
from watchkeeper.office.importing.kinds import KINDS
from watchkeeper.policies.models import Agreement, PolicyVersion, TermsChange
from watchkeeper.policies.publishing import publish


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


def due_of(incident):
    return Commitment.objects.of_incident(incident.pk).get(metric="acknowledgement").due_at


def test_an_agreement_is_made_and_holds_through_its_last_day(cast, mia):
    answer = post(mia, "desk-new-agreement", "basic", **said(designated_engineers=[cast.ana.pk, cast.bo.pk]))
    made = agreement_of(cast.basic)
    assert answer.url == reverse("desk-agreement", args=[made.pk])
    assert (made.level, made.scope, made.period, made.sla_text) == (
        "premium",
        "all",
        days("2027-01-01", "2027-12-31"),
        "",
    )
    assert [each.name for each in made.designated_engineers.order_by("name")] == ["Ana", "Bo"]
    shown = page(mia, "desk-agreement", made.pk)
    assert "1 Jan 2027 through 31 Dec 2027" in shown
    assert "Days begin and end at midnight by the clocks of America/Chicago (CT)." in shown
    assert "Ana B Bo" in shown


def test_it_covers_one_product_or_environment_that_is_named(cast, mia):
    post(mia, "desk-new-agreement", "basic", **said(scope="environment", scope_value=" pre  production "))
    made = agreement_of(cast.basic)
    assert (made.scope, made.scope_value) == ("environment", "pre production")
    assert "Premium for the environment pre production" in page(mia, "desk-account", "basic")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"scope": "product"}, "Name the product that it covers."),
        ({"scope_value": "Gateway"}, "It covers everything: leave this empty"),
        ({"level": "gold"}, "Select a valid choice. gold is not one of the available choices."),
        ({"designated_engineers": "nobody"}, "is not a valid value"),
        ({"pinned_version": "7"}, "Select a valid choice"),
        ({"scope_value": "a\0b"}, "Null characters are not allowed."),
        ({"level": "", "first_day": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(cast, mia, typed, says):
    answer = post(mia, "desk-new-agreement", "basic", **said(**typed))
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert not Agreement.objects.filter(account=cast.basic).exists()


def test_only_people_who_serve_the_account_are_designated(cast, mia):
    answer = post(mia, "desk-new-agreement", "basic", **said(designated_engineers=[cast.axel.pk]))
    assert answer.status_code == 422


def test_an_overlap_is_refused_by_the_name_and_the_days_of_the_other(cast, mia):
    Agreement.objects.filter(account=cast.premium).update(period=days("2026-01-01", "2027-01-31"))
    answer = post(mia, "desk-new-agreement", "premier", **said(level="advanced"))
    assert answer.status_code == 422
    assert (
        "Premium for everything, 1 Jan 2026 through 31 Jan 2027, covers the same. Two never overlap: end that one "
        "first, or begin on 1 Feb 2027." in answer.content.decode()
    )
    assert 'value="2027-12-31"' in answer.content.decode(), "what was typed is still there"
    assert Agreement.objects.filter(account=cast.premium).count() == 1


def test_a_renewal_takes_over_the_terms_and_the_sla_and_begins_without_a_gap(cast, mia):
    old = agreement_of(cast.contracted)
    old.period = days("2026-01-01", "2026-12-31")
    old.save()
    query = f"?renews={old.pk}"
    shown = mia.get(reverse("desk-new-agreement", args=["contracted"]) + query).content.decode()
    assert ('value="2027-01-01"' in shown, 'value="2027-12-31"' in shown) == (True, True)
    post(mia, "desk-new-agreement", "contracted", query=query, **said())
    new = Agreement.objects.exclude(pk=old.pk).get(account=cast.contracted)
    assert (new.sla_text, new.period) == (SLA, days("2027-01-01", "2027-12-31"))
    assert "renewed" in page(mia, "desk-account", "contracted")
    assert "by the next one" in page(mia, "desk-agreement", old.pk)


def test_an_agreement_of_another_account_cannot_be_renewed_here(cast, mia):
    query = f"?renews={agreement_of(cast.contracted).pk}"
    assert mia.get(reverse("desk-new-agreement", args=["premier"]) + query).status_code == 404


def test_it_ends_earlier_and_what_holds_then_is_shown(cast, mia, clock):
    held = agreement_of(cast.premium)
    post(mia, "desk-agreement-end", held.pk, last_day="2026-03-31")
    shown = page(mia, "desk-agreement", held.pk)
    assert "From the start of 1 Apr 2026 holds: Break-Fix everything, by the licence" in shown
    clock.set(chicago("2026-04-01 00:00"))
    shown = page(mia, "desk-agreement", held.pk)
    assert "It has ended" in shown
    assert "Break-Fix everything, by the licence" in page(mia, "desk-account", "premier")
    assert post(mia, "desk-agreement-end", held.pk, last_day="2019-12-31").status_code == 422


def test_one_that_has_not_begun_is_called_off_and_its_history_stays(cast, mia):
    post(mia, "desk-new-agreement", "basic", **said())
    coming = agreement_of(cast.basic)
    assert "Call it off" in page(mia, "desk-agreement", coming.pk)
    assert post(mia, "desk-agreement-calling-off", coming.pk).status_code == 302
    assert not Agreement.objects.filter(account=cast.basic).exists()
    shown = page(mia, "desk-account", "basic")
    assert "Mia called off: Premium for everything" in shown
    assert "Mia made: Premium for everything" in shown


def test_one_that_holds_is_not_called_off(cast, mia):
    held = agreement_of(cast.premium)
    shown = post(mia, "desk-agreement-calling-off", held.pk, follow=True).content.decode()
    assert "It has begun" in shown
    assert Agreement.objects.filter(pk=held.pk).exists()


def test_one_whose_terms_were_promised_to_an_incident_stays_though_its_days_were_moved(cast, mia, report):
    report(cast.petra, 1)
    held = agreement_of(cast.premium)
    Agreement.objects.filter(pk=held.pk).update(period=days("2027-01-01"))
    shown = post(mia, "desk-agreement-calling-off", held.pk, follow=True).content.decode()
    assert "Incidents were promised its terms, so it stays." in shown
    assert Agreement.objects.filter(pk=held.pk).exists()


def test_the_history_says_who_changed_what_and_when(cast, mia, clock):
    held = agreement_of(cast.premium)
    typed = said(level="advanced", first_day="2020-01-01", last_day="", designated_engineers=[cast.ana.pk], seen="0")
    post(mia, "desk-agreement-edit", held.pk, **typed)
    shown = page(mia, "desk-agreement", held.pk)
    for what in (
        "Mia changed: Advanced for everything",
        "Level: Premium → Advanced",
        "Last day: 31 Dec 2099 → without end",
        "Designated engineers: Ana",
        "Mon 2 Mar, 10:00",
    ):
        assert what in shown
    assert "First day: " not in shown


def test_a_change_of_nothing_is_no_line_of_the_history(cast, mia):
    held = agreement_of(cast.premium)
    post(mia, "desk-agreement-edit", held.pk, **said(first_day="2020-01-01", last_day="2099-12-31", seen="0"))
    assert not TermsChange.objects.exists()


def test_the_history_cannot_be_changed_by_the_application(cast, mia):
    post(mia, "desk-new-agreement", "basic", **said())
    for change in (lambda: TermsChange.objects.update(act="nothing"), lambda: TermsChange.objects.all().delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_of_two_who_edit_one_agreement_the_second_is_told_and_loses_nothing(cast, mia):
    held = agreement_of(cast.premium)
    first = said(level="advanced", first_day="2020-01-01", last_day="2099-12-31", seen="0")
    assert post(mia, "desk-agreement-edit", held.pk, **first).status_code == 302
    second = said(first_day="2020-01-01", last_day="2027-06-30", seen="0")
    answer = post(mia, "desk-agreement-edit", held.pk, **second)
    assert answer.status_code == 422
    assert "Mia changed this meanwhile (Level)." in answer.content.decode()
    assert 'value="2027-06-30"' in answer.content.decode()
    assert agreement_of(cast.premium).level == "advanced"
    seen = TermsChange.objects.latest("pk").pk
    assert post(mia, "desk-agreement-edit", held.pk, **(second | {"seen": seen})).status_code == 302
    assert agreement_of(cast.premium).period == days("2020-01-01", "2027-06-30")


def test_an_edit_changes_the_promise_of_no_open_incident(cast, mia, report):
    before = report(cast.petra, 1)
    typed = said(level="break-fix", first_day="2020-01-01", last_day="2099-12-31", seen="0")
    post(mia, "desk-agreement-edit", agreement_of(cast.premium).pk, **typed)
    assert due_of(before) == chicago("2026-03-02 12:00")
    assert due_of(report(cast.petra, 1)) == chicago("2026-03-04 16:00")


def test_a_pinned_version_holds_though_another_is_in_force(cast, mia, report):
    publish(POLICY.read_text().replace("within: 2h, goal: 15m", "within: 1h, goal: 15m"), valid_from=date(2026, 3, 1))
    typed = said(first_day="2020-01-01", last_day="2099-12-31", seen="0")
    assert due_of(report(cast.petra, 1)) == chicago("2026-03-02 11:00")
    pinned = PolicyVersion.objects.get(number=1)
    post(mia, "desk-agreement-edit", agreement_of(cast.premium).pk, **(typed | {"pinned_version": pinned.pk}))
    assert due_of(report(cast.petra, 1)) == chicago("2026-03-02 12:00")
    shown = page(mia, "desk-agreement", agreement_of(cast.premium).pk)
    assert "version 1, pinned" in shown
    assert "Policy: the version in force → version 1" in shown


def test_a_level_that_the_sla_does_not_fit_is_refused_with_the_reason(cast, mia):
    held = agreement_of(cast.contracted)
    held.sla_text = "sla: Contracted 2026\nacknowledgement:\n  5: none\n"
    held.save()
    answer = post(mia, "desk-agreement-edit", held.pk, **said(level="break-fix", first_day="2020-01-01", seen="0"))
    assert answer.status_code == 422
    assert (
        "Version 1 cannot carry it: the SLA is unsound: acknowledgement.5: takes away a target that the level does"
        in answer.content.decode()
    )


WITHOUT_PREMIUM = POLICY.read_text().replace("  premium:\n", "  gold:\n").replace("hours: premium", "hours: gold")


def test_an_agreement_on_a_level_that_a_planned_version_removes_says_when_and_how_to_settle_it(cast, mia):
    first = PolicyVersion.objects.get()
    publish(WITHOUT_PREMIUM, valid_from=date(2027, 6, 1))
    answer = post(mia, "desk-new-agreement", "basic", **said())
    shown = words_of(answer.content)
    assert answer.status_code == 422
    assert "Version 2 of the policy, in force from 1 Jun 2027, cannot carry it" in shown
    assert "Let it end before that day, or pin the version that it is agreed on." in shown
    assert post(mia, "desk-new-agreement", "basic", **said(last_day="2027-05-31")).status_code == 302
    assert post(mia, "desk-new-agreement", "basic", **said(first_day="2027-06-01", level="gold")).status_code == 302
    begun = said(first_day="2028-01-01", last_day="", pinned_version=first.pk)
    assert post(mia, "desk-new-agreement", "basic", **begun).status_code == 302


def test_an_import_of_a_level_that_a_planned_version_removes_says_so_at_its_row(cast):
    publish(WITHOUT_PREMIUM, valid_from=date(2027, 6, 1))
    table = b"account,level,from,to\nbasic,premium,2027-01-01,2027-06-01\nbasic,premium,2027-06-01,2028-01-01\n"
    problems = carrying.carry_out(carrying.Given(KINDS["agreements"], "a.csv", table), by=cast.mia).plan.problems
    assert [(each.line, each.column) for each in problems] == [(3, "level")]
    assert "in force from 1 Jun 2027, cannot carry it" in str(problems[0])


def test_where_a_version_came_that_breaks_an_agreement_its_reports_keep_the_last_that_carries_it(
    cast, browser_of, report
):
    publish(WITHOUT_PREMIUM, valid_from=date(2026, 3, 1))
    incident = report(cast.petra, 1)
    assert due_of(incident) == chicago("2026-03-02 12:00")
    assert incident.policy_version.number == 1
    petra = browser_of(cast.petra)
    assert "Premium" in page(petra, "portal-terms")
    assert petra.get(reverse("portal-report")).status_code == 200


def test_an_agreement_that_no_version_carries_leaves_the_licence_and_says_so_to_the_manager(
    cast, mia, browser_of, report
):
    Agreement.objects.filter(account=cast.premium).update(level="platinum")
    assert due_of(report(cast.petra, 1)) == chicago("2026-03-04 16:00")
    assert "Break-Fix" in page(browser_of(cast.petra), "portal-terms")
    assert '"platinum" is not a level' in page(mia, "desk-account", "premier")


def test_the_account_executive_reads_and_is_offered_no_act(cast, browser_of):
    shown = browser_of(cast.axel).get(reverse("desk-agreement", args=[agreement_of(cast.premium).pk])).content.decode()
    assert "Its terms" in shown
    for act in ("/edit", "/end", "/sla", "signed-copies", "renews="):
        assert f'{act}"' not in shown


def test_an_import_is_part_of_the_history(cast):
    table = b"account,level,from,to\npremier,advanced,2020-01-01,2100-01-01\nbasic,premium,2026-01-01,\n"
    assert carrying.carry_out(carrying.Given(KINDS["agreements"], "a.csv", table), by=cast.mia).plan.is_sound
    told = {(each.account.slug, each.act, each.by.name): each.differences for each in TermsChange.objects.all()}
    assert told["premier", "imported", "Mia"] == [["Level", "Premium", "Advanced"]]
    assert ["Level", "", "Premium"] in told["basic", "imported", "Mia"]
    assert Agreement.objects.get(account=cast.premium).period == ALWAYS
