"""What the mails of a conversation carry for each who gets them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db.models import Q
from mailparser_reply import EmailReplyParser

from tests.notify.letters import SENDER, Page, html_of, read, text_of
from tests.notify.stage import NAMED_SERVER
from tests.pages.things import serve_elsewhere
from watchkeeper.core.leaving import HELD_FOR
from watchkeeper.incidents import verbs
from watchkeeper.notify.channels.mail.letter import written
from watchkeeper.notify.models import Notice


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.WATCHKEEPER_SMTP = NAMED_SERVER


def mail(incident, event, person) -> Notice:
    """What a person is told of an event."""
    return Notice.objects.get(
        incident_id=incident.pk, step=f"{event.kind}:{event.number}", recipient=person.email, channel="mail"
    )


# From whom


@pytest.mark.parametrize("verb", ["acknowledge", "reply", "ask", "resolve"])
def test_what_an_engineer_says_comes_from_them_by_name(cast, report, verb):
    incident = report(cast.petra)
    event = getattr(verbs, verb)(incident, by=cast.ana, text="We look into it.")
    assert mail(incident, event, cast.petra).speaker == "Ana"


def test_what_a_customer_says_comes_from_them(cast, report):
    incident = report(cast.petra)
    verbs.acknowledge(incident, by=cast.ana, text="Mine.")
    event = verbs.reply(incident, by=cast.petra, text="Thank you.")
    assert mail(incident, event, cast.ana).speaker == "Petra"


def test_what_the_desk_says_by_itself_comes_from_nobody_by_name(cast, report):
    incident = report(cast.petra)
    verbs.classify(incident, by=cast.ana, severity=2, reason="Milder")
    automatic = Notice.objects.filter(incident_id=incident.pk, headers__has_key="Auto-Submitted")
    assert automatic.filter(recipient=cast.petra.email).count() == 2  # the receipt, and the change
    assert set(automatic.values_list("speaker", flat=True)) == {""}


# What was said before


@pytest.fixture
def spoken_of(cast, report, clock):
    """An incident with a report, a note, an answer and a reply; what comes next carries them, or not."""
    incident = report(cast.petra, body="canary-report")
    for verb, by, text in (
        (verbs.note, cast.ana, "canary-note"),
        (verbs.acknowledge, cast.ana, "canary-acknowledged"),
        (verbs.reply, cast.petra, "canary-answer"),
    ):
        clock.advance(timedelta(minutes=1))
        verb(incident, by=by, text=text)
    clock.advance(timedelta(minutes=1))
    return incident


def canaries(text: str) -> list[str]:
    return re.findall(r"canary-\w+", text)


def sent(notice: Notice) -> str:
    """Every part of a mail, as its receiver reads it."""
    message = read(written(notice, sender=SENDER))
    return text_of(message) + html_of(message)


def test_a_reply_carries_what_was_said_before_the_newest_first(cast, spoken_of):
    event = verbs.reply(spoken_of, by=cast.ana, text="canary-new")
    message = read(written(mail(spoken_of, event, cast.petra), sender=SENDER))
    expected = ["canary-new", "canary-answer", "canary-acknowledged", "canary-report"]
    assert canaries(text_of(message)) == canaries(Page(html_of(message)).words) == expected


def test_a_note_is_in_no_mail_of_anybody(cast, spoken_of):
    verbs.reply(spoken_of, by=cast.ana, text="More.")
    verbs.reply(spoken_of, by=cast.petra, text="Thanks.")
    verbs.resolve(spoken_of, by=cast.ana, text="Done.")
    notices = Notice.objects.for_incident(spoken_of.pk)
    assert notices.exclude(history="").count() >= 3
    assert not [notice for notice in notices if "canary-note" in sent(notice)]


def test_what_is_held_is_in_no_mail_before_it_has_left(cast, spoken_of, clock):
    verbs.reply(spoken_of, by=cast.ana, text="canary-held", held_for=HELD_FOR)
    at_once = verbs.reply(spoken_of, by=cast.mia, text="At once.")
    answer = verbs.reply(spoken_of, by=cast.petra, text="Thanks.")
    assert "canary-held" not in sent(mail(spoken_of, at_once, cast.petra))
    assert "canary-held" not in sent(mail(spoken_of, answer, cast.ana))
    clock.advance(HELD_FOR)
    later = verbs.reply(spoken_of, by=cast.mia, text="Later.")
    assert "canary-held" in sent(mail(spoken_of, later, cast.petra))


def test_what_was_taken_back_is_in_no_mail(cast, spoken_of, clock):
    said = verbs.reply(spoken_of, by=cast.ana, text="canary-taken-back", held_for=HELD_FOR)
    verbs.take_back(spoken_of, number=said.number, by=cast.ana)
    clock.advance(HELD_FOR)
    event = verbs.reply(spoken_of, by=cast.ana, text="Hello.")
    assert "canary-taken" not in sent(mail(spoken_of, event, cast.petra))


def test_what_is_erased_goes_from_the_mails_that_repeated_it(cast, spoken_of):
    said = verbs.reply(spoken_of, by=cast.ana, text="canary-secret")
    verbs.reply(spoken_of, by=cast.ana, text="More.")
    assert Notice.objects.filter(history__contains="canary-secret").exists()
    verbs.redact(spoken_of, number=said.number, by=cast.mia, reason="A password")
    event = verbs.reply(spoken_of, by=cast.ana, text="Again.")
    assert not Notice.objects.filter(Q(history__contains="canary-secret") | Q(text__contains="canary-secret")).exists()
    assert "canary-answer" in mail(spoken_of, event, cast.petra).history


def test_who_may_not_read_the_incident_any_more_gets_the_words_and_no_history(cast, spoken_of):
    verbs.dispatch(spoken_of, to=cast.ana, by=cast.mia)
    serve_elsewhere(cast.premium)
    event = verbs.reply(spoken_of, by=cast.petra, text="Hello?")
    assert mail(spoken_of, event, cast.ana).history == ""


def test_what_the_desk_says_by_itself_repeats_nothing(cast, spoken_of):
    verbs.classify(spoken_of, by=cast.ana, severity=2, reason="Milder")
    assert not Notice.objects.filter(headers__has_key="Auto-Submitted").exclude(history="").exists()


def test_an_earlier_account_of_another_incident_is_never_repeated(cast, report, spoken_of):
    other = report(cast.petra, body="Something else")
    event = verbs.reply(other, by=cast.ana, text="Hello.")
    assert canaries(sent(mail(other, event, cast.petra))) == []


def test_a_history_speaks_the_language_of_its_reader(cast, spoken_of):
    cast.petra.language = "de"
    cast.petra.save()
    event = verbs.reply(spoken_of, by=cast.ana, text="Hello.")
    assert " schrieb Ana:" in mail(spoken_of, event, cast.petra).history


@pytest.mark.parametrize("language", ["en", "de"])
def test_programs_that_look_for_the_newest_words_find_them(cast, spoken_of, language):
    cast.petra.language = language
    cast.petra.save()
    event = verbs.reply(spoken_of, by=cast.ana, text="The newest words.")
    text = text_of(read(written(mail(spoken_of, event, cast.petra), sender=SENDER)))
    newest = EmailReplyParser(languages=["en", "de"]).read(text).latest_reply
    assert "The newest words." in newest
    assert canaries(newest) == []


def test_a_long_history_is_cut_and_says_so(cast, spoken_of):
    for number in range(12):
        event = verbs.reply(spoken_of, by=cast.ana, text=f"canary-{number} " + "long " * 1000)
    history = mail(spoken_of, event, cast.petra).history
    assert len(history) < 12_000
    assert history.startswith("On ")
    assert canaries(history) == [f"canary-{number}" for number in (10, 9, 8, 7)]
    assert "What was said before stands on the incident's page." in history
