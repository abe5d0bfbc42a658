"""Policy and SLA files with one mistake each: where it is, and the words of the message that name the remedy.

Each file of this folder is a list of them. A mistake has a name; the lines of the sound file that it takes away (``-``)
and what stands there instead (``+``, with ``\\t``, ``\\x00`` and the like for what cannot be seen); and what is said
of it (``!``): the line, its kind, the message. An editor that has the schema sees a mistake of the kind ``shape`` by
itself and none of those of ``meaning``; what is not the ``yaml`` of the language it does not ask the schema for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tests.corpus.broken_policies.sound import SLA, SOUND

_UNSEEN = re.compile(r"\\(t|x[0-9a-f]{2}|u[0-9a-f]{4})")
_SAID = re.compile(r"! (?P<line>\d+) (?P<kind>shape|meaning|yaml): (?P<message>.+)")


class Broken(NamedTuple):
    """A file with one mistake, and what is said of it."""

    case: str
    text: str
    line: int
    kind: str
    message: str


def broken_policies() -> list[Broken]:
    """Every broken policy."""
    files = sorted(path for path in Path(__file__).parent.glob("*.txt") if path.stem != "slas")
    return [broken for path in files for broken in _listed(path, SOUND)]


def broken_slas() -> list[Broken]:
    """Every broken SLA, for the level gold of the sound policy."""
    return list(_listed(Path(__file__).with_name("slas.txt"), SLA))


def _listed(path: Path, sound: str) -> list[Broken]:
    _heading, *cases = path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return [_broken(case.split("\n"), sound) for case in cases]


def _broken(lines: list[str], sound: str) -> Broken:
    name, *changes, verdict = lines
    before = "\n".join(line[2:] for line in changes if line.startswith("-"))
    after = "\n".join(_seen(line[2:]) for line in changes if line.startswith("+"))
    said = _SAID.fullmatch(verdict)
    assert said, f"{name}: the verdict is written as ! 3 shape: message"
    assert before in sound, f"{name}: the sound file has no such lines"
    return Broken(name, sound.replace(before, after, 1), int(said["line"]), said["kind"], said["message"])


def _seen(line: str) -> str:
    return _UNSEEN.sub(lambda found: found[0].encode().decode("unicode_escape"), line)
