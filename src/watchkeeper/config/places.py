"""Where an installation keeps what it must not lose: the folder `var/`, or the one WATCHKEEPER_VAR names."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def var() -> Path:
    """The folder of this installation's data, absolute; it need not exist yet.

    A checkout keeps it beside its sources, wherever the command is called from; an installed package keeps it in the
    folder it is called from.
    """
    named = os.environ.get("WATCHKEEPER_VAR")
    if named:
        return Path(named).expanduser().resolve()
    home = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    return home / "var"


def made(var: Path) -> Path:
    """`var`, created where it was missing, closed to every other user of the machine."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    return var
