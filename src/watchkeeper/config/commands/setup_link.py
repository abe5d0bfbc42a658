"""``watchkeeper setup-link``: print another link to set up a desk that is not open yet."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from watchkeeper.config.cannot_run import CannotRun


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def run(arguments: Namespace) -> int:
    """Print it. Raises ``CannotRun`` on a desk that is open."""
    link = new_link()
    if link is None:
        raise CannotRun("this desk is set up: sign in, or add people with: watchkeeper user add")
    print(link)
    return 0


def new_link(*, listens_at: str = "") -> str | None:
    """A new link, at the address that is set, else where ``serve`` was last heard; ``None`` where nothing is to do."""
    from django.conf import settings
    from django.urls import reverse

    from watchkeeper.office.setup import walk
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        if not walk.may_be_set_up():
            return None
        token, heard_at = walk.new_link(listens_at=listens_at)
    base = settings.WATCHKEEPER_BASE_URL if "WATCHKEEPER_BASE_URL" in os.environ or not heard_at else heard_at
    return base + reverse("set-up-link", args=[token])
