"""Letters in the installation's own words: what may be changed, what cannot be left out, and that text stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from tests.cast import raise_curtain
from tests.notify.letters import notice_of, page_of, read, text_of
from tests.notify.test_wording import ABOUT
from watchkeeper.notify import letters, outbox, wording
from watchkeeper.notify.channels.mail.letter import written
from watchkeeper.notify.models import LetterWording, Notice
from watchkeeper.notify.wording.composing import reworded
from watchkeeper.notify.wording.letters import LETTERS
from watchkeeper.notify.wording.samples import sample
from watchkeeper.notify.wording.template import Template
from watchkeeper.notify.wording.unsound import complaints
from watchkeeper.people.access import Refused
from watchkeeper.people.language import speaking_to

SENDER = "Support <desk@example.com>"
RECEIPT = Template(
    "We are on it: {title}",
    "Dear customer of {account}, thank you. Yours is {reference}.\n\n{understood}\n\n{promise}\n\n{automatic}\n\n"
    "{escalation}\n\n{go_on}",
)


@pytest.fixture
def mia(at_the_desk: None):
    return raise_curtain().mia


def said(words: wording.Words) -> Notice:
    """What the outbox makes of words."""
    to = outbox.Recipient("petra@premier.example", "Petra")
    return outbox.queue(outbox.Saying(step="receipt", to=to, words=words, account_id=None))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", LETTERS)
def test_every_letter_is_sound_as_it_is_shipped(kind: str, language: str) -> None:
    assert complaints(LETTERS[kind], LETTERS[kind].shipped(language)) == {}


@pytest.mark.parametrize("kind", LETTERS)
def test_the_shipped_template_is_what_a_letter_says_without_one(kind: str) -> None:
    with translation.override("de"):
        words = sample(kind)
    assert reworded(words, LETTERS[kind].shipped("de")) == words


def test_what_a_manager_writes_is_said_from_then_on_and_only_in_that_language(mia) -> None:
    letters.word("receipt", "en", RECEIPT, by=mia)
    with translation.override("en"):
        ours = said(sample("receipt"))
    with translation.override("de"):
        theirs = sample("receipt")
    assert ours.subject == "[WK-7F3K42] We are on it: The gateway answers 503 since ten"
    assert ours.text.startswith("Dear customer of Northwind, thank you. Yours is WK-7F3K42.\n\nSeverity: 1 Critical")
    assert "A person will answer by Mon 9 Mar 2026, 12:12 CT (17:12 UTC)." in ours.text
    to = outbox.Recipient("paula@premier.example")
    german = outbox.queue(outbox.Saying(step="receipt", to=to, words=theirs, account_id=None))
    assert (german.subject, german.text) == (theirs.subject, theirs.text)


def test_a_persons_own_words_stay_theirs_wherever_a_template_puts_them(mia) -> None:
    letters.word("replied", "en", Template("{title}", "{message}\n\nThis was {by}. Call us at *any* time."), by=mia)
    with translation.override("en"):
        notice = said(sample("replied"))
    prose = notice.text[notice.prose_from : notice.prose_to]
    assert prose == "The second node ran out of **file handles**. It is back; I am looking for the reason."
    shown = page_of(
        notice_of(reworded(sample("replied"), Template("{title}", "{message}\n\nThis was {by}, *really*.")))
    )
    assert "strong" in shown.tags(), "their Markdown"
    assert "*really*" in shown.words, "a template is none"
    assert notice.text.endswith(
        "-- \nWK-7F3K42  The gateway answers 503 since ten\nhttps://desk.example.com/incidents/WK-7F3K42\n"
    )


@pytest.mark.parametrize(
    "nasty",
    ["{{7*7}}", "{% debug %}", "{0.__class__}", "${7*7}", "{by.__class__.__mro__}", "{{ by }}", "{message}", "{title}"],
)
def test_what_strangers_typed_is_never_looked_at_for_variables(nasty: str) -> None:
    words = wording.replied(replace(ABOUT, title=nasty), by=nasty, message=nasty)
    told = reworded(words, Template("{title}", "{by} wrote:\n\n{message}"))
    assert told.subject == f"[WK-7F3K2Q] {nasty}"
    assert told.text.startswith(f"{nasty} wrote:\n\n{nasty}\n")


@pytest.mark.parametrize("typed", ["{{7*7}}", "{% debug %}", "{0.__class__}"])
def test_a_template_is_no_language(mia, typed: str) -> None:
    letters.word("confirmed", "en", Template("{title}", f"{typed} {{by}}"), by=mia)
    with translation.override("en"):
        assert said(sample("confirmed")).text.startswith(f"{typed} Petra Novak\n")


@pytest.mark.parametrize(
    ("subject", "body", "field", "complaint"),
    [
        (
            "{title}",
            "{by} and {autor}\n\n{message}",
            "body",
            "{autor} is none of the variables here. There are {by}, {message}",
        ),
        ("{titel}", "{by}\n\n{message}", "subject", "{titel} is none of the variables here."),
        ("{message}", "{by}\n\n{message}", "subject", "{message} is none of the variables here."),
        ("{title}", "{by} says nothing", "body", "It has to say {message}."),
        ("{title}", "{message}", "body", "It has to say {by}."),
        ("{title}", "{by} says {message}", "body", "{message} stands in a paragraph of its own"),
        ("{title}", "{by}\n\n{message}\n\n{message}", "body", "It says {message} more than once."),
        ("", "{by}\n\n{message}", "subject", "Write a subject."),
        ("a\r\nBcc: all@example.com", "{by}\n\n{message}", "subject", "A subject is one line"),
        ("a\u2028b", "{by}\n\n{message}", "subject", "A subject is one line"),
        ("x" * 151, "{by}\n\n{message}", "subject", "It has 151 characters; 150 are the most."),
        ("{title}", "{by}\n\n{message}\n\n" + "x" * 4000, "body", "4000 are the most."),
        ("{title}", "{by}\n\n{message}\0", "body", "It holds marks that cannot be seen"),
        ("{title}", "{by}\n\n{message}\u202e", "body", "It holds marks that cannot be seen"),
    ],
)
def test_words_that_a_letter_must_not_have_are_refused(mia, subject, body, field, complaint) -> None:
    with translation.override("en"), pytest.raises(letters.Unsound) as refused:
        letters.word("replied", "en", Template(subject, body), by=mia)
    assert any(each.startswith(complaint) or complaint in each for each in refused.value.complaints[field])
    assert not LetterWording.objects.exists()


@pytest.mark.parametrize("kind", ["receipt", "classified", "resolved", "invitation"])
def test_no_template_leaves_out_what_is_promised_until_when(kind: str) -> None:
    until = {"receipt": "promise", "classified": "promise", "resolved": "closes_at", "invitation": "until"}[kind]
    letter = LETTERS[kind]
    body = "\n\n".join(f"{{{name}}}" for name in letter.must_say if name != until)
    assert list(complaints(letter, Template("x", body))) == ["body"]


def test_no_template_reaches_the_headers_or_the_foot(mia) -> None:
    about = replace(ABOUT, title="x\r\nBcc: all@example.com", unfollow_url="https://d.example/u")
    words = wording.replied(about, by="Ana\r\nBcc: a@b.example", message="Found it.")
    notice = notice_of(reworded(words, Template("{title} by {by}", "{by}\n\n{message}")))
    mail = read(written(notice, sender=SENDER))
    assert mail["Bcc"] is None
    assert mail["Subject"] == "[WK-7F3K2Q] x Bcc: all@example.com by Ana Bcc: a@b.example"
    assert "Stop following it: https://d.example/u" in text_of(mail)


def test_the_versions_are_kept_with_who_and_when_and_the_shipped_words_come_back(mia, clock) -> None:
    letters.word("confirmed", "en", Template("{title}", "First: {by}"), by=mia)
    letters.word("confirmed", "en", Template("{title}", "Second: {by}"), by=mia)
    assert letters.wording_in_force("confirmed", "en").body == "Second: {by}"
    letters.go_back_to_shipped("confirmed", "en", by=mia)
    assert letters.wording_in_force("confirmed", "en") == LETTERS["confirmed"].shipped("en")
    with translation.override("en"):
        assert said(sample("confirmed")).text == sample("confirmed").text
    kept = LetterWording.objects.of("confirmed", "en")
    assert [(each.number, each.body, each.is_shipped, each.written_by) for each in kept] == [
        (3, "", True, mia),
        (2, "Second: {by}", False, mia),
        (1, "First: {by}", False, mia),
    ]


@pytest.mark.parametrize("statement", ["update notify_letterwording set body = ''", "delete from notify_letterwording"])
def test_no_version_is_changed_afterwards(mia, statement: str) -> None:
    letters.word("confirmed", "en", Template("{title}", "{by}"), by=mia)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_only_managers_word_letters(at_the_desk: None) -> None:
    ana = raise_curtain().ana
    with pytest.raises(Refused):
        letters.word("confirmed", "en", Template("{title}", "{by}"), by=ana)
    with pytest.raises(Refused):
        letters.go_back_to_shipped("confirmed", "en", by=ana)


def test_a_mail_that_a_customer_causes_is_in_the_installations_words_as_well(mia) -> None:
    """Their transaction stands for their account alone."""
    from watchkeeper.people.models import Account
    from watchkeeper.people.wall import stand_for

    letters.word("confirmed", "en", Template("{title}", "Ours: {by}"), by=mia)
    account = Account.objects.get(slug="premier")
    stand_for(account)
    with speaking_to(None):
        words = sample("confirmed")
    to = outbox.Recipient("ana@vendor.example")
    notice = outbox.queue(outbox.Saying(step="x", to=to, words=words, account_id=account.pk))
    assert notice.text.startswith("Ours: Petra Novak\n")


def test_what_a_variable_holds_fills_in_no_other() -> None:
    words = wording.replied(replace(ABOUT, title="about {by}"), by="the {account}", message="{reference} {title}")
    told = reworded(words, Template("{title}", "{by} wrote:\n\n{message}"))
    assert told.subject == "[WK-7F3K2Q] about {by}"
    assert told.text.startswith("the {account} wrote:\n\n{reference} {title}\n")


@pytest.mark.parametrize(
    "name", ["Ana\n\nPay here: https://evil.example", "Ana\r\n-- \r\nYours", "Ana\u2028\u2028> yes"]
)
def test_a_name_of_several_lines_writes_no_paragraph_of_ours(name: str) -> None:
    words = wording.replied(ABOUT, by=name, message="Found it.")
    assert words.text.splitlines()[:3] == [f"{' '.join(name.split())} wrote:", "", "Found it."]
