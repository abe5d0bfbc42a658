"""The shipped policy as text, and what might be made of it."""

from __future__ import annotations

import re

from tests.cast import POLICY

TEXT = POLICY.read_text(encoding="utf-8")


def premium_high(within: str) -> str:
    """The policy with another window for Premium, High; as shipped it is four hours."""
    return replaced("      2: {within: 4h,", f"      2: {{within: {within},")


def replaced(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, f"the shipped policy holds {old!r} {TEXT.count(old)} times"
    return TEXT.replace(old, new)


FASTER, SLOWER = premium_high("2h"), premium_high("9h")
WITHOUT_COSMETIC = re.sub(r"\n  5:\n    name: Cosmetic.*?(?=\ndefault_severity)", "", TEXT, flags=re.DOTALL)
WITHOUT_COSMETIC = re.sub(r"\n      5: \{.*\}", "", WITHOUT_COSMETIC)
WITHOUT_PREMIUM = TEXT[: TEXT.index("\n  premium:\n    name: Premium")] + "\n"
NOTHING_IN_THE_LICENCE = replaced("    included_in_licence: yes\n", "")

CRITICAL_AS_0 = TEXT.replace("\n  1:\n    name: Critical", "\n  0:\n    name: Critical")
CRITICAL_AS_0 = CRITICAL_AS_0.replace("      1: {", "      0: {").replace("eligible: [1,", "eligible: [0,")
