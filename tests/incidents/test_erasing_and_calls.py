"""What was said can be erased without hurting the trail, and a call counts when it was made."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.stage import chicago
from watchkeeper.incidents import verbs
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.files import GivenFile
from watchkeeper.incidents.models import AttachmentChunk
from watchkeeper.incidents.moment import NotThen
from watchkeeper.notify.models import Notice


def test_a_pasted_secret_is_erased_with_its_files_and_the_chain_still_holds(cast, report):
    incident = report(cast.petra)
    verbs.reply(incident, by=cast.petra, text="key=hunter2", given_files=[GivenFile("k.txt", "text/plain", b"hunter2")])
    verbs.redact(incident, number=2, by=cast.ana, reason="a credential")
    message = incident.messages.get(event__number=2)
    assert (message.body, message.erased_by) == ("", cast.ana)
    assert not AttachmentChunk.objects.exists()
    assert message.attachments.get().name == "k.txt"
    assert first_flaw(cast.premium) is None


def test_the_mails_that_told_of_it_are_erased_too_and_those_that_wait_are_called_off(cast, report):
    incident = report(cast.petra)
    verbs.reply(incident, by=cast.ana, text="Use the key hunter2.")
    said = incident.events.get(kind="replied")
    sent, waiting = (notice_of(incident, said.number, address) for address in ("was-sent@x.example", "waits@x.example"))
    sent.status, sent.finished_at = sent.Status.SENT, sent.queued_at
    sent.save()
    verbs.redact(incident, number=said.number, by=cast.ana, reason="a credential")
    for notice in Notice.objects.for_incident(incident.pk):
        assert "hunter2" not in notice.text
    waiting.refresh_from_db()
    sent.refresh_from_db()
    assert (waiting.status, sent.status) == ("suppressed", "sent")
    assert "503" in Notice.objects.for_incident(incident.pk).filter(step="reported:1").first().text


def notice_of(incident, number, address):
    notice = Notice.objects.for_incident(incident.pk).filter(step=f"replied:{number}").first()
    notice.pk, notice.recipient, notice.status, notice.finished_at = uuid4(), address, "queued", None
    notice.save(force_insert=True)
    return notice


def test_what_is_erased_is_not_erased_again(cast, report):
    incident = report(cast.petra)
    verbs.redact(incident, number=1, by=cast.ana, reason="a credential")
    with pytest.raises(verbs.NotPossible, match="erased already"):
        verbs.redact(incident, number=1, by=cast.ana, reason="a credential")


def test_a_logged_call_counts_when_it_was_made_and_says_where_its_time_comes_from(cast, report, clock):
    incident = report(cast.petra)
    clock.advance(timedelta(minutes=30))
    call = verbs.log_call(
        incident, by=cast.ana, called_at=chicago("2026-03-02 10:10"), caller="Petra", call_back="", text="It is slower."
    )
    assert (call.at, call.source) == (chicago("2026-03-02 10:10"), "telephone")
    assert call.recorded_at == chicago("2026-03-02 10:30")


def test_a_call_acknowledges_nothing(cast, report, clock):
    incident = report(cast.petra)
    clock.advance(timedelta(minutes=5))
    at = chicago("2026-03-02 10:02")
    verbs.log_call(incident, by=cast.ana, called_at=at, caller="Petra", call_back="", text="It is slower.")
    assert incident.acknowledged_at is None


def test_a_call_yet_to_come_is_refused(cast, report):
    at = chicago("2026-03-02 11:00")
    with pytest.raises(NotThen, match="yet to come"):
        verbs.log_call(report(cast.petra), by=cast.ana, called_at=at, caller="Petra", call_back="", text="Hello")
