"""Reading a policy, or an SLA laid over one of its levels, from a YAML file.

Every text gives either sound values or ``PolicyFileErrors`` with every problem found: its place in the policy's own
words, its line, what was found and what is allowed. ``docs/reference/policy.md`` describes the language.
"""

from watchkeeper.core.policy_file.document import PolicyFile, open_policy, read_policy
from watchkeeper.core.policy_file.operating import StoredHolidays
from watchkeeper.core.policy_file.overlay import SlaFile, open_sla, read_sla
from watchkeeper.core.policy_file.problems import PolicyFileErrors, Problem

__all__ = [
    "PolicyFile",
    "PolicyFileErrors",
    "Problem",
    "SlaFile",
    "StoredHolidays",
    "open_policy",
    "open_sla",
    "read_policy",
    "read_sla",
]
