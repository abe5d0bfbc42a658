"""The command line: ``watchkeeper COMMAND …``.

A command is one module, imported when it is called, so that the pure ones start in a fraction of a second. Whoever
types something wrong reads one line on stderr that says what is allowed, and the exit code is 2.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NamedTuple, NoReturn, Protocol

from watchkeeper.config.cannot_run import CannotRun, CommandError

CANNOT_RUN = 1
USAGE_ERROR = 2
INTERRUPTED = 130


class Command(NamedTuple):
    """Where a command lives, what it does in one line, and whether it needs Django and the database ready."""

    module: str
    summary: str
    needs_desk: bool = False


COMMANDS = {
    "serve": Command("serve", "the whole desk on one machine: database, web, worker and watcher"),
    "web": Command("web", "the web process alone, for several hosts"),
    "worker": Command("worker", "the worker process alone"),
    "watch": Command("watch", "the watcher process alone"),
    "mail": Command("mail", "take a mail in, stand at the doors for mail, or test how mail is set up"),
    "migrate": Command("migrate", "bring the database's tables to this version"),
    "setup-link": Command("setup_link", "print a link to set up a desk that is new", needs_desk=True),
    "demo": Command("demo", "fill an empty desk with invented accounts and incidents", needs_desk=True),
    "user": Command("user", "add people who may sign in", needs_desk=True),
    "import": Command("import_table", "add accounts, people or agreements from a table, or another desk's log", True),
    "token": Command("token", "add and revoke the tokens of machines", needs_desk=True),
    "report": Command("report", "report an incident as a person", needs_desk=True),
    "incident": Command("incident", "show an incident", needs_desk=True),
    "explain": Command("explain", "how an incident's deadlines were counted", needs_desk=True),
    "what-if": Command("what_if", "the incidents of a period, had a level been promised for them", needs_desk=True),
    "audit": Command("audit", "verify the chain of events of every account", needs_desk=True),
    "attainment": Command("attainment", "count promises kept anew from the timelines, and compare", needs_desk=True),
    "rebuild": Command("rebuild", "compute the copied rows anew from the timelines", needs_desk=True),
    "deadline": Command("deadline", "when a report must be acknowledged, and why then"),
    "policy": Command("policy", "check a policy file, show the page it publishes, or print its schema"),
    "replay": Command("replay", "judge another help desk's export by a policy"),
}


IMPORT_OF_A_LOG = Command("import_log", "bring another help desk's log in as incidents of an account", needs_desk=True)
"""``import FILE.csv --account SLUG …``: what an account is named for is no table of accounts or people."""


class CommandModule(Protocol):
    """What the module of a command offers."""

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, arguments: Namespace) -> int: ...


class OneLineParser(ArgumentParser):
    """A parser whose complaint is one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message}; see {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 where the answer is no, 2 for a mistake in what was typed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that has no “·” shows “?” and not a traceback
    try:
        return _run(given)
    except CommandError as error:
        name = f"watchkeeper {given[0]}" if given and given[0] in COMMANDS else "watchkeeper"
        print(f"{name}: {' '.join(str(error).split())}", file=sys.stderr)
        return USAGE_ERROR
    except CannotRun as error:
        print(f"watchkeeper {given[0]}: {error}", file=sys.stderr)
        return CANNOT_RUN
    except BrokenPipeError:
        # The reader, such as head, has seen enough. Python would complain again while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0 if given else USAGE_ERROR
    if given[0] == "--version":
        print(_version())
        return 0
    command = COMMANDS.get(given[0])
    if command is None:
        raise CommandError(f'"{given[0]}" is not a command; write one of {", ".join(COMMANDS)}')
    is_a_log = given[0] == "import" and any(each.partition("=")[0] == "--account" for each in given)
    return _call(given[0], IMPORT_OF_A_LOG if is_a_log else command, given[1:])


def _call(name: str, command: Command, given: list[str]) -> int:
    if command.needs_desk:
        from watchkeeper.config import desk

        desk.load()
    module: CommandModule = import_module(f"watchkeeper.config.commands.{command.module}")
    parser = OneLineParser(prog=f"watchkeeper {name}", description=command.summary, allow_abbrev=False)
    module.add_arguments(parser)
    arguments = parser.parse_args(given)
    if command.needs_desk:
        desk.prepare()
    code = module.run(arguments)
    sys.stdout.flush()
    return code


def _overview() -> str:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:{width}}  {command.summary}" for name, command in COMMANDS.items())
    return f"""watchkeeper: a production-support desk that keeps its promises

{commands}

watchkeeper COMMAND --help says what each takes; watchkeeper --version says which this is."""


def _version() -> str:
    from importlib.metadata import version  # 20 ms that no other command should pay

    return f"watchkeeper {version('watchkeeper')}"
