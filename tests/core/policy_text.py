"""A small policy as text, in which tests change one place at a time."""

from __future__ import annotations

from watchkeeper.core.policy import Policy, Target
from watchkeeper.core.policy_file import PolicyFileErrors, read_policy

SMALL = """\
policy: small
vendor: Example
zone: America/Chicago
zone_label: CT
severities:
  1: {name: Critical, definition: Down.}
  2: {name: High}
  3: Medium
default_severity: 2
hours:
  office:
    weekly: {monday-friday: "08:00-17:00"}
    published_as: Office Hours
  always: around the clock
contacts:
  escalation: {name: Distribution, emails: [first@vendor.example, second@vendor.example]}
  desk: {emails: desk@vendor.example}
levels:
  basic:
    name: Basic
    hours: office
    included_in_licence: yes
    acknowledgement:
      1: 24h
      2: {within: 24h}
  gold:
    name: Gold
    hours: always
    acknowledgement:
      1: {within: 2h, goal: 15m, published_as: "Within minutes up to 2 hours"}
      2: {within: 4h}
      3: {within: 8h, hours: office}
    escalation: {eligible: [1, 2]}
"""


def changed(old: str, new: str) -> str:
    """The small policy with its first ``old`` replaced."""
    assert old in SMALL, f"the small policy holds no {old!r}"
    return SMALL.replace(old, new, 1)


def read(old: str = "", new: str = "") -> Policy:
    """The small policy, changed in one place, as a value."""
    return read_policy(changed(old, new))


def problems(text: str) -> list[str]:
    """What is wrong with a text, as a person reads it; empty for a sound policy."""
    try:
        read_policy(text)
    except PolicyFileErrors as errors:
        return [str(problem) for problem in errors.problems]
    return []


def target(policy: Policy, level: str, severity: int, metric: str = "acknowledgement") -> Target:
    """A target that must be there."""
    found = policy.level(level).target(metric, severity)
    assert found is not None
    return found
