"""The desk for a command: Django is set up, and a database answers."""

import atexit
import os

from .cannot_run import CannotRun
from .connection import is_embedded
from .guarantees import check_durability, check_role
from .places import var
from .postgres import EmbeddedPostgres, is_running
from .roles import create_database


class DatabaseBehind(CannotRun):
    """The tables are older than this version of the desk."""


def load() -> None:
    """Django alone: settings, rooms and their models. Opens no connection and starts no thread."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchkeeper.config.settings")
    django.setup()


def prepare() -> None:
    """What a command calls before it touches a model.

    With an embedded PostgreSQL that nobody runs, it is started, migrated, and ends with this process. Raises
    `CannotRun` where the desk cannot be opened.
    """
    load()
    atexit.register(_close)
    if is_embedded(os.environ) and not is_running(var()):
        from .migration import migrate

        postgres = EmbeddedPostgres(var())
        atexit.register(postgres.stop)
        start(postgres)
        migrate()
    check_database()


def start(postgres: EmbeddedPostgres, **how: object) -> None:
    """Start the embedded PostgreSQL and see to its roles and its database."""
    import psycopg

    from .postgres import SUPERUSER

    postgres.start(**how)  # type: ignore[arg-type]
    with psycopg.connect(postgres.conninfo(user=SUPERUSER, dbname="postgres"), autocommit=True) as superuser:
        create_database(superuser)


def check_database() -> list[str]:
    """Refuse a database that breaks the desk's promises, or lacks its tables; answers the warnings to be said."""
    from django.db import OperationalError, connection

    from .migration import missing

    try:
        with connection.cursor() as cursor:
            check_role(cursor)
            warnings = check_durability(cursor, os.environ)
    except OperationalError as error:
        raise CannotRun(f"the database does not answer: {error}") from error
    behind = missing()
    if behind:
        raise DatabaseBehind(
            f"the database lacks {len(behind)} migrations, {behind[0]} first: run `watchkeeper migrate`"
        )
    return warnings


def _close() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        connection.close_pool()  # type: ignore[attr-defined]
