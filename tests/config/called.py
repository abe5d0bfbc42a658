"""The command line called inside the test, as a person would call it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from watchkeeper.config.command import main


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line on stderr of a command that refused; nothing may stand on stdout."""
        assert (self.code, self.out) == (2, "")
        (line,) = self.err.splitlines()
        return line


class Caller:
    """Calls commands and reads what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        self._capsys.readouterr()
        code = main(arguments)
        return Answer(code, *self._capsys.readouterr())
