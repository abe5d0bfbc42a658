"""The policy language as a table: every mapping a file may have, every key of it, and what stands there."""

from watchkeeper.core.policy_file.grammar import escalation, hours, levels, offer, policy
from watchkeeper.core.policy_file.grammar.kinds import NOTHING, slug
from watchkeeper.core.policy_file.grammar.shape import Field, Kind, Shape

SHAPES = {shape.name: shape for part in (policy, hours, levels, offer, escalation) for shape in part.SHAPES}

__all__ = ["NOTHING", "SHAPES", "Field", "Kind", "Shape", "slug"]
