"""Where the policies lie that come with the program: the shipped one, and examples of other vendors' pages."""

from __future__ import annotations

import os

SHIPPED = "production-support.yaml"
EXAMPLES = "examples"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # pathlib alone takes 5 ms to import


def folder() -> str:
    """``policies/`` of a checkout; inside the package of an installed wheel."""
    installed = os.path.join(_PACKAGE, "shipped_policies")
    if os.path.isdir(installed):
        return installed
    return os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "policies")


def shipped_policy() -> str:
    """The path of the shipped policy."""
    return os.path.join(folder(), SHIPPED)


def shipped_text() -> str:
    """The shipped policy itself."""
    with open(shipped_policy(), encoding="utf-8") as file:
        return file.read()


def examples() -> dict[str, str]:
    """The paths of the examples by name, in the order of their names."""
    where = os.path.join(folder(), EXAMPLES)
    found = sorted(os.listdir(where)) if os.path.isdir(where) else []
    return {name.removesuffix(".yaml"): os.path.join(where, name) for name in found if name.endswith(".yaml")}
