"""The desk for a command: Django is set up, and a database answers."""

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from .cannot_run import CannotRun
from .connection import is_embedded
from .guarantees import check_durability, check_role
from .places import var
from .postgres import EmbeddedPostgres, is_running
from .roles import create_database


class DatabaseBehind(CannotRun):
    """The tables are older than this version of the desk."""


class UnusableMailSender(CannotRun):
    """WATCHKEEPER_MAIL_FROM is no sender that a mail could have."""


def load() -> None:
    """Django alone: settings, rooms and their models. Opens no connection and starts no thread.

    Raises `CannotRun` where a setting cannot be used.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchkeeper.config.settings")
    django.setup()
    _check_mail_sender()


def _check_mail_sender() -> None:
    from django.conf import settings

    from watchkeeper.notify.channels.mail.letter import UnsendableLetter, envelope_sender

    try:
        envelope_sender(settings.WATCHKEEPER_MAIL_FROM)
    except UnsendableLetter as error:
        raise UnusableMailSender(f"WATCHKEEPER_MAIL_FROM: {error}") from None


def prepare() -> None:
    """What a command calls before it touches a model.

    With an embedded PostgreSQL that nobody runs, it is started, migrated, and ends with this process. Raises
    `CannotRun` where the desk cannot be opened.
    """
    load()
    if attend():
        from .migration import migrate

        with reached():
            migrate()
    check_database()


def attend() -> bool:
    """Start the embedded PostgreSQL, to end with this process, where it is used and nobody runs it: whether it was."""
    starts = is_embedded(os.environ) and not is_running(var())
    if starts:
        postgres = EmbeddedPostgres(var())
        atexit.register(postgres.stop)
        start(postgres)
    atexit.register(_close)  # runs first
    return starts


def start(postgres: EmbeddedPostgres, **how: object) -> None:
    """Start the embedded PostgreSQL and see to its roles and its database."""
    import psycopg

    from .postgres import SUPERUSER

    postgres.start(**how)  # type: ignore[arg-type]
    with psycopg.connect(postgres.conninfo(user=SUPERUSER, dbname="postgres"), autocommit=True) as superuser:
        create_database(superuser)


def join() -> None:
    """What one of several processes calls: the database is somebody else's to run, and must be there already."""
    load()
    if is_embedded(os.environ) and not is_running(var()):
        raise CannotRun("there is no database: run `watchkeeper serve` on this machine, or set DATABASE_URL")
    check_database()


def check_database() -> None:
    """Refuse a database that breaks the desk's promises, or lacks its tables."""
    import psycopg
    from procrastinate.contrib.django.utils import connector_params

    from .migration import missing

    # Not by the pool, which would try for seconds and then only say that it had tried.
    with reached(), psycopg.connect(**connector_params()) as connection:
        check_role(connection.cursor())
        for fault in check_durability(connection.cursor(), os.environ):
            print(f"UNSAFE, and let through for tests only: {fault}", file=sys.stderr)
    behind = missing()
    if behind:
        raise DatabaseBehind(f"the database lacks {len(behind)} migrations ({behind[0]}): run `watchkeeper migrate`")


@contextmanager
def reached() -> Iterator[None]:
    """Says in a line that the database is not there, instead of in a traceback."""
    import psycopg
    from django.db import OperationalError

    try:
        yield
    except (OperationalError, psycopg.OperationalError) as error:
        raise CannotRun(f"the database does not answer: {error}") from error


def _close() -> None:
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        connection.close_pool()  # type: ignore[attr-defined]
