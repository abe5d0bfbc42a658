"""Bringing the database's tables to what this version of the desk expects: as their owner, one process at a time."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from .cannot_run import CannotRun
from .policy_source import shipped_policy
from .roles import let_the_application_in

ONE_AT_A_TIME = 0x57415443484B5031  # an advisory lock; any number that nobody else uses


class NoOwner(CannotRun):
    """There is no role to migrate as."""


def migrate(*, verbosity: int = 0) -> None:
    """Create or change the tables; does nothing where nothing is to be done."""
    if "owner" not in settings.DATABASES:
        raise NoOwner("to migrate, set DATABASE_URL: its role owns the tables")
    owner = connections["owner"]
    try:
        with owner.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            let_the_application_in(cursor, login=settings.DATABASES["default"]["USER"])
        call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
        _publish_first_policy()
    finally:
        owner.close()  # and with it the lock


def _publish_first_policy() -> None:
    from watchkeeper.policies.publishing import publish_first

    publish_first(Path(shipped_policy()).read_text(encoding="utf-8"), using="owner")


def missing() -> list[str]:
    """The migrations that the database lacks, asked as the application."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
