"""A mail speaks the language of who reads it, whoever acts and whatever language their page is in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from tests.notify.stage import NAMED_SERVER
from watchkeeper.incidents import flow, verbs
from watchkeeper.notify.models import Notice
from watchkeeper.notify.outbox import fallback
from watchkeeper.people import clock
from watchkeeper.people.models import Person


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.WATCHKEEPER_SMTP = NAMED_SERVER


def speaking(person: Person, language: str) -> Person:
    person.language = language
    person.save()
    return person


def mails(incident, step: str) -> dict[str, str]:
    found = Notice.objects.filter(incident_id=incident.pk, step__startswith=step)
    return {notice.recipient: notice.text for notice in found}


@pytest.fixture
def pia(cast) -> Person:
    return Person.objects.create_person(
        "pia@premier.example", name="Pia", password=None, roles=["customer"], account=cast.premium
    )


@pytest.mark.parametrize("language_of_the_page", ["en", "de"])
def test_one_reply_is_told_to_each_in_their_own_language(cast, report, pia, language_of_the_page):
    speaking(cast.petra, "de")
    incident = report(cast.petra)
    verbs.add_participant(incident, person=pia, by=cast.petra)
    with translation.override(language_of_the_page):
        verbs.reply(incident, by=cast.ana, text="We look into it.")
    told = mails(incident, "replied")
    assert "Ana schrieb:" in told[cast.petra.email]
    assert "Ana wrote:" in told[pia.email]


def test_a_receipt_promises_in_the_reporters_language_with_their_dates(cast, report):
    speaking(cast.petra, "de")
    told = mails(report(cast.petra), "reported")[cast.petra.email]
    assert "Eine Person antwortet bis Mo, 2. Mär 2026" in told
    assert "Wir haben Ihre Meldung" in told


def test_an_address_that_is_nobodys_is_written_to_in_english(cast, report, clock):
    speaking(cast.mia, "de")
    incident = report(cast.petra, 1)
    clock.set(incident.due_at + timedelta(minutes=1))
    flow.look_at(incident)
    told = mails(incident, "breached")
    assert "die dafür zugesagte Zeit ist vorbei" in told[cast.mia.email]
    assert "the time promised for it is over" in told["escalation@vendor.example"]


@pytest.mark.parametrize("language_of_the_page", ["en", "de"])
def test_the_operators_are_told_in_english_what_was_not_delivered(cast, report, language_of_the_page):
    report(cast.petra)
    lost = Notice.objects.filter(recipient=cast.petra.email).first()
    with translation.override(language_of_the_page):
        fallback.after_failure(lost, because="no such mailbox", now=clock.now())
    told = Notice.objects.filter(recipient=fallback.OPERATORS, step=f"undelivered:{lost.pk}").first()
    assert told.subject.startswith("Not delivered by mail: ")
    assert "It will not be tried again." in told.text
