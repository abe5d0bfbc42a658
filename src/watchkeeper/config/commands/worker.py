"""`watchkeeper worker`: the worker process alone, for several hosts with one DATABASE_URL."""

from argparse import ArgumentParser, Namespace

from watchkeeper.config import desk, worker


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def run(arguments: Namespace) -> int:
    desk.join()
    return worker.work()
