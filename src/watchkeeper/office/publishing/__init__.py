"""How a policy changes: a draft is written, its effect on the desk's own incidents is looked at, it is published.

A version that was published never changes. A planned one can be withdrawn before it is in force, and what a version
promises more can be laid on incidents that are open. ``docs/how-to/change-the-policy.md`` walks through it.
"""
