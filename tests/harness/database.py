"""Fixtures of the database: every test works as the application's role, in a copy of one migrated database."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from .clock import Clock

if TYPE_CHECKING:
    from .shared_postgres import SharedPostgres


@pytest.fixture(scope="session")
def postgres() -> "Iterator[SharedPostgres]":
    """The session's PostgreSQL server. For a test about the database as such; others ask for `db`."""
    from .shared_postgres import SharedPostgres

    shared = SharedPostgres.of_this_session()
    yield shared
    shared.lock.close()


@pytest.fixture(scope="session")
def test_database(request: pytest.FixtureRequest) -> str:
    """The name of this worker's own database."""
    worker = getattr(request.config, "workerinput", {"workerid": "alone"})
    return f"test_{worker['workerid']}"


@pytest.fixture(scope="session")
def django_db_setup(postgres: "SharedPostgres", test_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Takes the place of pytest-django's: the tables come from the template, the role is the application's."""
    from django.db import connections

    postgres.clone(test_database)
    for connection in connections.all():
        connection.settings_dict |= {"HOST": str(postgres.socket), "NAME": test_database}
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def committed_db(
    postgres: "SharedPostgres", test_database: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """For tests of several connections or processes: what they do is committed, and gone with the database after."""
    from django.db import connections

    with django_db_blocker.unblock():
        yield
        connections.close_all()
        postgres.clone(test_database)


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """The database's clock, to be set. In a `db` test it is this test's alone, with `committed_db` everybody's."""
    if "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
    from django.db import connection

    def execute(statement: str, parameters: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    return Clock(execute)
