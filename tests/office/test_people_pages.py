"""Who lets whom in: the desk everybody, a customer manager the people of their own account."""

from __future__ import annotations

import pytest
from django.urls import reverse

from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.notify.models import Notice
from watchkeeper.people.models import Person, Team
from watchkeeper.people.wall import stand_for_the_desk


@pytest.fixture
def people(cast):
    def person(name: str, role: str, **fields) -> Person:
        return Person.objects.create_person(
            f"{name}@x.example".lower(), name=name, password=None, roles=[role], **fields
        )

    return {
        "engineer": cast.ana,
        "account executive": cast.axel,
        "manager": cast.mia,
        "administrator": person("Adam", "administrator"),
        "customer": cast.petra,
        "customer manager": person("Paula", "customer_manager", account=cast.premium),
        "manager of another account": person("Otto", "customer_manager", account=cast.basic),
    }


@pytest.fixture
def mail_server(settings):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url("smtp://mail.example.com")


def post(browser, name: str, given: dict, *, key: int | None = None):
    answer = browser.post(reverse(name, args=[key] if key else []), given)
    stand_for_the_desk()
    return answer


EVA = {"email": "Eva@vendor.example", "name": "Eva Lund", "roles": ["engineer"]}
PIA = {"email": "pia@premier.example", "name": "Pia", "roles": ["customer"]}


def test_the_pages_are_offered_to_those_who_may_open_them(people, browser_of):
    for role, page, link in (
        ("manager", "/desk/", "/desk/people"),
        ("customer manager", "/support-terms", '"/people"'),
        ("customer manager", "/my-account", '"/people"'),
    ):
        assert link in browser_of(people[role]).get(page).content.decode()
    assert "/desk/people" not in browser_of(people["engineer"]).get("/desk/").content.decode()
    assert '"/people"' not in browser_of(people["customer"]).get("/support-terms").content.decode()


# The desk


def test_people_stand_by_side_and_are_found_by_name_address_and_account(people, browser_of):
    mia = browser_of(people["manager"])

    def names(query: str) -> str:
        return mia.get(f"/desk/people{query}").content.decode()

    assert "Ana" in names("")
    assert "Petra" not in names("")
    assert "Petra" in names("?side=customers")
    assert "Petra" in names("?side=customers&q=premier")
    assert "Petra" not in names("?side=customers&q=basic")
    assert "Nobody answers to this search" in names("?q=%00nobody")


def test_somebody_new_is_invited_by_mail(people, browser_of, mail_server):
    team = Team.objects.get()
    given = EVA | {"teams": [team.pk], "invites": "on"}
    post(browser_of(people["administrator"]), "desk-new-person", given)
    eva = Person.objects.get(email="eva@vendor.example")
    assert (eva.roles, eva.account, list(eva.teams.all()), eva.has_usable_password()) == (
        ["engineer"],
        None,
        [team],
        False,
    )
    assert "Adam gave you access" in Notice.objects.get(recipient=eva.email).text


def test_somebody_is_added_for_an_account(people, cast, browser_of):
    mia = browser_of(people["manager"])
    mia.post(reverse("desk-new-person") + "?account=premier", PIA)
    stand_for_the_desk()
    assert Person.objects.get(email="pia@premier.example").account == cast.premium
    assert not Notice.objects.exists()
    assert mia.get(reverse("desk-new-person") + "?account=none").status_code == 404


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"email": "ANA@vendor.example"}, "Ana has this address already."),
        ({"roles": ["customer"]}, "Select a valid choice. customer is not one of the available choices."),
        ({"roles": []}, "This field is required."),
        ({"name": ""}, "This field is required."),
        ({"email": "eva"}, "Enter a valid email address."),
    ],
)
def test_who_cannot_be_is_refused_in_words(people, browser_of, given, why):
    before = Person.objects.count()
    answer = post(browser_of(people["manager"]), "desk-new-person", EVA | given)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert Person.objects.count() == before


def test_roles_teams_and_standing_are_changed(people, cast, browser_of):
    given = {"name": "Ana B.", "roles": ["engineer", "manager"], "teams": []}
    post(browser_of(people["manager"]), "desk-person", given, key=cast.ana.pk)
    cast.ana.refresh_from_db()
    assert (cast.ana.name, cast.ana.roles, cast.ana.teams.count()) == ("Ana B.", ["engineer", "manager"], 0)
    assert cast.ana.is_active is False


def test_whoever_may_not_sign_in_any_more_is_signed_out(people, cast, browser_of):
    ana = browser_of(cast.ana)
    assert ana.get("/desk/").status_code == 200
    post(browser_of(people["manager"]), "desk-person", {"name": "Ana", "roles": ["engineer"]}, key=cast.ana.pk)
    assert ana.get("/desk/").url.startswith("/sign-in")


def test_the_last_manager_stays(people, cast, browser_of):
    adam, mia = browser_of(people["administrator"]), cast.mia
    for given in ({"roles": ["engineer"], "is_active": "on"}, {"roles": ["manager"]}):
        answer = post(adam, "desk-person", {"name": "Mia"} | given, key=mia.pk)
        assert answer.status_code == 422
        assert "This is the last manager" in answer.content.decode()
    post(adam, "desk-person", {"name": "Ana", "roles": ["manager"], "is_active": "on"}, key=cast.ana.pk)
    assert post(adam, "desk-person", {"name": "Mia", "roles": ["manager"]}, key=mia.pk).status_code == 302


def test_nobody_shuts_themselves_out(people, browser_of):
    adam = people["administrator"]
    answer = post(browser_of(adam), "desk-person", {"name": "Adam", "roles": ["administrator"]}, key=adam.pk)
    assert "You cannot shut yourself out" in answer.content.decode()


def test_a_customer_gets_no_role_of_the_vendor(people, cast, browser_of):
    given = {"name": "Petra", "roles": ["manager"], "is_active": "on"}
    assert post(browser_of(people["manager"]), "desk-person", given, key=cast.petra.pk).status_code == 422
    assert Person.objects.get(pk=cast.petra.pk).roles == ["customer"]


def test_a_team_is_added_once(people, browser_of):
    mia = browser_of(people["manager"])
    assert post(mia, "desk-teams", {"name": " West  Coast "}).status_code == 302
    assert post(mia, "desk-teams", {"name": "west coast"}).status_code == 422
    assert Team.objects.filter(name="West Coast").count() == 1


def test_a_link_is_mailed_to_who_may_sign_in_alone(people, cast, browser_of, mail_server):
    mia = browser_of(people["manager"])
    post(mia, "desk-person-link", {}, key=cast.petra.pk)
    Person.objects.filter(pk=cast.ada.pk).update(is_active=False)
    post(mia, "desk-person-link", {}, key=cast.ada.pk)
    assert list(Notice.objects.values_list("recipient", flat=True)) == [cast.petra.email]


# The portal


def test_a_customer_manager_lets_a_colleague_in(people, cast, browser_of, mail_server):
    paula = browser_of(people["customer manager"])
    assert post(paula, "portal-new-person", PIA | {"invites": "on"}).status_code == 302
    pia = Person.objects.get(email="pia@premier.example")
    assert (pia.account, pia.roles) == (cast.premium, ["customer"])
    (mail,) = Notice.objects.all()
    assert (mail.recipient, mail.account, "Paula gave you access" in mail.text) == (pia.email, None, True)


def test_a_customer_manager_sees_and_changes_nobody_of_another_account(people, cast, browser_of, mail_server):
    paula = browser_of(people["customer manager"])
    shown = paula.get(reverse("portal-people")).content.decode()
    assert "Petra" in shown
    assert "Ada" not in shown
    for other in (cast.ada, cast.ana):
        given = {"name": "Mallory", "roles": ["customer"]}
        assert post(paula, "portal-person", given, key=other.pk).status_code == 404
        assert post(paula, "portal-person-link", {}, key=other.pk).status_code == 404
    assert not Person.objects.filter(name="Mallory").exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("roles", [["manager"], ["engineer", "customer"], []])
def test_a_customer_manager_gives_no_role_of_the_vendor(people, browser_of, roles):
    paula = browser_of(people["customer manager"])
    assert post(paula, "portal-new-person", PIA | {"roles": roles}).status_code == 422
    assert not Person.objects.filter(email=PIA["email"]).exists()


def test_an_address_of_somebody_else_is_refused_without_saying_whose_it_is(people, cast, browser_of):
    paula = browser_of(people["customer manager"])
    shown = post(paula, "portal-new-person", PIA | {"email": cast.ana.email}).content.decode()
    assert "This address cannot be added here; ask the desk." in shown
    assert "Ana" not in shown


def test_a_colleague_is_shut_out_by_their_manager_who_stays_in(people, cast, browser_of):
    paula = people["customer manager"]
    given = {"name": "Petra", "roles": ["customer"]}
    assert post(browser_of(paula), "portal-person", given, key=cast.petra.pk).status_code == 302
    assert Person.objects.get(pk=cast.petra.pk).is_active is False
    given = {"name": "Paula", "roles": ["customer_manager"]}
    assert post(browser_of(paula), "portal-person", given, key=paula.pk).status_code == 422
