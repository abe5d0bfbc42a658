"""The walk at the beginning of the reference of the policy file: its files are written, its commands called."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path

from watchkeeper.config.command import main

_BLOCK = re.compile(r"```(?P<kind>yaml|diff|console)\n(?P<body>.*?)```", re.DOTALL)
_FILE = "my-policy.yaml"
_END = "<!-- end of the walk -->"


def walked(page: str, folder: Path) -> str:
    """The page with what its commands really print, each called in ``folder`` on the file as it is by then."""
    walk, end, rest = page.partition(_END)
    with chdir(folder):
        return _BLOCK.sub(_taken, walk) + end + rest


def _taken(block: re.Match[str]) -> str:
    """One step: a file that is written, or changed, or commands that are called."""
    body = block["body"]
    if block["kind"] == "yaml":
        Path(_FILE).write_text(body, encoding="utf-8")
    elif block["kind"] == "diff":
        _change(body.splitlines())
    else:
        body = "".join(_called(line[2:]) for line in body.splitlines() if line.startswith("$ "))
    return f"```{block['kind']}\n{body}```"


def _change(lines: list[str]) -> None:
    before, after = ("\n".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +"))
    text = Path(_FILE).read_text(encoding="utf-8")
    assert text.count(before) == 1, f"the file has not once:\n{before}"
    Path(_FILE).write_text(text.replace(before, after), encoding="utf-8")


def _called(command: str) -> str:
    typed, _, into = command.partition(" > ")
    printed = io.StringIO()
    with redirect_stdout(printed):
        main(list(_without_program(typed)))
    if into:
        Path(into).write_text(printed.getvalue(), encoding="utf-8")
    return f"$ {command}\n" + ("" if into else printed.getvalue())


def _without_program(typed: str) -> Iterator[str]:
    program, *arguments = shlex.split(typed)
    assert program == "watchkeeper"
    yield from arguments
