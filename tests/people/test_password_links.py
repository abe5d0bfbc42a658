"""Links to set a password: nobody learns who is known here, and a link works once, in time, for one person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlsafe_base64_encode
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import PASSWORD, POLICY
from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.notify.models import Notice
from watchkeeper.notify.password_links.sending import send_if_known
from watchkeeper.people.models import Person
from watchkeeper.people.sign_in import attempts
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.publishing import publish_first

DESK = "https://desk.example.com"
NEW = "seven quiet herons over mud"
HOUR = timedelta(hours=1)
VOID = "This link does not work"


@pytest.fixture(autouse=True)
def by_mail(settings) -> None:
    settings.WATCHKEEPER_BASE_URL = DESK
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url("smtp://mail.example.com")
    settings.WATCHKEEPER_ALARM_WEBHOOK = None
    settings.WATCHKEEPER_DEMO = False


@pytest.fixture
def petra(cast) -> Person:
    cast.petra.set_password(PASSWORD)
    cast.petra.save()
    return cast.petra


def ask(address: str, client: Client | None = None, **headers: str):
    return (client or Client()).post("/forgotten-password", {"email": address}, headers=headers)


def mails() -> Iterator[Notice]:
    """What is queued once a worker has done what the page asked of it, the newest first."""
    for job in ProcrastinateJob.objects.filter(task_name=send_if_known.name):
        send_if_known(**job.args)
    stand_for_the_desk()
    yield from Notice.objects.filter(step__startswith="password-link:").order_by("-queued_at", "-pk")


def link_in(notice: Notice) -> str:
    """The path of the one link in a mail."""
    (path,) = re.findall(rf"^{re.escape(DESK)}(/\S+)$", notice.text, re.MULTILINE)
    return path


def link_for(person: Person) -> str:
    ask(person.email)
    return link_in(next(mails()))


def set_password(link: str, new: str = NEW, client: Client | None = None):
    """Follow a link and set a password, as a browser would; where the link does not hold, its page."""
    client = client or Client()
    opened = client.get(link)
    return client.post(opened.url, {"new": new}) if opened.status_code == 302 else opened


def test_who_has_forgotten_their_password_finds_the_way_from_sign_in_and_back(petra):
    client = Client()
    assert 'href="/forgotten-password"' in client.get("/sign-in").content.decode()
    assert client.get("/forgotten-password").status_code == 200
    answer = set_password(link_for(petra), client=client)
    assert answer.url == "/sign-in"
    page = client.get("/sign-in")
    assert page.status_code == 200, "setting a password signs nobody in"
    assert "Your password is set." in page.content.decode()
    assert client.post("/sign-in", {"email": petra.email, "password": NEW}).status_code == 302


def test_the_mail_goes_to_the_address_on_record_and_to_nobody_else(petra):
    ask(" Petra@PREMIER.example ")
    (mail,) = mails()
    assert (mail.recipient, mail.person_id, mail.urgency) == (petra.email, petra.pk, "sign_in")
    assert mail.account_id is None, "nobody of the account reads it"
    assert "until Mon 2 Mar 2026, 11:00 CT" in mail.text


def test_work_that_is_done_twice_sends_one_mail(petra):
    ask(petra.email)
    list(mails())
    assert len(list(mails())) == 1


@pytest.mark.parametrize(
    "address", ["nobody@nowhere.example", "petra@premier.example.evil.example", "basil@basic.example"]
)
def test_a_stranger_and_one_who_may_not_sign_in_get_the_answer_of_the_known_and_no_mail(address, petra, cast):
    Person.objects.filter(pk=cast.basil.pk).update(is_active=False)
    known, other = ask(petra.email), ask(address)
    assert (other.status_code, other.url, other.content) == (known.status_code, known.url, known.content)
    assert dict(other.headers) == dict(known.headers)
    assert [mail.recipient for mail in mails()] == [petra.email]
    assert b"If we know this address, a link is on its way" in Client().get(known.url).content


@pytest.mark.parametrize("address", ["nobody@nowhere.example", "petrb@premier.example"])
def test_the_page_asks_the_database_the_same_whoever_has_the_address(address, petra):
    asked = []
    for one in (petra.email, address):
        with CaptureQueriesContext(connection) as queries:
            ask(one)
        asked.append([re.sub(r"'[^']*'|_x\d+", "…", query["sql"]) for query in queries.captured_queries])
    assert asked[0] == asked[1]
    assert not any("people_person" in sql for sql in asked[0])


@pytest.mark.parametrize("address", ["petra@premier.example", "nobody@nowhere.example"])
def test_beyond_five_an_hour_the_answer_stays_and_no_mail_goes(address, petra, clock):
    answers = {ask(address).url for _ in range(attempts.PASSWORD_LINKS.most + 3)}
    assert answers == {"/forgotten-password/asked-for"}
    assert ProcrastinateJob.objects.count() == attempts.PASSWORD_LINKS.most
    clock.advance(HOUR - timedelta(seconds=1))
    ask(address)
    assert ProcrastinateJob.objects.count() == attempts.PASSWORD_LINKS.most
    clock.advance(timedelta(seconds=1))
    ask(address.upper())
    assert ProcrastinateJob.objects.count() == attempts.PASSWORD_LINKS.most + 1


def test_asking_for_links_uses_up_no_attempt_to_sign_in(petra):
    for _ in range(attempts.PASSWORD_LINKS.most + 1):
        ask(petra.email)
    assert Client().post("/sign-in", {"email": petra.email, "password": PASSWORD}).status_code == 302


def test_a_new_password_begins_the_count_of_attempts_anew(petra):
    for _ in range(attempts.PASSWORDS.most + 1):
        Client().post("/sign-in", {"email": petra.email, "password": "not it at all"})
    set_password(link_for(petra))
    assert Client().post("/sign-in", {"email": petra.email, "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost"},
        {"host": "127.0.0.1:8001"},
        {"x-forwarded-host": "evil.example"},
        {
            "host": "localhost",
            "x-forwarded-host": "evil.example",
            "x-forwarded-proto": "http",
            "forwarded": "host=evil",
        },
        {"origin": "https://evil.example", "referer": "https://evil.example/"},
    ],
)
def test_no_header_changes_where_the_link_leads(headers, petra):
    ask(petra.email, **headers)
    (mail,) = mails()
    assert re.findall(r"https?://[^/\s]+", mail.text) == [DESK]
    assert "evil" not in mail.text + str(mail.headers)


def test_a_host_that_is_none_of_ours_is_refused(petra):
    assert ask(petra.email, host="evil.example").status_code == 400
    assert not list(mails())


def test_the_token_does_not_stay_in_the_address(petra):
    link = link_for(petra)
    opened = Client().get(link)
    assert opened.status_code == 302
    assert link.rpartition("/")[2] not in opened.url
    assert opened.headers["Referrer-Policy"] == "same-origin"


def used(link: str, petra: Person, clock) -> None:
    set_password(link)


def expired(link: str, petra: Person, clock) -> None:
    clock.advance(HOUR + timedelta(seconds=1))


def password_changed(link: str, petra: Person, clock) -> None:
    petra.set_password("another gate at dusk")
    petra.save()


def signed_in_since(link: str, petra: Person, clock) -> None:
    Client().post("/sign-in", {"email": petra.email, "password": PASSWORD})


def address_changed(link: str, petra: Person, clock) -> None:
    Person.objects.filter(pk=petra.pk).update(email="petra.nair@premier.example")


def shut_out(link: str, petra: Person, clock) -> None:
    Person.objects.filter(pk=petra.pk).update(is_active=False)


@pytest.mark.parametrize(
    "what_happened",
    [used, expired, password_changed, signed_in_since, address_changed, shut_out],
    ids=lambda f: f.__name__,
)
def test_a_link_is_void_after_it_was(what_happened: Callable[..., None], petra, clock):
    link, client = link_for(petra), Client()
    form = client.get(link).url
    what_happened(link, petra, clock)
    before = Person.objects.get(pk=petra.pk).password
    answers = [set_password(link, "an owl in the afternoon"), client.post(form, {"new": "an owl in the afternoon"})]
    for answer in answers:
        assert answer.status_code == 410
        assert VOID in answer.content.decode()
    assert Person.objects.get(pk=petra.pk).password == before


def test_of_two_who_set_a_password_by_one_link_at_the_same_time_one_does(committed_db):
    with transaction.atomic():
        stand_for_the_desk()
        publish_first(POLICY.read_text(encoding="utf-8"))
        eva = Person.objects.create_person("eva@vendor.example", name="Eva", password=None, roles=["engineer"])
    with transaction.atomic():
        link = link_for(eva)
    clients = [Client(), Client()]
    (form,) = {client.get(link).url for client in clients}
    with ThreadPoolExecutor(2) as together:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=eva.pk)
            posted = [together.submit(_post, client, form) for client in clients]
            _wait_until_two_are_held_up()
        statuses = sorted(answer.result() for answer in posted)
    assert statuses == [302, 410]


def _post(client: Client, form: str) -> int:
    try:
        return client.post(form, {"new": NEW}).status_code
    finally:
        connection.close()


def _wait_until_two_are_held_up() -> None:
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    for _ in range(10_000):
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone() == (2,):
                return
    pytest.fail("nobody waited for the person who is being changed")


def test_a_link_works_until_its_hour_is_over(petra, clock):
    link = link_for(petra)
    clock.advance(HOUR)
    assert set_password(link).status_code == 302


TOKENS = {
    "nothing": "%20",
    "the name of the form": "set-password",
    "no token": "x",
    "a time without a proof": "abc-",
    "a proof without a time": "-0123456789abcdef0123456789abcdef",
    "an endless time": "z" * 4000 + "-0",
    "NUL": "%00-%00",
    "digits of another script": "١٢٣-abc",
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
def test_what_is_no_token_is_refused(token, petra):
    who = urlsafe_base64_encode(str(petra.pk).encode())
    answer = Client().get(f"/new-password/{who}/{token}")
    assert (answer.status_code, VOID in answer.content.decode()) == (410, True)


@pytest.mark.parametrize(
    "who", ["x", "!!", "AA", "w6k", urlsafe_base64_encode(b"9" * 40), urlsafe_base64_encode(b"-1")]
)
def test_a_token_for_somebody_who_is_not_there_is_refused_alike(who, petra):
    token = link_for(petra).rpartition("/")[2]
    answer = Client().get(f"/new-password/{who}/{token}")
    assert (answer.status_code, VOID in answer.content.decode()) == (410, True)


def test_the_link_of_one_person_sets_nobody_elses_password(petra, cast):
    token, client = link_for(petra).rpartition("/")[2], Client()
    ada = urlsafe_base64_encode(str(cast.ada.pk).encode())
    assert client.get(f"/new-password/{ada}/{token}").status_code == 410
    client.get(link_for(petra))  # now the session holds a token of hers
    assert client.post(f"/new-password/{ada}/set-password", {"new": NEW}).status_code == 410
    cast.ada.refresh_from_db()
    assert not cast.ada.check_password(NEW)


@pytest.mark.parametrize(
    ("poor", "why"), [("", "required"), ("short", "too short"), ("petra@premier.example", "too similar")]
)
def test_a_poor_password_is_refused_and_the_link_still_works(poor, why, petra):
    link, client = link_for(petra), Client()
    answer = set_password(link, poor, client)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert set_password(link, client=client).status_code == 302


def test_a_new_password_ends_every_session_and_that_of_whoever_sat_there(petra, cast, browser_of):
    elsewhere, here = browser_of(petra), browser_of(cast.ada)
    set_password(link_for(petra), client=here)
    assert elsewhere.get("/incidents").status_code == 302
    assert here.get("/incidents").status_code == 302


def test_who_has_no_password_yet_sets_the_first(cast):
    assert not cast.ada.has_usable_password()
    set_password(link_for(cast.ada))
    assert Client().post("/sign-in", {"email": cast.ada.email, "password": NEW}).status_code == 302


def test_what_is_no_address_is_said_beside_the_field(cast):
    answer = ask("petra")
    assert answer.status_code == 422
    assert "Enter a valid email address" in answer.content.decode()


def test_a_form_from_another_site_is_refused(petra):
    assert ask(petra.email, Client(enforce_csrf_checks=True)).status_code == 403


def test_in_the_demo_alone_a_link_is_read_in_the_desk(petra, cast, browser_of, settings):
    settings.WATCHKEEPER_SMTP = None
    ask(petra.email)
    (unsent,) = mails()
    assert (unsent.status, unsent.text) == ("failed", Notice.ERASED)
    assert browser_of(cast.ana).get(f"/desk/outbox/{unsent.pk}").status_code == 404

    settings.WATCHKEEPER_DEMO = True
    ask(petra.email)
    kept = next(mail for mail in mails() if mail.pk != unsent.pk)
    assert link_in(kept) in browser_of(cast.ana).get(f"/desk/outbox/{kept.pk}").content.decode()
