"""Keeps the tests' PostgreSQL: starts it, migrates one database, and takes all of it away when nobody is left."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

UNSAFE_BUT_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200"}


def keep(folder: Path) -> None:
    from watchkeeper.config import desk
    from watchkeeper.config.postgres import EmbeddedPostgres

    postgres = EmbeddedPostgres(folder / "var", settings=UNSAFE_BUT_FAST)
    with (folder / "users.lock").open("ab") as users:
        try:
            desk.start(postgres)
            _migrate(postgres)
            (folder / "ready").touch()
            fcntl.flock(users, fcntl.LOCK_EX)  # granted when the last worker is gone
            shutil.rmtree(folder)
        finally:
            postgres.stop()
            shutil.rmtree(postgres.folders.socket, ignore_errors=True)
            shutil.rmtree(postgres.folders.var, ignore_errors=True)


def _migrate(postgres: "EmbeddedPostgres") -> None:  # noqa: F821
    from tests.harness.clock import CLOCK_TO_SET
    from watchkeeper.config import desk

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    desk.load()
    from django.db import connections

    from watchkeeper.config.migration import migrate
    from watchkeeper.policies.shipped import shipped_text

    owner = connections["owner"]
    owner.settings_dict["HOST"] = str(postgres.folders.socket)
    migrate(first_policy=shipped_text())
    with owner.cursor() as cursor:
        cursor.execute(CLOCK_TO_SET)
    owner.close()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
