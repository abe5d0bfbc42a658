"""Which PostgreSQL the desk uses, and as whom: the application's role for all work, the owner's for migrations.

=====================  ==========================================  ==================================================
DATABASE_URL           unset: the embedded PostgreSQL below `var`  its role owns the tables; only `migrate` uses it
DATABASE_APP_URL       where the application has a login           else the owner's login, acting as `watchkeeper_app`
=====================  ==========================================  ==================================================

A host that serves and never migrates needs DATABASE_APP_URL only.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from .cannot_run import CannotRun
from .postgres import PORT, Folders
from .roles import APPLICATION_ROLE, DATABASE, OWNER_ROLE

Database = dict[str, Any]

WORK_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "30s",
}
# After two seconds in vain the pool gives up until it is asked again: by itself it would wait ever longer between
# attempts, and notice a database that is back a minute late.
POOL = {"min_size": 1, "max_size": 12, "timeout": 3, "reconnect_timeout": 2, "name": "desk"}


class UnusableUrl(CannotRun):
    """A database URL that cannot be read; the text names the variable and never repeats it: it holds a password."""


def databases(environment: Mapping[str, str], var: Path) -> dict[str, Database]:
    """Django's DATABASES: `default` is the application's role with a pool, `owner` is for migrations only."""
    owner_url, application_url = environment.get("DATABASE_URL"), environment.get("DATABASE_APP_URL")
    if application_url:
        application = _by_url("DATABASE_APP_URL", application_url)
    elif owner_url:
        application = _by_url("DATABASE_URL", owner_url, role=APPLICATION_ROLE)
    else:
        application = _embedded(var, APPLICATION_ROLE)
    found = {"default": _for_work(application)}
    if owner_url:
        found["owner"] = _by_url("DATABASE_URL", owner_url)
    elif not application_url:
        found["owner"] = _embedded(var, OWNER_ROLE)
    return found


def is_embedded(environment: Mapping[str, str]) -> bool:
    return not (environment.get("DATABASE_URL") or environment.get("DATABASE_APP_URL"))


def _embedded(var: Path, role: str) -> Database:
    return _database(NAME=DATABASE, USER=role, HOST=str(Folders(var).socket), PORT=str(PORT))


def _by_url(variable: str, url: str, role: str | None = None) -> Database:
    read = _read(variable, url)
    if role is not None:
        read["options"] = f"{read.get('options', '')} -c role={role}".strip()
    named = {django: str(read.pop(libpq, "")) for django, libpq in _DJANGO_NAMES.items()}
    return _database(**named, OPTIONS=read)


_DJANGO_NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def _read(variable: str, url: str) -> dict[str, Any]:
    try:
        read = conninfo_to_dict(url)
    except ProgrammingError:
        raise UnusableUrl(
            f"{variable} is not a PostgreSQL address: postgresql://user:password@host:5432/name"
        ) from None
    if not read.get("dbname"):
        raise UnusableUrl(f"{variable} names no database: postgresql://user:password@host:5432/name")
    return read


def _database(**parts: Any) -> Database:
    return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}} | parts


def _for_work(database: Database) -> Database:
    limits = " ".join(f"-c {name}={value}" for name, value in WORK_LIMITS.items())
    options = f"{database['OPTIONS'].get('options', '')} {limits}".strip()
    return database | {
        "CONN_HEALTH_CHECKS": True,  # without them the first requests after a database restart fail
        "OPTIONS": database["OPTIONS"] | {"options": options, "pool": POOL},
    }
