"""The form of an SLA over the file that a person wrote: what a field says is changed, all else stays to the letter."""

from __future__ import annotations

import pytest

from tests.cast import POLICY
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.office.agreements.sla.sheet import Sheet

SHIPPED = read_policy(POLICY.read_text(encoding="utf-8"))
PREMIUM = SHIPPED.level("premium")

CONTRACT = """\
# The contract of 2026
sla: Contracted 2026   # signed in March
acknowledgement:
  1: {within: 30m, goal: 10m}  # negotiated

  High: 1h
  3: {within: 6h, published_as: Six hours}
update:
  1: {within: 1h, hours: premium}
contacts:
  escalation: {name: Duty line, emails: [one@vendor.example, two@vendor.example], remark: at night}
variants:  # the form does not show these
  - when: {environment: staging}
    acknowledgement: {1: none}
"""


def sheet(text: str = CONTRACT) -> Sheet:
    return Sheet(text, SHIPPED, PREMIUM)


def rewritten(text: str = CONTRACT, **given: str) -> str:
    """The text with these fields changed; ``acknowledgement_1_goal`` names the field ``acknowledgement-1-goal``."""
    named = {name.replace("_", "-", 2): value for name, value in given.items()}
    return sheet(text).rewritten({**sheet(text).values, **named})


def test_the_fields_say_what_the_file_says() -> None:
    assert {name: value for name, value in sheet().values.items() if value} == {
        "sla": "Contracted 2026",
        "acknowledgement-1-within": "30m",
        "acknowledgement-1-goal": "10m",
        "acknowledgement-2-within": "1h",
        "acknowledgement-3-within": "6h",
        "update-1-within": "1h",
        "update-1-hours": "premium",
        "contact-escalation-name": "Duty line",
        "contact-escalation-emails": "one@vendor.example, two@vendor.example",
    }


def test_what_nobody_touched_is_the_same_file_to_the_letter() -> None:
    assert rewritten() == CONTRACT


@pytest.mark.parametrize(
    ("given", "before", "after"),
    [
        ({"acknowledgement_1_within": "20m"}, "{within: 30m, goal: 10m}", "{within: 20m, goal: 10m}"),
        ({"acknowledgement_1_goal": ""}, "{within: 30m, goal: 10m}", "{within: 30m}"),
        ({"acknowledgement_1_within": "none"}, "{within: 30m, goal: 10m}", "none"),
        ({"acknowledgement_2_within": "90m"}, "High: 1h", "High: 90m"),
        ({"acknowledgement_2_goal": "15m"}, "High: 1h", "High: {within: 1h, goal: 15m}"),
        (
            {"acknowledgement_3_within": "5h"},
            "{within: 6h, published_as: Six hours}",
            "{within: 5h, published_as: Six hours}",
        ),
        ({"sla": "Contracted 2027"}, "sla: Contracted 2026", "sla: Contracted 2027"),
        ({"contact_escalation_name": ""}, "{name: Duty line, emails", "{emails"),
        ({"contact_escalation_emails": "one@vendor.example"}, ", two@vendor.example]", "]"),
    ],
)
def test_a_field_changes_its_own_words_and_no_other(given: dict[str, str], before: str, after: str) -> None:
    assert rewritten(**given) == CONTRACT.replace(before, after)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"acknowledgement_4_within": "20h"}, "  4: 20h"),
        ({"acknowledgement_4_goal": "1h"}, "  4: {goal: 1h}"),
        ({"update_2_within": "4h", "update_2_hours": "standard"}, "  2: {within: 4h, hours: standard}"),
        ({"resolution_1_within": "2 business days"}, "resolution: {1: 2 business days}"),
        ({"answer": "30m"}, "escalation: {answer: 30m}"),
        ({"hours": "premium"}, "hours: premium"),
        (
            {"features": "a named engineer\na review: each month"},
            "features: [a named engineer, 'a review: each month']",
        ),
        ({"contact_desk_emails": "duty@vendor.example"}, "  desk: {emails: [duty@vendor.example]}"),
    ],
)
def test_what_the_file_does_not_say_yet_is_added(given: dict[str, str], line: str) -> None:
    made = rewritten(**given)
    assert line in made.replace('"', "'").splitlines()
    assert all(kept in made.splitlines() for kept in CONTRACT.splitlines())
    read_sla(made, SHIPPED, PREMIUM)


def test_a_metric_without_a_target_goes_away() -> None:
    made = rewritten(update_1_within="", update_1_hours="")
    assert "update:" not in made


def test_new_targets_stand_in_the_order_of_severity() -> None:
    made = rewritten(
        "sla: A\nacknowledgement:\n  2: 1h\n", acknowledgement_3_within="5h", acknowledgement_1_within="20m"
    )
    assert made == "sla: A\nacknowledgement:\n  1: 20m\n  2: 1h\n  3: 5h\n"


def test_what_was_typed_is_what_the_file_says_then_sound_or_not() -> None:
    given = {"acknowledgement_2_within": "4 hrz: {", "answer": "soon", "acknowledgement_5_within": "best effort"}
    values = sheet(rewritten(**given)).values
    assert (values["acknowledgement-2-within"], values["answer"]) == ("4 hrz: {", "soon")
    assert values["acknowledgement-5-within"] == "best effort"


def test_hours_that_the_sla_defines_itself_can_be_chosen_and_are_not_touched() -> None:
    own = "sla: A\nhours:\n  evening: {weekly: {every day: 18:00-22:00}}\n"
    assert sheet(own).calendars == ["evening"]
    made = rewritten(own, acknowledgement_1_hours="evening")
    assert made == own + "acknowledgement:\n  1: {hours: evening}\n"
    read_sla(made, SHIPPED, PREMIUM)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("acknowledgement.High.within", "acknowledgement-2-within"),
        ("acknowledgement.High", "acknowledgement-2-within"),
        ("acknowledgement.1.goal", "acknowledgement-1-goal"),
        ("resolution.5.hours", "resolution-5-hours"),
        ("escalation.answer", "answer"),
        ("contacts.escalation.emails", "contact-escalation-emails"),
        ("variants.1.acknowledgement.1", None),
        ("acknowledgement.3.share", None),
    ],
)
def test_a_problem_belongs_to_the_field_that_says_it(path: str, field: str | None) -> None:
    assert sheet().field_of(path) == field
