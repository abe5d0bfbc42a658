"""Which PostgreSQL, and as whom, for each way an installation may say it."""

from pathlib import Path

import pytest

from watchkeeper.config.connection import UnusableUrl, databases, is_embedded

VAR = Path("/srv/desk/var")
OWNER_URL = "postgresql://boss:s3cret@db.example.com:5433/desk?sslmode=require"
APPLICATION_URL = "postgresql://worker:other@db.example.com:5433/desk"


def test_without_a_url_both_roles_use_the_embedded_server() -> None:
    found = databases({}, VAR)
    assert {alias: (database["USER"], database["NAME"]) for alias, database in found.items()} == {
        "default": ("watchkeeper_app", "watchkeeper"),
        "owner": ("watchkeeper_owner", "watchkeeper"),
    }
    assert found["default"]["HOST"] == found["owner"]["HOST"]
    assert found["default"]["HOST"].startswith("/")


def test_with_one_url_the_owner_logs_in_and_work_is_done_as_the_application() -> None:
    found = databases({"DATABASE_URL": OWNER_URL}, VAR)
    assert found["owner"] == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "desk",
        "USER": "boss",
        "PASSWORD": "s3cret",
        "HOST": "db.example.com",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    assert found["default"]["USER"] == "boss"
    assert "-c role=watchkeeper_app" in found["default"]["OPTIONS"]["options"]


def test_with_two_urls_each_role_logs_in_for_itself() -> None:
    found = databases({"DATABASE_URL": OWNER_URL, "DATABASE_APP_URL": APPLICATION_URL}, VAR)
    assert (found["default"]["USER"], found["owner"]["USER"]) == ("worker", "boss")
    assert "role=" not in found["default"]["OPTIONS"]["options"]


def test_a_host_that_never_migrates_need_not_know_the_owner() -> None:
    found = databases({"DATABASE_APP_URL": APPLICATION_URL}, VAR)
    assert list(found) == ["default"]
    assert not is_embedded({"DATABASE_APP_URL": APPLICATION_URL})


def test_options_of_the_url_are_kept_beside_ours() -> None:
    url = "postgresql://boss@db.example.com/desk?options=-c%20jit%3Doff"
    options = databases({"DATABASE_URL": url}, VAR)["default"]["OPTIONS"]["options"]
    assert options.startswith("-c jit=off -c role=watchkeeper_app -c statement_timeout=5s")


@pytest.mark.parametrize("limit", ["statement_timeout=5s", "lock_timeout=2s", "transaction_session_timeout=30s"])
def test_work_is_limited_in_time_and_migrations_are_not(limit: str) -> None:
    found = databases({"DATABASE_URL": OWNER_URL}, VAR)
    assert limit in found["default"]["OPTIONS"]["options"]
    assert "options" not in found["owner"]["OPTIONS"]


@pytest.mark.parametrize("url", ["mysql://boss:s3cret@db/desk", "postgresql://boss:s3cret@db", "s3cret"])
def test_a_url_that_cannot_be_used_is_named_and_its_password_is_not_repeated(url: str) -> None:
    with pytest.raises(UnusableUrl, match="DATABASE_URL") as refusal:
        databases({"DATABASE_URL": url}, VAR)
    assert "s3cret" not in str(refusal.value)
