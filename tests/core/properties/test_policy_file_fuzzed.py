"""Whatever a file holds, it is a sound policy or problems that name a line: never a traceback."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.policy_text import SMALL
from watchkeeper.core.policy_file import PolicyFileErrors, open_policy, read_policy, read_sla
from watchkeeper.core.policy_file.unwise import unwise

POLICY = read_policy(SMALL)
SLA = """\
sla: Acme
acknowledgement:
  1: {within: 1h, goal: 5m}
  3: none
  high: 2 business days
hours:
  acme: {weekly: [friday 17:00 - monday 10:00 Australia/Sydney], holidays: [2026-12-24]}
escalation: {eligible: [1], ladder: [{after: 1h, tells: managers}]}
contacts: {desk: {emails: a@b.example}}
"""
FRAGMENTS = """\
&a |*a |{|}|[|]|'|"|:|: |- |#|% |!!x |> |~|null|yes|no|1e3|0x10|08:30|99h|24:00|@|`|? |<<: |--- |... |%YAML 1.1|closed|
US|DE-BY|XX|2026-02-30|monday|none|2 business days|next business day|around the clock|all day|[[[[|{{{{|é|×|–|
""".replace("\n", "").split("|")
FRAGMENTS += ["|", "\t", "\n", "\r", "\x00", "\ud800", "\ufeff"]


def damaged(text: str, rng: random.Random) -> str:
    """A text with a few of its parts taken out, put in, exchanged or repeated."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(text) + 1)
        end = start + rng.randint(1, 60)
        lines = text.split("\n")
        line = rng.randrange(len(lines))
        match rng.randrange(6):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + rng.choice(FRAGMENTS) + text[start:]
            case 2:
                text = text[:start] + rng.choice(FRAGMENTS) + text[end:]
            case 3:
                text = "\n".join([*lines[:line], rng.choice(lines), *lines[line:]])
            case 4:
                text = "\n".join([*lines[:line], *lines[line + 1 :]])
            case 5:
                lines[line] = f"{lines[line].partition(':')[0]}: {rng.choice(FRAGMENTS)}"
                text = "\n".join(lines)
    return text


def require_policy_or_problems(text: str) -> None:
    try:
        unwise(open_policy(text))
    except PolicyFileErrors as errors:
        if not errors.problems:
            pytest.fail(f"refused without a reason: {text!r}")


@pytest.mark.property
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_policy_is_a_policy_or_problems(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(50):
        require_policy_or_problems(damaged(SMALL, rng))


@pytest.mark.property
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_sla_is_an_sla_or_problems(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(50):
        with suppress(PolicyFileErrors):
            read_sla(damaged(SLA, rng), POLICY, POLICY.level("gold"))


@pytest.mark.property
@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_policy_or_problems(text: str) -> None:
    require_policy_or_problems(text)
