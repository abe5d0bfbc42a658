"""Values in what a file says, by their paths: keys, and the numbers of entries in lists, counted from 1."""

from __future__ import annotations

from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.tree import Said

Path = tuple[str, ...]


class CannotEdit(ValueError):
    """A change that the file has no place for; the message names the path and says what stands there."""


def spoken(path: Path) -> str:
    """The path as problems name it, ``hours.office.holidays.2``."""
    return ".".join(path)


def inside(there: Said) -> dict[str, Said]:
    """What stands in a list or mapping, by name; a text holds nothing."""
    if isinstance(there, dict):
        return there
    return {str(number): item for number, item in enumerate(there, start=1)} if isinstance(there, list) else {}


def known(tree: Said, path: Path) -> int:
    """How many steps of a path lead to something that the file names."""
    for steps, name in enumerate(path):
        if name not in inside(tree):
            return steps
        tree = inside(tree)[name]
    return len(path)


def at(tree: Said, path: Path) -> Said:
    """What stands at a path; ``None`` where nothing does."""
    for name in path:
        tree = inside(tree).get(name)
    return tree


def put(tree: Said, path: Path, value: Said) -> Said:
    """What the file says with ``value`` at ``path``; mappings on the way are made. Raises ``CannotEdit``."""
    return _put(tree, path, value, ())


def taken(tree: Said, path: Path) -> Said:
    """What the file says without what stands at ``path``. Raises ``CannotEdit`` where nothing does."""
    if known(tree, path) < len(path):
        raise CannotEdit(f"{spoken(path)} is not in the file, so it cannot be taken out")
    *way, name = path
    around = at(tree, tuple(way))
    left = {key: item for key, item in inside(around).items() if key != name}
    return put(tree, tuple(way), list(left.values()) if isinstance(around, list) else left)


def _put(there: Said, path: Path, value: Said, way: Path) -> Said:
    if not path:
        return value
    name, *rest = path
    if isinstance(there, str):
        raise CannotEdit(f"{spoken(way)} is the text {quoted(there)} and has no {quoted(name)}; change it as a whole")
    if isinstance(there, list) and name not in inside(there):
        raise CannotEdit(f"{spoken(way)} is a list of {len(there)}; there is no entry {quoted(name)} in it")
    changed = {**inside(there), name: _put(inside(there).get(name), tuple(rest), value, (*way, name))}
    return list(changed.values()) if isinstance(there, list) else changed
