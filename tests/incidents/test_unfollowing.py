"""Stopping the mails of an incident that one follows, by one click in a mail program."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client

from tests.notify.letters import SENDER, Page, html_of, read, text_of
from tests.notify.stage import NAMED_SERVER
from tests.reading import words_of
from watchkeeper.incidents import verbs
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.leaving_links import leaving_link
from watchkeeper.notify.channels.mail.letter import written
from watchkeeper.notify.models import Notice
from watchkeeper.people.models import Person

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.WATCHKEEPER_SMTP = NAMED_SERVER
    settings.WATCHKEEPER_BASE_URL = "https://desk.example.com"


@pytest.fixture
def pia(cast) -> Person:
    return Person.objects.create_person(
        "pia@premier.example", name="Pia", password=None, roles=["customer"], account=cast.premium
    )


@pytest.fixture
def followed(cast, report, pia):
    """An incident that Petra reported and Pia follows."""
    incident = report(cast.petra)
    verbs.add_participant(incident, person=pia, by=cast.petra)
    return incident


def mails_to(person: Person) -> list:
    return [read(written(notice, sender=SENDER)) for notice in Notice.objects.filter(recipient=person.email)]


def link_of(mail) -> str:
    return urlsplit(mail["List-Unsubscribe"].strip("<>")).path


def followers(incident) -> list[str]:
    return sorted(row.person.name for row in incident.participants.select_related("person"))


def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_mail_program_stops_it_at_one_click_and_nothing_more_comes(cast, followed, pia):
    verbs.reply(followed, by=cast.ana, text="One.")
    mail = mails_to(pia)[-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stranger().post(link_of(mail), ONE_CLICK).status_code == 200
    assert followers(followed) == ["Petra"]
    left = followed.events.get(kind="left")
    assert (left.person, left.data["person"]) == (pia, pia.pk)
    assert first_flaw(cast.premium) is None
    heard = len(mails_to(pia))
    verbs.reply(followed, by=cast.ana, text="Two.")
    assert len(mails_to(pia)) == heard


def test_looking_at_the_link_changes_nothing_and_shows_one_button(followed, pia):
    path = urlsplit(leaving_link(followed, pia)).path
    page = stranger().get(path)
    assert page.status_code == 200
    assert f"Stop following {followed.reference}" in words_of(page.content)
    assert followed.title not in page.content.decode()
    assert followers(followed) == ["Petra", "Pia"]


def test_the_button_of_the_page_stops_it(followed, pia):
    path = urlsplit(leaving_link(followed, pia)).path
    assert f"You follow {followed.reference} no longer" in words_of(stranger().post(path).content)
    assert followers(followed) == ["Petra"]


def test_stopping_twice_stops_once(followed, pia):
    path = urlsplit(leaving_link(followed, pia)).path
    assert [stranger().post(path).status_code for _ in range(2)] == [200, 200]
    assert followed.events.filter(kind="left").count() == 1


def test_every_mail_to_who_was_let_in_can_be_stopped_in_its_text_too(cast, followed, pia):
    verbs.reply(followed, by=cast.ana, text="One.")
    verbs.resolve(followed, by=cast.ana, text="Done.")
    link = leaving_link(followed, pia)
    mails = mails_to(pia)
    assert len(mails) == 3
    for mail in mails:
        assert mail["List-Unsubscribe"] == f"<{link}>"
        assert link in text_of(mail)
        assert link in Page(html_of(mail)).links()


def test_no_other_mail_can_be_stopped(cast, followed, pia):
    verbs.dispatch(followed, to=cast.ana, by=cast.mia)
    verbs.reply(followed, by=cast.ana, text="One.")
    verbs.reply(followed, by=pia, text="Two.")
    others = [mail for person in (cast.petra, cast.ana, cast.bo) for mail in mails_to(person)]
    assert len(others) >= 4
    assert [mail["Subject"] for mail in others if mail["List-Unsubscribe"] or "unfollow" in text_of(mail)] == []


def test_without_encryption_no_mail_program_is_told_to_post(cast, followed, pia, settings):
    settings.WATCHKEEPER_BASE_URL = "http://127.0.0.1:8000"
    verbs.reply(followed, by=cast.ana, text="One.")
    notice = Notice.objects.get(recipient=pia.email, step__startswith="replied")
    assert "List-Unsubscribe" in notice.headers
    assert "List-Unsubscribe-Post" not in notice.headers


def test_a_link_stops_one_incident_for_one_person(cast, followed, report, pia):
    other = report(cast.petra)
    verbs.add_participant(other, person=pia, by=cast.petra)
    stranger().post(urlsplit(leaving_link(followed, pia)).path)
    assert followers(other) == ["Petra", "Pia"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_we_did_not_sign_does_not_exist(cast, followed, pia, method):
    ours = leaving_link(followed, pia).rpartition("/")[2]
    reference, key, signature = ours.split(".")
    forged = [
        f"{reference}.{cast.petra.pk}.{signature}",
        f"WK-ZZZZZZ.{key}.{signature}",
        ours[:-1] + ("A" if ours[-1] != "A" else "B"),
        f"{reference}.{key}",
        f"{reference}.{key}.",
        "x",
        signing.Signer(sep=".").sign(f"{reference}.{key}"),
    ]
    assert [getattr(stranger(), method)(f"/unfollow/{token}").status_code for token in forged] == [404] * len(forged)
    assert followers(followed) == ["Petra", "Pia"]


def test_a_link_of_who_may_not_sign_in_any_more_does_not_exist(followed, pia):
    path = urlsplit(leaving_link(followed, pia)).path
    Person.objects.filter(pk=pia.pk).update(is_active=False)
    assert stranger().post(path).status_code == 404


def test_a_link_of_a_person_who_went_to_another_account_does_not_exist(cast, followed, pia):
    path = urlsplit(leaving_link(followed, pia)).path
    Person.objects.filter(pk=pia.pk).update(account=cast.basic)
    assert stranger().post(path).status_code == 404
    assert followers(followed) == ["Petra", "Pia"]


def test_a_link_survives_a_new_secret_key_while_the_old_one_is_kept(followed, pia, settings):
    path = urlsplit(leaving_link(followed, pia)).path
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]
    assert stranger().post(path).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert stranger().post(path).status_code == 404
