"""How to sign in to the demo: who they are, and the password made for this installation, kept beside its data."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from watchkeeper.config.places import made, var

FILE = "demo-sign-ins.json"


class SignIn(NamedTuple):
    """One invented person: ``who`` says in a few words what they are to the desk."""

    who: str
    name: str
    email: str
    password: str


def keep(sign_ins: list[SignIn]) -> None:
    """Write them down where only this user can read them."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(_path(), flags, 0o600), "w", encoding="utf-8") as file:
        json.dump([sign_in._asdict() for sign_in in sign_ins], file, indent=1)


def kept() -> list[SignIn]:
    """Those written down when the desk was filled; none on a desk that was not."""
    try:
        written = _path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [SignIn(**sign_in) for sign_in in json.loads(written)]


def _path() -> Path:
    return made(var()) / FILE
