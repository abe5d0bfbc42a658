"""What was said can be erased without hurting the trail, and a call counts when it was made."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stage import chicago
from watchkeeper.incidents import verbs
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.files import GivenFile
from watchkeeper.incidents.models import AttachmentChunk
from watchkeeper.incidents.moment import NotThen


def test_a_pasted_secret_is_erased_with_its_files_and_the_chain_still_holds(cast, report):
    incident = report(cast.petra)
    verbs.reply(incident, by=cast.petra, text="key=hunter2", given_files=[GivenFile("k.txt", "text/plain", b"hunter2")])
    verbs.redact(incident, number=2, by=cast.ana, reason="a credential")
    message = incident.messages.get(event__number=2)
    assert (message.body, message.erased_by) == ("", cast.ana)
    assert not AttachmentChunk.objects.exists()
    assert message.attachments.get().name == "k.txt"
    assert first_flaw(cast.premium) is None


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
