"""Writing an SLA at the desk: checked while it is typed, refused while it is unsound, kept with who wrote it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.cast import POLICY, SLA
from tests.office.agreement_pages import agreement_of, page, post
from tests.reading import hidden, words_of
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import TermsChange
from watchkeeper.policies.publishing import publish

HARDER = "sla: Contracted 2026\nacknowledgement:\n  1: {within: 15m, goal: 5m}\nescalation: {answer: 20m}\n"
ALWAYS = "24 hours per day, 7 days per week"
UNSOUND = "sla: Contracted 2026\nacknowledgement:\n  1: {within: 4 hrz}\n"


@pytest.fixture
def editor(cast, browser_of):
    """``editor(**typed)``: the answer to what Mia typed over Contracted's agreement."""
    agreement = agreement_of(cast.contracted)
    browser = browser_of(cast.mia)

    def typed(at: str = "desk-agreement-sla", **given: str):
        return post(browser, at, agreement.pk, **({"as": "yaml", "seen": "0"} | given))

    typed.browser, typed.key = browser, agreement.pk
    return typed


def kept(cast) -> str:
    return agreement_of(cast.contracted).sla_text


def test_it_is_kept_with_who_changed_what(cast, editor):
    answer = editor(text=HARDER.replace("\n", "\r\n"))
    assert answer.url == reverse("desk-agreement", args=[editor.key])
    assert kept(cast) == HARDER
    shown = page(editor.browser, "desk-agreement", editor.key)
    assert "Mia changed: Premium for everything SLA: other words" in shown
    assert "- 1: {within: 30m, goal: 10m}" in shown
    assert "+ 1: {within: 15m, goal: 5m}" in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (UNSOUND, 'Line 3 acknowledgement.1.within: "4 hrz" is not a duration; write 4h, 90m or 2 business days'),
        ("sla: [", "a bracket is opened and never closed"),
        ("acknowledgement: {1: 1h}", "Line 1 sla: is missing; name the contract"),
        ("sla: A\nacknowledgement: {9: 1h}", 'acknowledgement.9: "9" is not a severity'),
        ("sla: A\nresponse: {1: 1h}", 'an SLA has no "response"'),
        ("sla: A" + "\n# filler" * 30_000, "a policy has at most 250,000"),
    ],
)
def test_an_unsound_one_is_refused_with_line_and_remedy_and_keeps_what_was_typed(cast, editor, text, says):
    answer = editor(text=text)
    assert (answer.status_code, says in words_of(answer.content)) == (422, True)
    assert kept(cast) == SLA
    assert not TermsChange.objects.exists()
    typed = answer.content.decode().split('name="text"')[1].split(">", 1)[1]
    assert typed.startswith(text[:20].replace('"', "&quot;"))


def test_one_that_a_planned_version_cannot_carry_is_refused_and_can_be_taken_away(cast, editor):
    publish(re.sub(r"\n      5: {within: 48h.*", "", POLICY.read_text()), valid_from=date(2027, 6, 1))
    answer = editor(text="sla: Contracted 2026\nacknowledgement:\n  5: none\n")
    assert "Version 2 of the policy, in force from 1 Jun 2027, cannot carry it" in words_of(answer.content)
    assert kept(cast) == SLA
    assert editor(next="away").status_code == 302


def test_an_empty_text_takes_the_sla_away(cast, editor):
    editor(text="\r\n  \r\n")
    assert kept(cast) == ""
    assert "SLA: taken away" in page(editor.browser, "desk-agreement", editor.key)


def test_the_button_takes_it_away_whatever_was_typed(cast, editor):
    editor(text=UNSOUND, next="away")
    assert kept(cast) == ""


def test_while_it_is_typed_the_effect_is_shown_in_three_columns_with_an_example(cast, editor, clock):
    answer = editor("desk-agreement-sla-check", text=HARDER)
    shown = words_of(answer.content)
    assert (
        f"Critical: acknowledgement Within 2 h ({ALWAYS}), goal 15 min within 15 min, goal 5 min "
        f"Within 15 min ({ALWAYS}), goal 5 min Mon 2 Mar, 10:15 CT" in shown
    )
    assert "Answer to an escalation within 2 h within 20 min within 20 min" in shown
    assert (
        "Low: acknowledgement Within 24 h (Standard Hours) – Within 24 h (Standard Hours) Wed 4 Mar, 16:00 CT" in shown
    )
    assert kept(cast) == SLA


def test_while_it_is_typed_an_error_shows_line_and_place(editor):
    shown = words_of(editor("desk-agreement-sla-check", text=UNSOUND).content)
    assert "Line 3 acknowledgement.1.within" in shown
    assert "1 thing is wrong" in shown


def test_without_script_a_check_shows_the_same_and_keeps_nothing(cast, editor):
    answer = editor(text=HARDER, next="check")
    assert answer.status_code == 200
    assert "Within 15 min (24 hours per day, 7 days per week), goal 5 min" in words_of(answer.content)
    assert kept(cast) == SLA


def test_an_incident_that_was_open_keeps_its_promise_and_a_new_one_gets_the_new(cast, editor, report):
    before = report(cast.clara, 1)
    editor(text=HARDER.replace("15m", "45m"))
    due = [Commitment.objects.of_incident(each.pk).get().due_at for each in (before, report(cast.clara, 1))]
    assert due == [chicago("2026-03-02 10:30"), chicago("2026-03-02 10:45")]


def test_of_two_who_write_the_second_is_told_and_loses_nothing(cast, editor):
    editor(text=HARDER)
    answer = editor(text=HARDER.replace("15m", "20m"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Mia changed this meanwhile (SLA)." in shown
    assert "within: 20m" in shown
    assert kept(cast) == HARDER
    assert editor(text=HARDER.replace("15m", "20m"), seen=hidden(answer.content, "seen")).status_code == 302


# The form


def test_the_form_begins_with_what_the_sla_says(cast, editor):
    shown = editor.browser.get(reverse("desk-agreement-sla", args=[editor.key])).content.decode()
    for name, value in (
        ("sla", "Contracted 2026"),
        ("acknowledgement-1-within", "30m"),
        ("acknowledgement-1-goal", "10m"),
    ):
        assert f'name="{name}" value="{value}"' in shown
    assert hidden(shown.encode(), "text") == SLA


def test_the_form_keeps_the_words_and_comments_of_the_file(cast, editor):
    text = f"# negotiated in March\n{SLA}variants: [{{when: {{channel: phone}}, acknowledgement: {{1: 10m}}}}]\n"
    typed = {"sla": "Contracted 2026", "acknowledgement-1-within": "20m", "acknowledgement-1-goal": "10m"}
    editor(**{"as": "form", "text": text}, **typed)
    assert kept(cast) == text.replace("30m", "20m")


def test_what_is_wrong_in_the_form_stands_beside_its_field_with_its_line(cast, editor):
    typed = {"as": "form", "text": SLA, "acknowledgement-1-within": "4 hrz", "resolution-2-within": "soon"}
    answer = editor(**typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="acknowledgement-1-within" value="4 hrz"' in shown
    beside = shown.split('id="id_acknowledgement-1-within-wrong"')[1].split("</ul>")[0]
    assert "&quot;4 hrz&quot; is not a duration; write 4h, 90m or 2 business days (line 3)" in beside
    assert "is not a duration" in shown.split('id="id_resolution-2-within-wrong"')[1].split("</ul>")[0]
    assert kept(cast) == SLA


def test_while_the_form_is_typed_errors_come_and_go_beside_the_fields(editor):
    typed = {"as": "form", "text": SLA, "acknowledgement-1-within": "4 hrz"}
    wrong = editor("desk-agreement-sla-check", **typed).content.decode()
    assert (
        "is not a duration"
        in wrong.split('id="id_acknowledgement-1-within-wrong" hx-swap-oob="true"')[1].split("</ul>")[0]
    )
    right = editor("desk-agreement-sla-check", **(typed | {"acknowledgement-1-within": "4h"})).content.decode()
    assert "<li>" not in right.split('id="id_acknowledgement-1-within-wrong" hx-swap-oob="true"')[1].split("</ul>")[0]


def test_form_and_yaml_are_two_ways_of_one_text(cast, editor):
    typed = {"as": "form", "text": SLA, "acknowledgement-2-within": "50m", "next": "yaml"}
    as_yaml = editor(**typed).content.decode()
    assert "  2: 50m" in as_yaml
    assert "<textarea" in as_yaml
    text = SLA + "  2: 50m\nfeatures: [a review]\n"
    as_form = editor(text=text, next="form").content.decode()
    assert 'name="acknowledgement-2-within" value="50m"' in as_form
    assert hidden(as_form.encode(), "text") == text
    assert kept(cast) == SLA


def test_what_is_no_file_stays_yaml(editor):
    shown = editor(text="sla: [", next="form").content.decode()
    assert "<textarea" in shown
    assert "a bracket is opened and never closed" in shown


@pytest.mark.parametrize("text", ["acknowledgement: [1]\nsla: A", "sla: A\nacknowledgement: {1: ~}", "- a", "\0", ""])
@pytest.mark.parametrize("way", ["form", "yaml", "else"])
@pytest.mark.parametrize("following", ["", "check", "form", "yaml"])
def test_whatever_is_sent_is_answered(editor, text, way, following):
    typed = {"as": way, "text": text, "acknowledgement-1-within": "\0 4h", "features": "\0", "next": following}
    assert editor(**typed).status_code in (200, 302, 422)
    stand_for_the_desk()
    assert editor("desk-agreement-sla-check", **typed).status_code == 200
