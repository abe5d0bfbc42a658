"""What the database must guarantee before a process of the desk does any work."""

from collections.abc import Mapping

from .cannot_run import CannotRun
from .roles import Cursor

ALLOW_UNSAFE = "WATCHKEEPER_TESTS_ALLOW_UNSAFE_POSTGRES"

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


class UnsafeDatabase(CannotRun):
    """The database does not guarantee what the desk promises; the text has a line for each missing guarantee."""


def check_role(cursor: Cursor) -> None:
    """Refuse a role that the wall between accounts would not hold, or that could rewrite the evidence."""
    cursor.execute(
        "select current_user, rolsuper, rolbypassrls,"
        " exists (select from pg_class where relowner = r.oid and relkind in ('r', 'p'))"
        " from pg_roles r where rolname = current_user"
    )
    name, is_superuser, bypasses_rls, owns_tables = cursor.fetchone() or (None, None, None, None)
    faults = {"is a superuser": is_superuser, "bypasses row-level security": bypasses_rls, "owns tables": owns_tables}
    refusals = [f"the database role {name} {fault}" for fault, is_so in faults.items() if is_so]
    if refusals:
        raise UnsafeDatabase("\n".join([*refusals, "let DATABASE_APP_URL name a role that `watchkeeper migrate` made"]))


def check_durability(cursor: Cursor, environment: Mapping[str, str]) -> list[str]:
    """Refuse a PostgreSQL that may forget what it has committed. Answers what was let through by the tests' switch."""
    cursor.execute("select " + ", ".join(f"current_setting('{name}')" for name in DURABLE))
    found = dict(zip(DURABLE, cursor.fetchone() or (), strict=True))
    faults = [
        f"PostgreSQL runs with {name} = off: what it has accepted can be lost" for name in DURABLE if _off(found[name])
    ]
    if faults and environment.get(ALLOW_UNSAFE) != "1":
        raise UnsafeDatabase("\n".join([*faults, "switch it on; Watchkeeper does not run without it"]))
    return faults


def _off(setting: object) -> bool:
    return setting == "off"
