"""What all levels of a file say alike, said once for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from watchkeeper.core.policy_file.tree import Said

_RULES = "escalation"
_OF_A_LEVEL_ALONE = "eligible"

_Entries = Mapping[str, Said]


def said_for_all(levels: Sequence[_Entries], shared: Collection[str]) -> dict[str, Said]:
    """The entries that several levels have alike, of the keys ``shared`` and the escalation rules."""
    if len(levels) < 2:
        return {}
    alike = {key: value for key, value in _alike(levels).items() if key in shared}
    rules = _alike([_rules(level) for level in levels])
    rules.pop(_OF_A_LEVEL_ALONE, None)
    return alike | ({_RULES: rules} if rules else {})


def without(level: _Entries, for_all: _Entries) -> dict[str, Said]:
    """A level without what is said for all."""
    rules = {key: value for key, value in _rules(level).items() if key not in _rules(for_all)}
    left: dict[str, Said] = {key: rules if key == _RULES else value for key, value in level.items()}
    return {key: value for key, value in left.items() if key not in for_all or (key == _RULES and rules)}


def _alike(several: Sequence[_Entries]) -> dict[str, Said]:
    first, *others = several
    return {key: value for key, value in first.items() if all(key in said and said[key] == value for said in others)}


def _rules(said: _Entries) -> dict[str, Said]:
    rules = said.get(_RULES)
    return rules if isinstance(rules, dict) else {}
