"""What a mail on an incident asks for beside what it says: the act of the button, under its rules."""

from __future__ import annotations

import pytest

from tests.intake.mails import a_mail
from watchkeeper.core import mail as core
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reply_addresses import reply_address
from watchkeeper.notify.models import Notice


@pytest.fixture
def incident(cast, take) -> Incident:
    return take(a_mail(cast.petra.email)).incident


@pytest.fixture
def says(take, incident):
    """``says(person, text)``: what became of an answer of theirs, to the address that they were given."""
    numbers = iter(range(100))

    def said(person, text: str, **how):
        where = how.pop("to", None) or reply_address(incident, person)
        message_id = f"<answer-{next(numbers)}@{person.email.partition('@')[2]}>"
        mail = take(a_mail(person.email, text, to=where, message_id=message_id, **how))
        incident.refresh_from_db()
        return mail

    return said


def kinds(incident: Incident) -> list[str]:
    return [kind for kind in incident.events.order_by("number").values_list("kind", flat=True) if kind != "noted"]


def told(address: str) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(recipient=address).order_by("queued_at", "step")]


# A customer


@pytest.mark.parametrize("line", ["Severity: 1", "severity: critical", "**Schweregrad:** 1"])
def test_a_customer_raises_the_severity_in_an_answer_and_is_told_what_was_understood(
    cast, says, incident, line
) -> None:
    mail = says(cast.petra, f"{line}\n\nNow all of our shops stand still.")
    assert (mail.status, incident.severity) == ("taken", 1)
    assert kinds(incident) == ["reported", "classified", "answered"]
    raised = incident.events.get(kind="classified")
    assert raised.data["reason"] == "Now all of our shops stand still."
    assert (raised.source, raised.person) == ("mail", cast.petra)
    assert incident.messages.latest("event__number").body == "Now all of our shops stand still."
    assert "Petra changed the severity from 2 High to 1 Critical." in "\n".join(told(cast.petra.email))
    assert Notice.objects.filter(subject__contains="Raised to 1 Critical").exists(), "whoever is on call is told"


def test_the_line_alone_raises_it_as_well(cast, says, incident) -> None:
    says(cast.petra, "Severity: 1")
    assert incident.severity == 1
    assert kinds(incident) == ["reported", "classified"]
    assert incident.events.get(kind="classified").data["reason"] == "Severity: 1"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Severity: 3", "A customer may raise the severity; ask the team to lower it."),
        ("Severity: 2", "The severity is High already; choose another."),
        ("Severity: purple", '"purple" is no severity here; there are 1 Critical, 2 High, 3 Medium'),
        ("Severity: 9", '"9" is no severity here; there are 1 Critical'),
    ],
)
@pytest.mark.parametrize("text", ["It is not so bad.", ""])
def test_what_the_button_refuses_is_refused_with_the_reason_and_no_word_is_lost(
    cast, says, incident, line, why, text
) -> None:
    mail = says(cast.petra, f"{line}\n\n{text}")
    assert (mail.status, incident.severity) == ("taken", 2)
    assert kinds(incident) == ["reported", "answered"]
    assert incident.messages.latest("event__number").body == f"{line}\n\n{text}".strip()
    assert why in "\n".join(told(cast.petra.email))


def test_a_severity_is_not_raised_once_it_is_resolved(cast, says, incident) -> None:
    verbs.resolve(incident, by=cast.ana, text="The cache.")
    says(cast.petra, "Severity: 1\n\nNo.")
    assert incident.severity == 2
    assert "cannot be classified" in "\n".join(told(cast.petra.email))


@pytest.mark.parametrize("verdict", ["fail", "none", ""])
def test_nobody_raises_anything_without_proof(cast, says, incident, verdict) -> None:
    mail = says(cast.petra, "Severity: 1\n\nDown.", verdict=verdict)
    assert mail.effect == core.REPORT_UNVERIFIED
    assert (incident.severity, kinds(incident)) == (2, ["reported"])


@pytest.mark.parametrize("line", ["Resolve", "Status: resolved", "Resolved."])
def test_a_customers_word_that_it_is_solved_is_a_word(cast, says, incident, line) -> None:
    says(cast.petra, f"{line}\n\nThanks.")
    assert kinds(incident) == ["reported", "answered"]
    assert incident.messages.latest("event__number").body == f"{line}\n\nThanks."


# The team


@pytest.mark.parametrize(
    "line", ["Resolve", "resolved.", "Status: resolved", "**Status:** Resolved", "STATUS = solved", "Status: gelöst"]
)
def test_an_engineer_resolves_by_a_first_line_and_the_customer_reads_the_rest(cast, says, incident, line) -> None:
    mail = says(cast.ana, f"{line}\n\nIt was the cache.\n\nIt is emptied now.")
    assert (mail.status, incident.state, incident.assignee) == ("taken", "resolved", cast.ana)
    assert incident.messages.latest("event__number").body == "It was the cache.\n\nIt is emptied now."
    assert "Ana considers this solved:" in "\n".join(told(cast.petra.email))


def test_who_writes_nothing_else_resolves_with_words_of_the_desk(cast, says, incident) -> None:
    says(cast.ana, "Resolve")
    assert incident.state == "resolved"
    assert incident.messages.latest("event__number").body == "This is solved."


@pytest.mark.parametrize(
    "text",
    [
        "Resolve the name first, please.",
        "Hello,\n\nResolve\n\nis what we do.",
        "Status: we look into it",
        "> Resolve\n\nYes.",
        "Resolved? Not yet.",
    ],
)
def test_a_sentence_resolves_nothing(cast, says, incident, text) -> None:
    says(cast.ana, text)
    assert incident.state == "acknowledged"


@pytest.mark.parametrize("how", [{"verdict": ""}, {"verdict": "fail"}, {"of": "bo"}, {"of": "petra"}, {"lost": True}])
def test_nobody_resolves_without_all_that_a_reply_of_the_team_needs(cast, says, incident, how) -> None:
    if how.pop("lost", False):
        cast.ana.roles = ["account_executive"]
        cast.ana.save()
    of = how.pop("of", "")
    to = reply_address(incident, getattr(cast, of)) if of else None
    mail = says(cast.ana, "Resolve\n\nDone.", to=to, **how)
    assert mail.status == "quarantined"
    assert kinds(incident) == ["reported"]
    assert len(told(cast.petra.email)) == 1


def test_what_is_resolved_already_is_not_resolved_again_and_its_author_is_told(cast, says, incident) -> None:
    verbs.resolve(incident, by=cast.bo, text="The cache.")
    says(cast.ana, "Resolve\n\nThe cache, and the proxy.")
    assert kinds(incident)[-1] == "replied"
    assert incident.messages.latest("event__number").body == "The cache, and the proxy."
    assert "cannot be resolved" in "\n".join(told(cast.ana.email))


def test_an_order_that_is_refused_and_says_nothing_else_reaches_no_customer(cast, says, incident) -> None:
    verbs.resolve(incident, by=cast.bo, text="The cache.")
    before = told(cast.petra.email)
    mail = says(cast.ana, "Resolve")
    assert mail.status == "quarantined"
    assert told(cast.petra.email) == before


def test_an_engineer_lowers_the_severity_by_mail_as_by_the_button(cast, says, incident) -> None:
    says(cast.ana, "Severity: 3\n\nOnly the reports are slow.")
    assert incident.severity == 3
    assert kinds(incident) == ["reported", "classified", "dispatched", "replied"]


def test_the_notice_to_the_assignee_says_how(cast, incident) -> None:
    verbs.dispatch(incident, to=cast.ana, by=cast.mia)
    assert "Where its first line is Resolve, it resolves the incident" in "\n".join(told(cast.ana.email))
