"""The reference of the policy file says what the reader goes by, and each of its files and outputs is a real one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.corpus import everything
from tests.corpus.policy_reference import PAGE, described, used_by, with_tables
from tests.corpus.policy_walk import walked
from watchkeeper.core.policy_file import read_policy, read_sla

TEXT = PAGE.read_text(encoding="utf-8")
ANEW = "python -m tests.corpus.policy_reference writes it anew"
WALK, _, REFERENCE = TEXT.partition("<!-- end of the walk -->")
FRAGMENT = re.compile(r"<!-- in: (?P<shape>.+?) -->\n```yaml\n(?P<yaml>.*?)```", re.DOTALL)
ROW = re.compile(r"^\| `(?P<key>\w+)` \|.*\| (?P<needed>[\w-]*) \|$", re.MULTILINE)


def test_each_table_is_made_of_the_grammar() -> None:
    assert without_last_column(TEXT) == without_last_column(with_tables(TEXT)), ANEW


def without_last_column(text: str) -> str:
    """Which example is named first changes with every new one."""
    return re.sub(r"[^|\n]*\|$", "", text, flags=re.MULTILINE)


def test_every_field_of_the_language_is_described_once() -> None:
    assert {name: [row["key"] for row in rows(name)] for name in described()} == {
        name: [field.key for field in fields] for name, fields in described().items()
    }


@pytest.mark.parametrize("name", described())
def test_the_policy_that_needed_a_field_has_it(name: str) -> None:
    for row in rows(name):
        assert not row["needed"] or row["needed"] in used_by(name, row["key"]), f"{row['key']}: {ANEW}"
        assert row["needed"] or not used_by(name, row["key"]), f"{row['key']} is used by an example: {ANEW}"


def rows(name: str) -> Iterator[re.Match[str]]:
    table = REFERENCE.partition(f"<!-- fields of {name} -->\n")[2].partition("<!-- end -->")[0]
    return ROW.finditer(table)


def test_what_the_walk_prints_is_what_its_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert walked(TEXT, tmp_path) == TEXT, ANEW
    assert read_policy((tmp_path / "my-policy.yaml").read_text(encoding="utf-8")).name == "acme-support"


def test_each_block_of_the_reference_says_where_it_stands() -> None:
    assert REFERENCE.count("```yaml") == len(FRAGMENT.findall(REFERENCE)) > 5


@pytest.mark.parametrize("fragment", list(FRAGMENT.finditer(REFERENCE)), ids=lambda found: found["yaml"].split(":")[0])
def test_each_block_of_the_reference_is_sound(fragment: re.Match[str]) -> None:
    for alternative in alternatives(fragment["yaml"]):
        laid = yaml.load(alternative, yaml.BaseLoader)
        if fragment["shape"] == "an SLA":
            policy = read_policy(everything.POLICY)
            read_sla(yaml.dump({"sla": "Acme", **laid}), policy, policy.level("silver"))
        else:
            whole = yaml.load(everything.POLICY, yaml.BaseLoader)
            around = whole
            for step in everything.PLACES[fragment["shape"]]:
                around = around[step]
            around.update(laid)
            read_policy(yaml.dump(whole, sort_keys=False, allow_unicode=True))


def alternatives(block: str) -> list[str]:
    """The block as one mapping, or each of its lines where they give the same key again."""
    keys = re.findall(r"^\w+", block, re.MULTILINE)
    return [block] if len(set(keys)) == len(keys) else block.splitlines()


def test_each_link_into_the_page_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", TEXT)) <= anchors
