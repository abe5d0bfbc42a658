"""The cast of the stories in the database of a running desk: written by a process that has the desk's own settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.desk_process import Desk

CHECKOUT = Path(__file__).parents[2]


def raise_curtain_at(desk: Desk, *, password: str = "") -> None:
    """Make the accounts and people of ``tests.cast`` there; with a password they can sign in."""
    command = [sys.executable, "-m", "tests.stories.curtain", password]
    subprocess.run(command, env=desk.environment, cwd=CHECKOUT, check=True)


def _raise_it(password: str) -> None:
    from watchkeeper.config import desk

    desk.prepare()
    from django.contrib.auth.hashers import make_password

    from tests.cast import raise_curtain
    from watchkeeper.people.models import Person
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        raise_curtain()
        if password:
            Person.objects.update(password=make_password(password))  # made once: each takes a quarter of a second


if __name__ == "__main__":
    _raise_it(sys.argv[1])
