"""`watchkeeper watch`: the watcher process alone; any number of them, on any number of hosts, is safe."""

from argparse import ArgumentParser, Namespace

from watchkeeper.config import desk, watching


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def run(arguments: Namespace) -> int:
    desk.join()
    return watching.watch_until_told()
