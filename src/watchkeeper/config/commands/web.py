"""`watchkeeper web`: the web process alone, for several hosts with one DATABASE_URL."""

import os
from argparse import ArgumentParser, Namespace

from watchkeeper.config import desk, web
from watchkeeper.config.commands.serve import add_listening


def add_arguments(parser: ArgumentParser) -> None:
    add_listening(parser)


def run(arguments: Namespace) -> int:
    listener = web.listen(arguments.host, arguments.port)
    address = web.address(listener)
    os.environ.setdefault("WATCHKEEPER_BASE_URL", address)
    desk.join()
    web.collect_static()
    return web.serve(listener, web.front(), when_ready=lambda: print(f"Watchkeeper answers at {address}", flush=True))
