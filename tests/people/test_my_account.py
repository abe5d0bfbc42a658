"""One's own account: name, zone, password."""

from __future__ import annotations

import pytest

from tests.cast import PASSWORD
from watchkeeper.people.sign_in import attempts

NEW = "seven quiet herons over mud"


@pytest.fixture
def petra(cast):
    cast.petra.set_password(PASSWORD)
    cast.petra.save()
    return cast.petra


def test_a_person_changes_their_name_and_zone_and_nothing_else(petra, browser_of):
    answer = browser_of(petra).post(
        "/my-account", {"name": "Petra Nair", "zone": "Europe/Berlin", "roles": "manager", "email": "x@y.example"}
    )
    assert answer.status_code == 302
    petra.refresh_from_db()
    assert (petra.name, petra.zone) == ("Petra Nair", "Europe/Berlin")
    assert (petra.roles, petra.email) == (["customer"], "petra@premier.example")


def test_a_zone_that_is_none_is_said_beside_the_field_and_the_name_typed_stays(petra, browser_of):
    answer = browser_of(petra).post("/my-account", {"name": "Petra the Great", "zone": "Middle/Earth"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Petra the Great"' in page
    assert "Middle/Earth is not one of the available choices" in page
    petra.refresh_from_db()
    assert petra.name == "Petra"


def test_a_new_password_ends_every_other_session_and_keeps_this_one(petra, browser_of):
    here, elsewhere = browser_of(petra), browser_of(petra)
    assert here.post("/my-account/password", {"present": PASSWORD, "new": NEW}).status_code == 302
    assert here.get("/my-account").status_code == 200
    assert elsewhere.get("/my-account").status_code == 302
    petra.refresh_from_db()
    assert petra.check_password(NEW)


@pytest.mark.parametrize(
    ("present", "new", "why"),
    [
        ("not it at all", NEW, "This is not your present password."),
        (PASSWORD, "short", "This password is too short."),
        (PASSWORD, "petra@premier.example", "too similar"),
    ],
)
def test_a_password_is_not_changed_without_the_present_one_or_to_a_poor_one(petra, browser_of, present, new, why):
    answer = browser_of(petra).post("/my-account/password", {"present": present, "new": new})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    petra.refresh_from_db()
    assert petra.check_password(PASSWORD)


def test_guessing_at_the_present_password_is_limited(petra, browser_of):
    client = browser_of(petra)
    for _ in range(attempts.PASSWORDS.most):
        client.post("/my-account/password", {"present": "not it at all", "new": NEW})
    answer = client.post("/my-account/password", {"present": PASSWORD, "new": NEW})
    assert "Too many attempts" in answer.content.decode()


def test_the_team_has_the_page_in_its_own_shell(cast, browser_of):
    assert 'aria-label="Desk"' in browser_of(cast.ana).get("/my-account").content.decode()
