"""Whatever a file holds, it is a sound policy or problems that name a line: never a traceback.

``make fuzz-policy`` tries 20,000 files, prints how many were sound, and which kept the processor busy for longest.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.policy_text import SMALL
from tests.core.properties.damage import damaged
from tests.core.properties.invented import invented, invented_sla
from tests.core.properties.judged import judge_policy, judge_sla
from tests.corpus import everything
from tests.corpus.example_tables import EXAMPLES, PROJECT, vendors
from tests.patience import examples
from watchkeeper.core.policy_file import read_policy

FILES = int(os.environ.get("FUZZED_FILES") or examples(80))
SHIPPED = (PROJECT / "policies/production-support.yaml").read_text(encoding="utf-8")
REAL = [SHIPPED, *((EXAMPLES / f"{vendor}.yaml").read_text(encoding="utf-8") for vendor in vendors())]
POLICY = read_policy(SMALL)
EVERYTHING = read_policy(everything.POLICY)
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
variants: [{when: {environment: live}, acknowledgement: {1: 30m}}]
"""


def a_damaged_policy(rng: random.Random) -> bool:
    return judge_policy(damaged(rng.choice([SMALL, everything.POLICY, *REAL]), rng), POLICY)


def an_invented_policy(rng: random.Random) -> bool:
    return judge_policy(invented(rng), POLICY, far=rng.random() < 0.05)


def a_damaged_invented_policy(rng: random.Random) -> bool:
    return judge_policy(damaged(invented(rng), rng), POLICY)


def an_sla(rng: random.Random) -> bool:
    if rng.random() < 0.5:
        return judge_sla(damaged(SLA, rng), POLICY, POLICY.level("gold"))
    return judge_sla(invented_sla(rng), EVERYTHING, rng.choice(EVERYTHING.levels))


@pytest.mark.property
@pytest.mark.parametrize("kind", [a_damaged_policy, an_invented_policy, a_damaged_invented_policy, an_sla])
def test_a_fuzzed_file_is_sound_or_refused_with_problems(kind: Callable[[random.Random], bool]) -> None:
    judged: Counter[bool] = Counter()
    slowest = (0.0, 0)
    for seed in range(FILES // 4):
        began = process_time()
        try:
            judged[kind(random.Random(seed))] += 1
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
        slowest = max(slowest, (process_time() - began, seed))
    took = "{:.1f} s of processor time with seed {}".format(*slowest)
    print(f"\n{kind.__name__}: {judged.total():,} files, {judged[True]:,} of them sound; the slowest took {took}")
    assert judged[True], "none was sound: what comes after the reading was not tried"


@pytest.mark.property
@given(st.text(max_size=200))
@settings(max_examples=examples(40), deadline=None)
def test_any_text_is_a_policy_or_problems(text: str) -> None:
    judge_policy(text, POLICY)
