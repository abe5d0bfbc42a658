"""Setting up a new desk: who may, what is kept on the way, and what stands at its end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.config.desk_commands import call
from watchkeeper.config.cannot_run import CannotRun
from watchkeeper.config.commands.setup_link import new_link
from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.core.policy_file import open_policy
from watchkeeper.office.models import SetUp
from watchkeeper.office.setup.starting_points import EMPTY, EXAMPLE, SHIPPED, Choice, examples
from watchkeeper.people.models import Person
from watchkeeper.people.wall import for_the_desk, stand_as
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.publishing import publish_first
from watchkeeper.policies.shipped import shipped_text

MANAGER = {"name": "Mia Berg", "email": "Mia@Acme.example", "password": "an open gate at dawn"}
POLICY = {
    "start": EMPTY,
    "vendor": "Acme",
    "zone": "Europe/Berlin",
    "escalation": "breaches@acme.example",
    "desk": "desk@acme.example",
}
STEPS = ("address", "manager", "mail", "policy", "look")


@pytest.fixture
def new_desk(committed_db, postgres, test_database, settings):
    """A desk with its tables and nothing in them. Only a superuser can take the tests' policy away again."""
    settings.WATCHKEEPER_BASE_URL = "https://support.acme.example"
    settings.WATCHKEEPER_SMTP = None
    with postgres.superuser(test_database) as superuser:
        superuser.execute("delete from policies_policyversion")


def link() -> str:
    return new_link().removeprefix("https://support.acme.example")


def walker() -> Client:
    """A browser that used a link."""
    client = Client()
    assert client.post(link()).url == reverse("set-up-address")
    return client


def at(step: str) -> str:
    return reverse(f"set-up-{step}")


def opened(client: Client, **policy: str) -> Client:
    """A browser that went to the end."""
    client.post(at("manager"), MANAGER)
    client.post(at("policy"), POLICY | policy)
    assert client.post(at("opening")).url == at("done")
    return client


# The door


@pytest.mark.usefixtures("new_desk")
@pytest.mark.parametrize("path", ["/", "/sign-in", "/support-levels", "/desk/", "/desk/import", "/no-such-page"])
def test_until_a_desk_is_set_up_every_page_says_so(path):
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "This desk is being set up" in answer.content.decode()


@pytest.mark.usefixtures("new_desk")
def test_a_program_is_told_so_as_the_api_tells_its_problems():
    answer = Client().post("/api/v1/incidents", {}, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["detail"].startswith("This desk is being set up.")


@pytest.mark.usefixtures("new_desk")
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_for_the_browser_that_used_the_link_alone(step):
    page = walker()
    assert page.get(at(step)).status_code in (200, 302)
    assert Client().get(at(step)).status_code == 503


@pytest.mark.usefixtures("new_desk")
def test_a_link_works_once():
    page = link()
    assert Client().post(page).status_code == 302
    assert Client().get(page).status_code == Client().post(page).status_code == 404


@pytest.mark.usefixtures("new_desk")
def test_to_open_a_link_does_not_use_it():
    page = link()
    assert Client().get(page).status_code == Client().get(page).status_code == 200
    assert Client().post(page).status_code == 302


@pytest.mark.usefixtures("new_desk")
def test_of_two_that_use_one_link_at_once_one_does():
    page = link()
    with ThreadPoolExecutor(2) as together:
        answers = list(together.map(lambda client: _posted(client, page), [Client(), Client()]))
    assert sorted(answers) == [302, 404]


def _posted(client: Client, page: str) -> int:
    try:
        return client.post(page).status_code
    finally:
        connection.close()


@pytest.mark.usefixtures("new_desk")
@pytest.mark.parametrize("token", ["x", "wrong" * 9, "%00"])
def test_a_wrong_link_is_no_page(token):
    link()
    page = f"/set-up/link/{token}"
    assert Client().get(page).status_code == Client().post(page).status_code == 404
    with for_the_desk():
        assert SetUp.objects.get().walker_digest == ""


@pytest.mark.usefixtures("new_desk")
def test_a_newer_link_voids_the_older_and_ends_a_walk_only_when_it_is_used():
    older = link()
    first = Client()
    newer = link()
    assert first.get(older).status_code == 404
    first.post(newer)
    newest = link()
    assert first.get(at("address")).status_code == 200
    Client().post(newest)
    assert first.get(at("address")).status_code == 503


@pytest.mark.usefixtures("new_desk")
def test_the_database_holds_no_link_and_hides_the_walk_from_whoever_stands_for_nobody():
    token = link().rpartition("/")[2]
    with for_the_desk():
        assert token not in str(SetUp.objects.values().get())
    with transaction.atomic():
        stand_as(None)
        assert not SetUp.objects.exists()


@pytest.mark.usefixtures("new_desk")
def test_once_the_desk_is_open_links_and_steps_are_no_pages():
    client, unused = walker(), link()
    opened(client)
    for browser in (client, Client()):
        assert {browser.get(at(step)).status_code for step in STEPS} == {404}
        assert browser.get(unused).status_code == browser.post(unused).status_code == 404
        assert browser.post(at("opening")).status_code == browser.post(at("trial")).status_code == 404
    assert new_link() is None
    with for_the_desk(), pytest.raises(CannotRun, match="this desk is set up"):
        call("setup_link")


@pytest.mark.usefixtures("new_desk")
def test_nobody_takes_over_a_desk_that_has_a_manager():
    page, client = link(), walker()
    with for_the_desk():
        Person.objects.create_person("boss@acme.example", name="Boss", password=None, roles=["manager"])
    assert client.get(at("address")).status_code == 503
    assert Client().post(page).status_code == 404
    assert new_link() is None


@pytest.mark.usefixtures("new_desk")
def test_nobody_is_added_by_command_before_the_desk_is_set_up():
    with for_the_desk(), pytest.raises(CannotRun, match="this desk is not set up"):
        call("user", "add", "mia@acme.example", "--name", "Mia", "--role", "manager")


@pytest.mark.usefixtures("new_desk")
def test_a_policy_published_by_command_opens_the_desk():
    client = Client()
    assert client.get("/sign-in").status_code == 503
    with for_the_desk():
        publish_first(shipped_text())
    assert client.get("/sign-in").status_code == 200


# The steps


@pytest.mark.usefixtures("new_desk")
def test_at_the_end_a_manager_is_signed_in_and_the_chosen_policy_is_in_force():
    client = opened(walker())
    assert client.get(at("done")).status_code == client.get("/desk/").status_code == 200
    with for_the_desk():
        mia, version = Person.objects.get(), PolicyVersion.objects.get()
        walk = SetUp.objects.get()
    assert (mia.name, mia.email, mia.roles) == ("Mia Berg", "mia@acme.example", ["administrator", "manager"])
    assert mia.check_password(MANAGER["password"])
    policy = open_policy(version.text).policy
    assert (policy.vendor, policy.zone) == ("Acme", "Europe/Berlin")
    assert (walk.answers, walk.walker_digest, walk.done_at is not None) == ({}, "", True)


@pytest.mark.usefixtures("new_desk")
def test_going_back_and_forth_loses_nothing_that_was_typed_but_a_password_that_will_not_do():
    client = walker()
    assert client.post(at("manager"), MANAGER | {"go": "back"}).url == at("address")
    shown = client.get(at("manager")).content.decode()
    assert "Mia Berg" in shown
    assert "Kept. Type another to change it." in shown
    assert MANAGER["password"] not in shown
    assert client.post(at("manager"), MANAGER | {"password": "", "name": "Mia B."}).url == at("mail")
    assert client.post(at("policy"), {"start": EMPTY, "vendor": "Ac", "go": "back"}).url == at("mail")
    assert 'value="Ac"' in client.get(at("policy")).content.decode()
    assert "Mia B." in client.get(at("manager")).content.decode()


@pytest.mark.usefixtures("new_desk")
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "password123"}, "too common"),
        ({"password": "mia@acme.example"}, "too similar"),
        ({"password": ""}, "This field is required"),
        ({"email": "mia"}, "Enter a valid email address"),
        ({"name": " "}, "This field is required"),
    ],
)
def test_a_manager_who_could_not_sign_in_is_not_taken(given, why):
    client = walker()
    answer = client.post(at("manager"), MANAGER | given)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert client.get(at("look")).url == at("manager")
    assert client.post(at("opening")).url == at("manager")


@pytest.mark.usefixtures("new_desk")
@pytest.mark.parametrize(
    "given", [{"start": "none"}, {"vendor": ""}, {"zone": "Mars"}, {"escalation": "x"}, {"desk": ""}, {"start": ""}]
)
def test_a_policy_that_could_not_be_published_is_not_taken(given):
    client = walker()
    client.post(at("manager"), MANAGER)
    assert client.post(at("policy"), POLICY | given).status_code == 422
    assert client.post(at("opening")).url == at("policy")
    with for_the_desk():
        assert not Person.objects.exists()
        assert not PolicyVersion.objects.exists()


@pytest.mark.usefixtures("new_desk")
def test_the_page_is_shown_as_customers_will_read_it_before_it_holds():
    client = walker()
    client.post(at("manager"), MANAGER)
    assert client.post(at("policy"), POLICY | {"start": SHIPPED}).url == at("look")
    shown = client.get(at("look")).content.decode()
    for said in ("Acme publishes", "Production Support Level Details", "Within minutes", "breaches@acme.example"):
        assert said in shown
    assert "vendor.example" not in shown


@pytest.mark.usefixtures("new_desk")
def test_opening_twice_makes_one_manager():
    client = walker()
    opened(client)
    assert client.post(at("opening")).status_code == 404
    with for_the_desk():
        assert Person.objects.count() == PolicyVersion.objects.count() == 1


@pytest.mark.usefixtures("new_desk")
def test_what_comes_next_is_for_managers():
    opened(walker())
    with for_the_desk():
        eva = Person.objects.create_person("eva@acme.example", name="Eva", password=None, roles=["engineer"])
    engineer = Client()
    engineer.force_login(eva)
    assert engineer.get(at("done")).status_code == 404
    assert Client().get(at("done")).url.startswith("/sign-in")


# Mail


@pytest.mark.usefixtures("new_desk")
def test_without_a_mail_server_the_step_says_what_to_set():
    shown = walker().get(at("mail")).content.decode()
    assert "WATCHKEEPER_SMTP_URL=smtp+starttls://" in shown
    assert "Send it" not in shown


@pytest.mark.usefixtures("new_desk")
def test_the_password_of_the_mail_server_is_never_shown(settings):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url("smtps://desk:s3cret@mail.acme.example")
    shown = walker().get(at("mail")).content.decode()
    assert "mail.acme.example" in shown
    assert "s3cret" not in shown


@pytest.mark.usefixtures("new_desk")
def test_a_test_mail_arrives_and_is_said_to_be_sent(settings, smtp_receiver):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url(smtp_receiver.url)
    shown = walker().post(at("trial"), {"to": "mia@acme.example"}).content.decode()
    assert "127.0.0.1 took the mail for mia@acme.example" in shown
    (arrival,) = smtp_receiver.to("mia@acme.example")
    assert arrival.message["Subject"] == "The support desk can send mail"
    assert "https://support.acme.example" in arrival.text


@pytest.mark.usefixtures("new_desk")
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("smtp://no-such-host.invalid", "No machine of the name no-such-host.invalid is known."),
        ("smtp://127.0.0.1:1", "Nothing listens at 127.0.0.1:1."),
        ("smtp+starttls://127.0.0.1:{port}", "127.0.0.1:{port} does not offer STARTTLS."),
        ("smtps://127.0.0.1:{port}", "127.0.0.1:{port} broke off: it may not speak TLS from the first byte"),
        ("smtp://me:secret@127.0.0.1:{port}", "127.0.0.1:{port} lets nobody sign in; leave out the user."),
    ],
)
def test_what_went_wrong_is_said_in_words_that_say_what_to_change(settings, smtp_receiver, url, says):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url(url.format(port=smtp_receiver.port))
    answer = walker().post(at("trial"), {"to": "mia@acme.example"})
    shown = answer.content.decode()
    assert "Not sent" in shown
    assert says.format(port=smtp_receiver.port) in shown
    assert "secret" not in shown.partition("Not sent")[2]


@pytest.mark.usefixtures("new_desk")
def test_what_the_mail_server_said_is_shown_beside(settings, smtp_receiver):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url(smtp_receiver.url)
    smtp_receiver.answers.append("554 looks like <b>spam</b>")
    shown = walker().post(at("trial"), {"to": "mia@acme.example"}).content.decode()
    assert "heard the mail and did not take it" in shown
    assert "554 looks like &lt;b&gt;spam&lt;/b&gt;" in shown


@pytest.mark.usefixtures("new_desk")
def test_a_test_mail_goes_to_an_address(settings, smtp_receiver):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url(smtp_receiver.url)
    client = walker()
    assert client.post(at("trial"), {"to": "mia"}).status_code == 422
    assert client.post(at("trial"), {"to": "mia@acme.example\nBcc: x@y.example"}).status_code == 422
    assert not smtp_receiver.arrivals


# What a policy starts from

STARTS = [(SHIPPED, ""), (EMPTY, ""), *((EXAMPLE, example.key) for example in examples())]


@pytest.mark.parametrize(("start", "example"), STARTS, ids=[example or start for start, example in STARTS])
def test_every_start_becomes_a_sound_policy_of_the_vendor_and_mails_nobody_else(start, example):
    choice = Choice(start, 'Acme: "Ltd" #1', "breaches@acme.example", "desk@acme.example", example, "Asia/Tokyo")
    policy = choice.policy()
    assert policy.vendor == 'Acme: "Ltd" #1'
    mailed = {address for contact in policy.contacts.values() for address in contact.emails}
    assert mailed == {"breaches@acme.example", "desk@acme.example"}
    assert policy.contacts["escalation"].emails == ("breaches@acme.example",)
    assert not any(contact.phone for contact in policy.contacts.values())


def test_of_the_shipped_page_nothing_changes_but_the_vendor_and_the_addresses():
    made = Choice(SHIPPED, "Acme", "breaches@acme.example", "desk@acme.example").policy_text().splitlines()
    before = shipped_text().splitlines()
    assert len(made) == len(before)
    changed = [line.split(":")[0].strip() for line, now in zip(before, made, strict=True) if line != now]
    assert changed == ["vendor", "escalation", "desk", "on_call"]
