"""The texts of notices: what each reader must learn from it, and nothing a stranger typed that is more than text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from watchkeeper.core.policy import (
    ACCOUNT_EXECUTIVE,
    ASSIGNEE,
    DISTRIBUTION,
    ESCALATION_ANSWER,
    MANAGERS,
    PROMISED_METRICS,
)
from watchkeeper.notify import wording
from watchkeeper.notify.wording.moments import dated
from watchkeeper.notify.wording.receipt import AS_GIVEN, DEFAULT_OF_THE_POLICY
from watchkeeper.notify.wording.words import UnsoundWords, Words, one_line, quoted
from watchkeeper.ui.moments import UTC_ZONE, DeskZone

CENTRAL = DeskZone("America/Chicago", "CT")
DUE = datetime(2026, 3, 9, 20, 30, tzinfo=UTC)
ABOUT = wording.About(
    reference="WK-7F3K2Q",
    title="Checkout fails",
    account="Acme",
    level="Premium",
    severity="1 Critical",
    opened_at=datetime(2026, 3, 6, 22, 30, tzinfo=UTC),
    zone=CENTRAL,
    url="https://desk.example.com/incidents/WK-7F3K2Q",
    assignee="Ana Ruiz",
)
PROMISED = wording.Promised(due_at=DUE, explanation="Fri 16:30–17:00 30 min · weekend closed · Mon 08:00–15:30")
ESCALATION = wording.WaysToEscalate(
    distribution=("escalations@vendor.example",), account_executive="Axel Stone <axel@vendor.example>"
)

EVERY_NOTICE = {
    "receipt": lambda about: wording.receipt(about, severity_from=AS_GIVEN, promise=PROMISED, escalation=ESCALATION),
    "reported": lambda about: wording.reported(about, by="Petra", message="It fails.", promise=PROMISED),
    "dispatched": lambda about: wording.dispatched(about, by="Mia", promise=PROMISED),
    "raised": lambda about: wording.raised(about, by="Petra", old="3 Medium", reason="All down", promise=PROMISED),
    "warned": lambda about: wording.warned(
        about, metric="acknowledgement", due_at=DUE, left=timedelta(minutes=45), passed=["1/2"]
    ),
    "breached": lambda about: wording.breached(
        about, metric="acknowledgement", due_at=DUE, told_as=DISTRIBUTION, may_be_escalated=True
    ),
    "became eligible": lambda about: wording.became_eligible(about, metric="acknowledgement", due_at=DUE),
    "rung reached": lambda about: wording.rung_reached(about, metric="acknowledgement", due_at=DUE, rung=2),
    "stands too long": lambda about: wording.stands_too_long(about, received_at=DUE, rung=1, is_acknowledged=False),
    "escalated": lambda about: wording.escalated(about, by="Petra", reason="We stand still", answer_due_at=DUE),
    "escalation answered": lambda about: wording.escalation_answered(about, by="Axel", message="We are on it."),
    "acknowledged": lambda about: wording.acknowledged(about, by="Ana Ruiz", message="I look into it."),
    "replied": lambda about: wording.replied(about, by="Ana Ruiz", message="Found it."),
    "asked": lambda about: wording.asked(about, by="Ana Ruiz", message="Which version?"),
    "resolved": lambda about: wording.resolved(about, by="Ana Ruiz", message="Fixed in 1.2.", closes_at=DUE),
    "answered": lambda about: wording.answered(about, by="Petra", message="1.1"),
    "classified": lambda about: wording.classified(
        about, by="Ana Ruiz", old="2 High", reason="All down", promise=PROMISED
    ),
    "closed": lambda about: wording.closed(about, reason="no answer since the resolution", question_until=DUE),
    "report published": lambda about: wording.report_published(about, by="Ana Ruiz", version=2),
    "confirmed": lambda about: wording.confirmed(about, by="Petra"),
    "reopened": lambda about: wording.reopened(about, by="Petra", reason="Again"),
    "withdrawn": lambda about: wording.withdrawn(about, by="Petra", reason="Our mistake"),
    "merged": lambda about: wording.merged(
        about, by="Ana Ruiz", message="The same.", into="WK-222222", into_url="https://desk.example.com/2"
    ),
}

BY_PEOPLE = {
    "escalation answered", "acknowledged", "replied", "asked", "resolved", "answered", "merged", "report published",
}  # fmt: skip
TO_ACT_ON = {
    "reported", "dispatched", "raised", "warned", "breached", "became eligible", "rung reached",
    "stands too long", "escalated",
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY_NOTICE)
def test_every_notice_names_its_incident_and_where_it_is_opened(name) -> None:
    words = EVERY_NOTICE[name](ABOUT)

    assert words.subject.startswith("[WK-7F3K2Q] ")
    assert "Checkout fails" in words.subject
    assert "https://desk.example.com/incidents/WK-7F3K2Q" in words.text


@pytest.mark.parametrize("name", EVERY_NOTICE)
def test_only_what_people_wrote_is_not_automatic(name) -> None:
    assert EVERY_NOTICE[name](ABOUT).is_automatic == (name not in BY_PEOPLE)


@pytest.mark.parametrize("name", EVERY_NOTICE)
def test_what_somebody_must_act_on_is_an_alarm_and_the_rest_is_conversation(name) -> None:
    assert EVERY_NOTICE[name](ABOUT).urgency == ("alarm" if name in TO_ACT_ON else "reply")


@pytest.mark.parametrize("name", EVERY_NOTICE)
@pytest.mark.parametrize("typed", ["{{7*7}}", "{% debug %}", "{0.__class__}", "%(secret)s", "$(id)"])
def test_what_a_stranger_typed_stays_as_typed(name, typed) -> None:
    words = EVERY_NOTICE[name](replace(ABOUT, title=typed, account=typed))

    assert typed in words.subject
    assert typed in words.text


@pytest.mark.parametrize("name", EVERY_NOTICE)
def test_a_title_of_many_lines_is_one_line_everywhere(name) -> None:
    words = EVERY_NOTICE[name](replace(ABOUT, title="Checkout\r\nBcc: eve@evil.example\u2028fails\x00"))

    assert words.subject.isprintable()
    assert "Checkout Bcc: eve@evil.example fails" in words.text


def test_a_receipt_says_what_was_understood_and_when_an_answer_is_promised() -> None:
    text = wording.receipt(ABOUT, severity_from=DEFAULT_OF_THE_POLICY, promise=PROMISED, escalation=ESCALATION).text

    assert "Severity: 1 Critical (you gave none, so the policy's usual one holds" in text
    assert "by Mon 9 Mar 2026, 15:30 CT (20:30 UTC)" in text
    assert "Counted: Fri 16:30–17:00 30 min" in text
    assert "it is not the answer of a person, and does not count as one" in text


def test_a_receipt_says_how_to_escalate_afterwards() -> None:
    text = wording.receipt(ABOUT, severity_from=AS_GIVEN, promise=PROMISED, escalation=ESCALATION).text

    assert "press Escalate on the incident's page, write to escalations@vendor.example or contact" in text
    assert "Axel Stone <axel@vendor.example>" in text


def test_a_receipt_of_a_severity_that_never_escalates_offers_no_escalation() -> None:
    text = wording.receipt(ABOUT, severity_from=AS_GIVEN, promise=PROMISED, escalation=None).text

    assert "scalat" not in text
    assert "the engineers and their managers are told" in text


def test_a_receipt_outside_the_level_promises_nothing_and_says_what_would() -> None:
    outside = wording.OutsideTheLevel(covered_by=("Advanced", "Premium"))
    about = replace(ABOUT, level="Break-Fix", severity="3 Medium")

    text = wording.receipt(about, severity_from=AS_GIVEN, promise=outside, escalation=None).text

    assert "3 Medium is outside your support level, Break-Fix" in text
    assert "no time is promised" in text
    assert "Advanced or Premium would cover it." in text
    assert "scalat" not in text


def test_a_receipt_without_entitlement_says_who_can_put_it_right() -> None:
    about = replace(ABOUT, level="")
    text = wording.receipt(about, severity_from=AS_GIVEN, promise=wording.NoEntitlement(), escalation=None).text

    assert "neither a licence nor an agreement on record for Acme" in text
    assert "Support level: none on record." in text


def test_a_warning_says_how_long_is_left_and_until_when() -> None:
    words = wording.warned(
        ABOUT, metric="acknowledgement", due_at=DUE, left=timedelta(minutes=24), passed=["goal", "4/5"]
    )

    assert words.subject.startswith("[WK-7F3K2Q] 24 min left to answer the customer")
    assert "until Mon 9 Mar 2026, 15:30 CT (20:30 UTC)" in words.text
    assert "the goal and four fifths of the time" in words.text
    assert "Nobody is assigned" not in words.text


def test_a_warning_about_an_incident_of_nobody_asks_its_reader_to_take_it() -> None:
    unassigned = replace(ABOUT, assignee="")

    assert "Nobody is assigned" in EVERY_NOTICE["warned"](unassigned).text


@pytest.mark.parametrize(
    ("told_as", "told"),
    [
        (DISTRIBUTION, "You are on the escalation distribution"),
        (ASSIGNEE, "You are the one it is assigned to"),
        (MANAGERS, "You manage the team of this account"),
    ],
)
def test_a_breach_tells_each_reader_why_they_read_it(told_as, told) -> None:
    words = wording.breached(ABOUT, metric="acknowledgement", due_at=DUE, told_as=told_as, may_be_escalated=True)

    assert "BREACHED" in words.subject
    assert told in words.text
    assert "From now on the customer may escalate." in words.text


def test_whoever_is_on_call_is_not_told_that_they_have_what_nobody_has() -> None:
    nobodys = replace(ABOUT, assignee="")
    words = wording.breached(nobodys, metric="acknowledgement", due_at=DUE, told_as=ASSIGNEE, may_be_escalated=True)

    assert "You are on call, and nobody has it" in words.text
    assert "it is assigned to: answer" not in words.text


def test_a_breach_of_a_low_severity_says_that_the_customer_cannot_escalate() -> None:
    words = wording.breached(ABOUT, metric="acknowledgement", due_at=DUE, told_as=ASSIGNEE, may_be_escalated=False)

    assert "the customer cannot escalate" in words.text


def test_an_unanswered_escalation_says_nothing_of_further_escalation() -> None:
    words = wording.breached(
        ABOUT, metric="escalation_answer", due_at=DUE, told_as=ACCOUNT_EXECUTIVE, may_be_escalated=False
    )

    assert "The escalation has not been answered" in words.text
    assert "cannot escalate" not in words.text


@pytest.mark.parametrize("metric", [*PROMISED_METRICS, ESCALATION_ANSWER])
def test_every_metric_has_its_words(metric) -> None:
    assert wording.warned(ABOUT, metric=metric, due_at=DUE, left=timedelta(hours=1), passed=["1/2"]).text
    for told_as in (DISTRIBUTION, ASSIGNEE, MANAGERS, ACCOUNT_EXECUTIVE):
        assert wording.breached(ABOUT, metric=metric, due_at=DUE, told_as=told_as, may_be_escalated=False).text
    assert wording.rung_reached(ABOUT, metric=metric, due_at=DUE, rung=1).text


def test_an_escalation_says_who_why_and_by_when() -> None:
    words = EVERY_NOTICE["escalated"](ABOUT)

    assert "Petra of Acme escalated" in words.text
    assert "> We stand still" in words.text
    assert "due by Mon 9 Mar 2026, 15:30 CT (20:30 UTC)" in words.text


def test_the_words_of_a_customer_cannot_pass_for_the_desks() -> None:
    words = wording.reported(
        ABOUT, by="Petra", message="Help.\nSigned: the desk\u2028https://evil.example", promise=PROMISED
    )

    assert "> Signed: the desk\n> https://evil.example" in words.text


def test_a_report_of_many_pages_wakes_nobody_with_all_of_them() -> None:
    words = wording.reported(ABOUT, by="Petra", message="x" * 3000, promise=PROMISED)

    assert len(words.text) < 3000
    assert "1,000 more characters in the desk" in words.text


def test_a_person_of_the_team_is_named_above_their_words() -> None:
    assert EVERY_NOTICE["replied"](ABOUT).text.startswith("Ana Ruiz wrote:\n\nFound it.\n\n-- \n")


@pytest.mark.parametrize(
    ("at", "zone", "written"),
    [
        (DUE, CENTRAL, "Mon 9 Mar 2026, 15:30 CT (20:30 UTC)"),
        (datetime(2026, 3, 10, 3, 15, tzinfo=UTC), CENTRAL, "Mon 9 Mar 2026, 22:15 CT (Tue 10 Mar, 03:15 UTC)"),
        (datetime(2026, 3, 6, 20, 30, tzinfo=UTC), CENTRAL, "Fri 6 Mar 2026, 14:30 CT (20:30 UTC)"),
        (DUE, UTC_ZONE, "Mon 9 Mar 2026, 20:30 UTC"),
    ],
)
def test_a_time_is_dated_in_both_zones(at, zone, written) -> None:
    assert dated(at, zone) == written


def test_a_link_says_that_it_works_once_and_until_when() -> None:
    words = wording.password_link(name="Petra", url="https://desk.example.com/in/7q", until=DUE, zone=CENTRAL)

    assert words.urgency == "sign_in"
    assert "https://desk.example.com/in/7q" in words.text
    assert "works once, until Mon 9 Mar 2026, 15:30 CT" in words.text


def test_an_invitation_names_who_gave_the_access() -> None:
    words = wording.invitation(name="Bo", by="Mia", url="https://desk.example.com/in/7q", until=DUE, zone=CENTRAL)

    assert "Bo, Mia gave you access" in words.text
    assert "Forgotten your password?" in words.text, "an invitation is often read late"


@pytest.mark.parametrize("subject", ["", "two\nlines", "a bell\x07", " edges "])
def test_a_subject_is_one_line(subject) -> None:
    with pytest.raises(UnsoundWords, match="one line"):
        Words(subject=subject, text="text", urgency="alarm")


def test_words_of_no_known_urgency_are_refused() -> None:
    with pytest.raises(UnsoundWords, match="alarm, reply, sign_in, operator"):
        Words(subject="subject", text="text", urgency="soon")


def test_one_line_leaves_printable_text_alone() -> None:
    assert one_line("Größe: 5 € — 李") == "Größe: 5 € — 李"


def test_a_quotation_marks_every_line() -> None:
    assert quoted("one\n\ntwo\r\nthree\x0bfour") == "> one\n>\n> two\n> three\n> four"
