"""Bringing the database's tables to what this version of the desk expects: as their owner, one process at a time."""

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from .cannot_run import CannotRun
from .roles import let_the_application_in

ONE_AT_A_TIME = 0x57415443484B5031  # an advisory lock; any number that nobody else uses


class NoOwner(CannotRun):
    """There is no role to migrate as."""


def migrate(*, verbosity: int = 0, first_policy: str = "") -> None:
    """Create or change the tables; does nothing where nothing is to be done.

    ``first_policy`` is the text of a policy to publish on a desk that has none: so it is set up without the walk.
    """
    if "owner" not in settings.DATABASES:
        raise NoOwner("to migrate, set DATABASE_URL: its role owns the tables")
    from watchkeeper.policies.publishing import publish_first

    owner = connections["owner"]
    try:
        with owner.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            let_the_application_in(cursor, login=settings.DATABASES["default"]["USER"])
        call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
        if first_policy:
            publish_first(first_policy, using="owner")
    finally:
        owner.close()  # and with it the lock


def missing() -> list[str]:
    """The migrations that the database lacks, asked as the application."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
