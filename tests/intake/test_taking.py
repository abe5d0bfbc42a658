"""What becomes of a mail: a report, an answer, an escalation, or nothing; and what goes back, and to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.intake.mails import DESK, a_mail
from tests.stage import chicago
from watchkeeper.core import mail as core
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reply_addresses import reply_address
from watchkeeper.intake.models import ReceivedMail
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock as desk_clock

DISTRIBUTION = "critical-escalation@vendor.example"


def said_to(address: str) -> list[str]:
    return list(Notice.objects.filter(recipient=address).order_by("queued_at", "step").values_list("step", flat=True))


# A report


def test_a_known_sender_with_proof_reports_and_gets_a_receipt_at_once(cast, take) -> None:
    mail = take(a_mail(cast.petra.email, message_id="<first@premier.example>"))
    incident = mail.incident
    assert (mail.status, mail.effect) == ("taken", core.REPORT)
    assert (incident.account, incident.reporter, incident.channel) == (cast.premium, cast.petra, "mail")
    assert incident.title == "The gateway answers 503"
    assert said_to(cast.petra.email) == ["reported:1"]
    receipt = Notice.objects.get(recipient=cast.petra.email)
    assert receipt.headers["In-Reply-To"] == "<first@premier.example>"
    assert receipt.headers["Reply-To"] == reply_address(incident, cast.petra)
    assert receipt.headers["Auto-Submitted"] == "auto-generated"


def test_its_clock_counts_from_when_it_arrived_and_its_receipt_acknowledges_nothing(cast, take, clock) -> None:
    clock.set(chicago("2026-03-02 10:30"))
    arrived = chicago("2026-03-02 10:12")
    incident = take(a_mail(cast.petra.email), door="imap", arrived_at=arrived).incident
    assert incident.received_at == arrived
    assert incident.acknowledged_at is None
    event = incident.events.get(number=1)
    assert (event.at, event.source) == (arrived, "mail")
    assert event.recorded_at > arrived


def test_a_server_that_is_ahead_of_us_makes_nothing_count_from_the_future(cast, take) -> None:
    incident = take(a_mail(cast.petra.email), door="imap", arrived_at=desk_clock.now() + timedelta(days=1)).incident
    assert incident.received_at <= desk_clock.now()


@pytest.mark.parametrize(
    ("line", "severity", "says"),
    [("Severity: 1", 1, "as you gave it"), ("severity: high", 2, "as you gave it"), ("", 2, "you gave none")],
)
def test_a_line_at_the_top_says_the_severity_and_the_receipt_what_was_understood(
    cast, take, line, severity, says
) -> None:
    incident = take(a_mail(cast.petra.email, f"{line}\n\nIt is down.")).incident
    assert incident.severity == severity
    assert says in Notice.objects.get(recipient=cast.petra.email).text


def test_a_severity_that_does_not_exist_loses_no_word(cast, take) -> None:
    incident = take(a_mail(cast.petra.email, "Severity: purple\n\nIt is down.")).incident
    assert incident.severity == 2
    assert "Severity: purple" in incident.messages.get(is_public=True).body


# An answer


@pytest.fixture
def incident(cast, take) -> Incident:
    return take(a_mail(cast.petra.email)).incident


def test_an_answer_to_ones_own_address_goes_on_the_incident(cast, take, incident) -> None:
    mail = take(a_mail(cast.petra.email, "It still is.", to=reply_address(incident, cast.petra)))
    assert (mail.effect, mail.incident) == (core.SAY, incident)
    assert incident.events.latest("number").kind == "answered"
    assert said_to(cast.petra.email) == ["reported:1"], "nobody is told what they wrote"


def test_an_answer_by_message_id_goes_on_where_its_sender_takes_part(cast, take, incident) -> None:
    receipt = Notice.objects.get(recipient=cast.petra.email)
    mail = take(a_mail(cast.petra.email, "Here is the log.", answers=receipt.headers["Message-ID"]))
    assert (mail.effect, mail.incident) == (core.SAY, incident)


def test_a_reference_in_the_subject_alone_moves_nothing_and_the_team_is_told(cast, take, incident) -> None:
    mail = take(a_mail(cast.petra.email, subject=f"Re: [{incident.reference}] The gateway"))
    assert mail.effect == core.REPORT
    assert mail.incident != incident
    note = mail.incident.messages.get(is_public=False)
    assert incident.reference in note.body
    assert said_to(cast.petra.email) == ["reported:1"], "what may answer a receipt gets none"


def test_what_was_quoted_stays_beneath_what_is_new(cast, take, incident) -> None:
    text = (
        "Still down.\n\nOn Mon, 2 Mar 2026 at 10:00, Support wrote:\n> We have your report.\n> Its reference is there."
    )
    take(a_mail(cast.petra.email, text, to=reply_address(incident, cast.petra)))
    body = incident.messages.latest("event__number").body
    assert body.startswith("Still down.")
    assert "> " in body
    assert "We have your report." in body


def test_an_answer_to_what_is_closed_is_a_new_incident_that_says_so(cast, take, incident) -> None:
    verbs.withdraw(incident, by=cast.petra, reason="Found it.")
    mail = take(a_mail(cast.petra.email, "Again!", to=reply_address(incident, cast.petra)))
    assert mail.incident != incident
    assert incident.reference in mail.incident.messages.get(is_public=False).body
    assert _linked(incident) == [mail.incident.reference]
    assert _linked(mail.incident) == [incident.reference]
    incident.refresh_from_db()
    assert incident.state == "closed"


@pytest.mark.parametrize("verdict", ["fail", ""])
def test_without_proof_nothing_is_linked_to_what_is_closed(cast, take, incident, verdict) -> None:
    verbs.withdraw(incident, by=cast.petra, reason="Found it.")
    mail = take(a_mail(cast.petra.email, "Again!", to=reply_address(incident, cast.petra), verdict=verdict))
    assert (_linked(incident), _linked(mail.incident)) == ([], [])


def test_the_desk_shows_on_both_that_it_was_reported_again(cast, take, incident, browser_of) -> None:
    from django.urls import reverse

    verbs.withdraw(incident, by=cast.petra, reason="Found it.")
    mail = take(a_mail(cast.petra.email, "Again!", to=reply_address(incident, cast.petra)))
    for one, other in ((incident, mail.incident), (mail.incident, incident)):
        page = browser_of(cast.ana).get(reverse("desk-incident", args=[one.reference])).content.decode()
        assert other.reference in page


def _linked(incident: Incident) -> list[str]:
    return [event.data["to"] for event in incident.events.filter(kind="linked")]


# The team


def test_an_engineer_answers_by_mail_and_that_acknowledges(cast, take, incident) -> None:
    mail = take(a_mail(cast.ana.email, "I am on it.", to=reply_address(incident, cast.ana)))
    incident.refresh_from_db()
    assert (mail.effect, incident.state) == (core.SAY, "acknowledged")
    assert "replied:3" in said_to(cast.petra.email)


@pytest.mark.parametrize("verdict", ["fail", "none", ""])
def test_who_only_says_to_be_of_the_team_says_nothing(cast, take, incident, verdict) -> None:
    before = incident.events.count()
    mail = take(a_mail(cast.ana.email, "Send me the keys.", to=reply_address(incident, cast.ana), verdict=verdict))
    assert mail.status == "quarantined"
    assert incident.events.count() == before
    assert said_to(cast.petra.email) == ["reported:1"]


@pytest.mark.parametrize("of", ["nobody", "a colleague", "the customer", "a forger"])
def test_the_team_needs_the_address_that_it_was_given(cast, take, incident, of) -> None:
    address = {
        "nobody": DESK,
        "a colleague": reply_address(incident, cast.bo),
        "the customer": reply_address(incident, cast.petra),
        "a forger": reply_address(incident, cast.ana).replace("@", "a@")[1:],
    }[of]
    receipt = Notice.objects.get(recipient=cast.petra.email).headers["Message-ID"]
    mail = take(a_mail(cast.ana.email, "Closed.", to=address, answers=receipt))
    assert mail.status == "quarantined"


@pytest.mark.parametrize("lost", ["place", "team", "role", "role but for reading"])
def test_who_lost_the_right_cannot_use_the_mail_of_yesterday(cast, take, incident, lost) -> None:
    address = reply_address(incident, cast.ana)
    if lost == "place":
        cast.ana.is_active = False
    elif lost == "role":
        cast.ana.roles = ["administrator"]
    elif lost == "role but for reading":
        cast.ana.roles = ["account_executive"]
        cast.premium.account_executive = cast.ana
        cast.premium.save()
    else:
        cast.premium.team.members.remove(cast.ana)
        from watchkeeper.people.models import Team

        Team.objects.create(name="Elsewhere").members.add(cast.ana)
    cast.ana.save()
    before = incident.events.count()
    assert take(a_mail(cast.ana.email, "On it.", to=address)).status == "quarantined"
    assert incident.events.count() == before


# Strangers, and those who have no proof


@pytest.mark.parametrize("way", ["subject", "message-id", "reply address", "Cc"])
def test_a_stranger_gets_into_no_thread_and_nothing_back(cast, take, incident, way) -> None:
    receipt = Notice.objects.get(recipient=cast.petra.email).headers["Message-ID"]
    how = {
        "subject": {"subject": f"Re: [{incident.reference}] gateway"},
        "message-id": {"answers": receipt},
        "reply address": {"to": reply_address(incident, cast.petra)},
        "Cc": {"Cc": f"{cast.petra.email}, mallory@elsewhere.example"},
    }[way]
    before, notices = incident.events.count(), Notice.objects.count()
    mail = take(a_mail("mallory@elsewhere.example", **how))
    assert (mail.status, mail.incident) == ("quarantined", None)
    assert incident.events.count() == before
    assert incident.participants.count() == 1
    assert Notice.objects.count() == notices


def test_a_colleague_of_the_customer_who_takes_no_part_opens_their_own(cast, take, incident) -> None:
    from watchkeeper.people.models import Person

    pia = Person.objects.create_person(
        "pia@premier.example", name="Pia", password=None, roles=["customer"], account=cast.premium
    )
    receipt = Notice.objects.get(recipient=cast.petra.email).headers["Message-ID"]
    mail = take(a_mail(pia.email, answers=receipt))
    assert (mail.effect, mail.incident.reporter) == (core.REPORT, pia)
    assert incident.reference in mail.incident.messages.get(is_public=False).body


def test_a_customer_of_another_account_learns_nothing_by_a_message_id(cast, take, incident) -> None:
    receipt = Notice.objects.get(recipient=cast.petra.email).headers["Message-ID"]
    mail = take(a_mail(cast.basil.email, answers=receipt, subject=f"[{incident.reference}]"))
    assert mail.incident.account == cast.basic
    assert not mail.incident.messages.filter(body__contains=incident.reference).exists()


@pytest.mark.parametrize("verdict", ["fail", "none", ""])
def test_a_known_address_without_proof_is_taken_and_hears_nothing_until_confirmed(cast, take, verdict) -> None:
    mail = take(a_mail(cast.petra.email, verdict=verdict))
    incident = mail.incident
    assert (mail.effect, incident.is_unverified) == (core.REPORT_UNVERIFIED, True)
    assert incident.due_at is not None, "its clock runs"
    assert Notice.objects.filter(incident_id=incident.pk, step="reported:1").exists(), "the team is told"
    verbs.reply(incident, by=cast.ana, text="We look into it.")
    assert said_to(cast.petra.email) == []
    verbs.confirm_sender(incident, by=cast.ana)
    assert said_to(cast.petra.email) == ["replied:3", "reported:1"]
    verbs.reply(incident, by=cast.ana, text="And on.")
    assert len(said_to(cast.petra.email)) == 3


@pytest.mark.parametrize(
    "forged",
    [
        {"verdict": "", "Authentication-Results": "mx.elsewhere.example; dmarc=pass header.from=premier.example"},
        {"verdict": "", "X-Authentication-Results": "mx.support.example; dmarc=pass header.from=premier.example"},
        {"verdict": "fail", "Authentication-Results": "mx.elsewhere.example; dmarc=pass header.from=premier.example"},
    ],
    ids=["another server's", "another header", "beside ours"],
)
def test_only_our_own_mail_server_gives_proof(cast, take, forged) -> None:
    assert take(a_mail(cast.petra.email, **forged)).effect == core.REPORT_UNVERIFIED


# What nobody wrote


@pytest.mark.parametrize(
    "sign",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.premier.example>"},
        {"Return_Path": "<>"},
    ],
)
def test_what_a_machine_sent_is_no_answer_no_report_and_gets_nothing(cast, take, incident, sign) -> None:
    before, notices = incident.events.count(), Notice.objects.count()
    mail = take(a_mail(cast.petra.email, "I am away.", to=reply_address(incident, cast.petra), **sign))
    assert (mail.status, mail.effect) == ("dropped", core.DROP)
    assert (incident.events.count(), Notice.objects.count()) == (before, notices)


def test_our_own_mail_that_comes_back_does_nothing(cast, take, incident) -> None:
    own = Notice.objects.get(recipient=cast.petra.email).headers["Message-ID"]
    assert take(a_mail(cast.petra.email, message_id=own)).effect == core.DROP


def test_no_header_of_a_mail_sets_anything_and_the_team_reads_what_was_tried(cast, take) -> None:
    incident = take(a_mail(cast.petra.email, X_Zammad_Priority="1", X_Desk_Ack="yes")).incident
    assert (incident.severity, incident.state) == (2, "new")
    assert "x-zammad-priority" in incident.messages.get(is_public=False).body


# Once


def test_a_mail_that_comes_by_two_mailboxes_is_one_incident(cast, take) -> None:
    raw = a_mail(cast.petra.email)
    first = take(raw, door="imap", mailbox="a")
    again = take(b"Received: by elsewhere.example\r\n" + raw, door="imap", mailbox="b")
    assert Incident.objects.count() == 1
    assert (first.status, again.status) == ("taken", "dropped")
    assert len(said_to(cast.petra.email)) == 1


def test_a_mail_that_is_fetched_again_is_kept_once(cast, take) -> None:
    raw = a_mail(cast.petra.email)
    assert {take(raw, door="imap", mailbox="a").pk for _ in range(5)} == {ReceivedMail.objects.get().pk}


def test_a_copy_with_proof_does_what_one_that_waits_without_could_not(cast, take, incident) -> None:
    raw = a_mail(cast.ana.email, "On it.", to=reply_address(incident, cast.ana), verdict="")
    proof = b"Authentication-Results: mx.support.example; dmarc=pass header.from=vendor.example\r\n"
    assert take(raw, mailbox="a").status == "quarantined"
    assert take(proof + raw, mailbox="b").effect == core.SAY


# Escalation


@pytest.fixture
def breached(cast, take, clock, look_again) -> Incident:
    incident = take(a_mail(cast.petra.email, "Severity: 1\n\nDown.")).incident
    clock.set(incident.due_at + timedelta(seconds=1))
    return look_again(incident)


def distribution(incident: Incident) -> str:
    from watchkeeper.incidents.reading import standing_of

    promise = standing_of(incident).promise
    assert promise is not None
    return promise.contacts["escalation"].emails[0]


def test_a_mail_to_the_distribution_that_names_an_incident_escalates_it(cast, take, breached) -> None:
    mail = take(a_mail(cast.petra.email, f"{breached.reference} is still down.", to=distribution(breached)))
    breached.refresh_from_db()
    assert (mail.effect, breached.is_escalated) == (core.ESCALATE, True)


def test_before_the_breach_it_is_refused_with_the_reason_and_what_was_written_is_kept(cast, take, incident) -> None:
    mail = take(a_mail(cast.petra.email, f"{incident.reference} is urgent.", to=distribution(incident)))
    incident.refresh_from_db()
    assert (incident.is_escalated, mail.incident) == (False, incident)
    assert "is urgent." in incident.messages.latest("event__number").body
    refusal = Notice.objects.get(recipient=cast.petra.email, step="answered:2")
    assert "the promise is still running" in refusal.text


@pytest.mark.parametrize("verdict", ["fail", ""])
def test_nobody_escalates_without_proof(cast, take, breached, verdict) -> None:
    mail = take(a_mail(cast.petra.email, breached.reference, to=distribution(breached), verdict=verdict))
    breached.refresh_from_db()
    assert (mail.effect, breached.is_escalated) == (core.REPORT_UNVERIFIED, False)


def test_a_mail_to_the_distribution_that_names_nothing_is_an_incident_and_the_team_is_told(
    cast, take, incident
) -> None:
    mail = take(a_mail(cast.petra.email, to=distribution(incident)))
    assert mail.effect == core.REPORT
    assert "escalation distribution" in mail.incident.messages.get(is_public=False).body


# Limits


def test_reports_of_one_address_get_five_receipts_an_hour(cast, take, clock) -> None:
    for number in range(7):
        take(a_mail(cast.petra.email, subject=f"Report {number}"))
    assert Incident.objects.count() == 7
    assert len(said_to(cast.petra.email)) == 5


def test_forged_reports_do_not_bury_the_team(cast, take) -> None:
    mails = [take(a_mail(cast.petra.email, subject=f"Report {number}", verdict="")) for number in range(8)]
    assert [mail.status for mail in mails] == ["taken"] * 5 + ["quarantined"] * 3
