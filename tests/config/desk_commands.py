"""Calling a command of the desk as `main` would, on the test's own database."""

from __future__ import annotations

from importlib import import_module

from watchkeeper.config.command import OneLineParser
from watchkeeper.people.wall import stand_for_the_desk


def call(name: str, *given: str) -> int:
    """The exit code of ``watchkeeper NAME GIVEN…``; what it refuses is raised. The test then stands for the desk."""
    module = import_module(f"watchkeeper.config.commands.{name}")
    parser = OneLineParser(prog=f"watchkeeper {name}", allow_abbrev=False)
    module.add_arguments(parser)
    try:
        return module.run(parser.parse_args(given))
    finally:
        stand_for_the_desk()
