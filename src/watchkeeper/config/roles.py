"""The two roles of the database: one owns the tables, the other works in them and owns nothing."""

from typing import Protocol

from psycopg import Connection, sql
from psycopg.errors import InsufficientPrivilege

from .cannot_run import CannotRun

DATABASE = "watchkeeper"
OWNER_ROLE = "watchkeeper_owner"
APPLICATION_ROLE = "watchkeeper_app"


class Cursor(Protocol):
    """What a cursor of psycopg and one of Django have in common."""

    def execute(self, query: object, params: object = ..., /) -> object: ...
    def fetchone(self) -> tuple[object, ...] | None: ...


class RoleMissing(CannotRun):
    """The owner may not do what only an administrator can; the text says what that one has to run."""


def create_database(superuser: "Connection[tuple[object, ...]]") -> None:
    """Create both roles and the database of an embedded PostgreSQL where they are missing. Needs autocommit."""
    for role in (OWNER_ROLE, APPLICATION_ROLE):
        if not _exists(superuser.cursor(), role):
            superuser.execute(
                sql.SQL("create role {} login nosuperuser nobypassrls nocreatedb nocreaterole").format(
                    sql.Identifier(role)
                )
            )
    found = superuser.execute("select 1 from pg_database where datname = %s", [DATABASE])
    if found.fetchone() is None:
        superuser.execute(
            sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE))
        )


def let_the_application_in(owner: Cursor, *, login: str) -> None:
    """Before the first table: what the owner creates from now on, the application may use, and no more.

    A migration takes away from a table what the application must not do with it (events are insert-only); nothing is
    granted afterwards that would give it back. `login` is the role that connects to work as the application.
    """
    if not _exists(owner, APPLICATION_ROLE):
        _as_administrator(owner, f"create role {APPLICATION_ROLE} nologin nosuperuser nobypassrls")
    if login != APPLICATION_ROLE and not _may_become_the_application(owner, login):
        _as_administrator(owner, f'grant {APPLICATION_ROLE} to "{login}"')
    owner.execute(f"grant usage on schema public to {APPLICATION_ROLE}")
    for rights, things in _RIGHTS.items():
        owner.execute(f"alter default privileges in schema public grant {rights} on {things} to {APPLICATION_ROLE}")


_RIGHTS = {"select, insert, update, delete": "tables", "usage, select": "sequences", "execute": "functions"}


def _as_administrator(owner: Cursor, statement: str) -> None:
    try:
        owner.execute(statement)
    except Exception as error:
        # Django wraps psycopg's errors, psycopg does not.
        if isinstance(error.__cause__ or error, InsufficientPrivilege):
            raise RoleMissing(
                f"the role of DATABASE_URL may not do this, so let an administrator: {statement}"
            ) from error
        raise


def _may_become_the_application(owner: Cursor, login: str) -> bool:
    membership = "case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end"
    owner.execute(f"select pg_has_role(%s, %s, {membership})", [login, APPLICATION_ROLE])
    return owner.fetchone() == (True,)


def _exists(cursor: Cursor, role: str) -> bool:
    cursor.execute("select 1 from pg_roles where rolname = %s", [role])
    return cursor.fetchone() is not None
