"""The JSON Schema says what the reader says: neither knows a key or asks for one that the other does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.corpus import everything
from tests.corpus.as_an_editor_reads import as_an_editor_reads
from tests.corpus.example_tables import EXAMPLES, PROJECT, vendors
from watchkeeper.core.policy_file import PolicyFileErrors, open_policy, read_policy, read_sla
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.grammar import SHAPES, Field, Shape, slug
from watchkeeper.core.policy_file.schema import policy_schema, sla_schema

POLICY_SCHEMA, SLA_SCHEMA = policy_schema(), sla_schema()
OF_POLICIES, OF_SLAS = Draft202012Validator(POLICY_SCHEMA), Draft202012Validator(SLA_SCHEMA)
FIELDS = [(shape, field) for shape in SHAPES.values() for field in shape.fields]
NOT_DECIDING_THE_SHAPE = [(shape, field) for shape, field in FIELDS if field.key != "regions"]
REQUIRED = [(shape, field) for shape, field in NOT_DECIDING_THE_SHAPE if field.is_required]


def said_of(shape_and_field: object) -> str:
    return slug(shape_and_field.name if isinstance(shape_and_field, Shape) else getattr(shape_and_field, "key", ""))


def test_both_are_schemas_of_draft_2020_12() -> None:
    Draft202012Validator.check_schema(POLICY_SCHEMA)
    Draft202012Validator.check_schema(SLA_SCHEMA)
    assert POLICY_SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("vendor", vendors())
def test_an_example_is_valid(vendor: str) -> None:
    assert not refusals(OF_POLICIES, (EXAMPLES / f"{vendor}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ["policies/production-support.yaml", "src/watchkeeper/office/setup/empty_policy.yaml"])
def test_what_a_desk_may_start_from_is_valid(path: str) -> None:
    assert not refusals(OF_POLICIES, (PROJECT / path).read_text(encoding="utf-8"))


def test_an_sla_is_valid_and_is_no_policy() -> None:
    assert not refusals(OF_SLAS, everything.SLA)
    assert refusals(OF_POLICIES, everything.SLA)


def refusals(validator: Draft202012Validator, text: str) -> list[str]:
    return [error.message for error in validator.iter_errors(as_an_editor_reads(text))]


# what the reader and the grammar know of each other


def test_the_reader_asks_for_the_keys_that_the_grammar_declares_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    for text in [everything.POLICY, *((EXAMPLES / f"{vendor}.yaml").read_text("utf-8") for vendor in vendors())]:
        open_policy(text)
    policy = read_policy(everything.POLICY)
    read_sla(everything.SLA, policy, policy.level("silver"))
    assert asked.by_name() == {name: set(shape.keys) for name, shape in SHAPES.items()}


class Asked:
    """Listens to the reader: which keys it asks a mapping for, and what it calls the mapping."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._keys: dict[Section, set[str]] = defaultdict(set)
        self._names: dict[Section, str] = {}
        for question in ("node", "has"):
            monkeypatch.setattr(Section, question, self._heard(getattr(Section, question), self._asked))
        monkeypatch.setattr(Section, "refuse_unknown", self._heard(Section.refuse_unknown, self._called))

    def by_name(self) -> dict[str, set[str]]:
        return {name: set().union(*(self._keys[s] for s in self._names if self._names[s] == name)) for name in SHAPES}

    def _asked(self, section: Section, key: str) -> None:
        self._keys[section].add(key)

    def _called(self, section: Section, what: str) -> None:
        self._names[section] = what

    def _heard(self, method: Callable[..., Any], listener: Callable[[Section, str], None]) -> Callable[..., Any]:
        def heard(section: Section, word: str) -> Any:
            listener(section, word)
            return method(section, word)

        return heard


@pytest.mark.parametrize("name", SHAPES, ids=slug)
def test_a_key_that_is_not_declared_is_refused_by_both(name: str) -> None:
    text = changed(name, "nonsense", "x")
    assert f'{name} has no "nonsense"' in problems(name, text)
    assert refusals(validator(name), text)


@pytest.mark.parametrize(("shape", "field"), FIELDS, ids=said_of)
def test_a_key_that_is_declared_is_read_and_so_complained_about(shape: Shape, field: Field) -> None:
    text = changed(shape.name, field.key, [["nonsense"]])
    assert f"{field.key}: " in problems(shape.name, text)
    assert refusals(validator(shape.name), text)


@pytest.mark.parametrize(("shape", "field"), REQUIRED, ids=said_of)
def test_a_key_that_must_be_there_is_missed_by_both(shape: Shape, field: Field) -> None:
    text = changed(shape.name, field.key, None)
    assert f"{field.key}: is missing" in problems(shape.name, text)
    assert refusals(validator(shape.name), text)


@pytest.mark.parametrize(("shape", "field"), NOT_DECIDING_THE_SHAPE, ids=said_of)
def test_the_example_of_a_field_is_valid_and_understood(shape: Shape, field: Field) -> None:
    text = changed(shape.name, field.key, yaml.load(field.example, yaml.BaseLoader))
    assert not refusals(validator(shape.name), text)
    assert f"{field.key}: must be" not in problems(shape.name, text)


def validator(name: str) -> Draft202012Validator:
    return OF_SLAS if name == "an SLA" else OF_POLICIES


def changed(name: str, key: str, value: object) -> str:
    """The file with a mapping of that name, in which ``key`` is given ``value``; ``None`` takes the key away."""
    whole: Any = yaml.load(everything.SLA if name == "an SLA" else everything.POLICY, yaml.BaseLoader)
    around = whole
    for step in everything.PLACES[name]:
        around = around[step]
    if value is None:
        around.pop(key, None)
    else:
        around[key] = value
    return yaml.dump(whole, sort_keys=False, allow_unicode=True, width=1000)


def problems(name: str, text: str) -> str:
    return "\n".join(told(name, text))


def told(name: str, text: str) -> Iterator[str]:
    try:
        if name == "an SLA":
            policy = read_policy(everything.POLICY)
            read_sla(text, policy, policy.level("silver"))
        else:
            read_policy(text)
    except PolicyFileErrors as errors:
        yield from map(str, errors.problems)
