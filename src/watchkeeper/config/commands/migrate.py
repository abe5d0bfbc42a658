"""`watchkeeper migrate`: create or change the tables, as their owner. On one machine `serve` does it by itself."""

from argparse import ArgumentParser, Namespace

from watchkeeper.config import desk


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def run(arguments: Namespace) -> int:
    desk.load()
    desk.attend()
    from watchkeeper.config.migration import migrate

    with desk.reached():
        migrate(verbosity=1)
    return 0
