"""What the database must guarantee before any process of the desk works on it."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from tests.harness.shared_postgres import SharedPostgres

from watchkeeper.config.guarantees import ALLOW_UNSAFE, UnsafeDatabase, check_durability, check_role
from watchkeeper.config.roles import APPLICATION_ROLE, DATABASE, OWNER_ROLE, create_database


@pytest.fixture
def role_that_sees_all(postgres: SharedPostgres) -> Iterator[str]:
    """A role that looks through the wall."""
    name = f"sees_all_{uuid.uuid4().hex}"
    with postgres.superuser() as superuser:
        superuser.execute(f"create role {name} login bypassrls")
        yield name
        superuser.execute(f"drop role {name}")


def test_the_applications_role_is_accepted(postgres: SharedPostgres) -> None:
    with psycopg.connect(postgres.conninfo(DATABASE, role=APPLICATION_ROLE)) as connection:
        check_role(connection.cursor())


@pytest.mark.parametrize(
    ("role", "fault"),
    [
        ("postgres", "postgres is a superuser"),
        ("postgres", "postgres bypasses row-level security"),
        (OWNER_ROLE, "watchkeeper_owner owns tables"),
    ],
)
def test_a_role_that_the_wall_would_not_hold_is_refused(postgres: SharedPostgres, role: str, fault: str) -> None:
    with (
        psycopg.connect(postgres.conninfo(DATABASE, role=role)) as connection,
        pytest.raises(UnsafeDatabase, match=fault),
    ):
        check_role(connection.cursor())


def test_a_role_that_looks_through_the_wall_is_refused(postgres: SharedPostgres, role_that_sees_all: str) -> None:
    with (
        psycopg.connect(postgres.conninfo(DATABASE, role=role_that_sees_all)) as connection,
        pytest.raises(UnsafeDatabase, match="bypasses row-level security"),
    ):
        check_role(connection.cursor())


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_server_that_may_forget_what_it_accepted_is_refused(postgres: SharedPostgres, setting: str) -> None:
    with postgres.superuser() as superuser, pytest.raises(UnsafeDatabase, match=f"{setting} = off"):
        check_durability(superuser.cursor(), {})


def test_only_the_tests_own_switch_lets_it_through_and_every_fault_is_said(postgres: SharedPostgres) -> None:
    with postgres.superuser() as superuser:
        said = check_durability(superuser.cursor(), {ALLOW_UNSAFE: "1"})
        superuser.execute("set synchronous_commit = on")
        assert len(check_durability(superuser.cursor(), {ALLOW_UNSAFE: "1"})) == len(said) - 1 == 2


def test_the_roles_and_the_database_are_made_once(postgres: SharedPostgres) -> None:
    with postgres.superuser() as superuser:
        create_database(superuser)
        create_database(superuser)
        made = superuser.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles"
            " where rolname like 'watchkeeper%' order by 1"
        ).fetchall()
    assert made == [(APPLICATION_ROLE, False, False, False), (OWNER_ROLE, False, False, False)]


def test_the_application_may_work_in_every_table_and_own_none(postgres: SharedPostgres) -> None:
    with psycopg.connect(postgres.conninfo(DATABASE, role=APPLICATION_ROLE)) as connection:
        refused = connection.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and (not has_table_privilege(oid, 'select') or has_table_privilege(oid, 'truncate'))"
        ).fetchall()
    assert refused == []
