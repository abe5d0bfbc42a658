"""How escalation rules are written."""

from __future__ import annotations

from watchkeeper.core.policy import BREACH, OPEN, RECEIPT, ROLES_TOLD, UNACKNOWLEDGED
from watchkeeper.core.policy_file.grammar.kinds import (
    LENGTH,
    MOMENT,
    NAME,
    PARTS,
    SEVERITIES,
    TEXT,
    either,
    listed,
    mapping,
    one_or_list,
    words,
)
from watchkeeper.core.policy_file.grammar.shape import REQUIRED, Field, Shape

SHAPES = (
    Shape(
        "escalation",
        (
            Field(
                "eligible",
                either("none, severity, or list of severities", words("none", ["none"]), SEVERITIES),
                "the severities whose breach may be escalated",
                "[1, 2]",
                "those with a target; at the top for all levels",
            ),
            Field("answer", LENGTH, "how long the answer to an escalation may take, in the level's hours", "1h", "2h"),
            Field("warnings", PARTS, "parts of the window at which the team is warned", "[1/2, 80%]", "1/2, 4/5"),
            Field(
                "ladder",
                listed("list of steps", mapping("a step of the ladder")),
                "further steps, when a breach stays unmet",
                "[{after: 1h, tells: [managers]}]",
                "none",
            ),
            Field(
                "customer_after",
                MOMENT,
                "from when after the receipt a customer may escalate an eligible severity, breached or not",
                "4h",
                "only from a breach",
            ),
            Field(
                "path",
                listed("list of texts and tiers", either("text or tier", TEXT, mapping("a tier"))),
                "the way that escalations take, for the page",
                "[Support triage, {name: Duty manager, after: 2h}]",
                "none",
            ),
        ),
    ),
    Shape(
        "a step of the ladder",
        (
            Field("after", MOMENT, "how long after its beginning it is taken", "1h", REQUIRED),
            Field(
                "tells",
                one_or_list("role, contact, or list of them", either("", words("role", ROLES_TOLD), NAME)),
                "whom: a role, or a contact that has an address",
                "[managers]",
                REQUIRED,
            ),
            Field("since", words("beginning", (BREACH, RECEIPT)), "what it counts from", RECEIPT, BREACH),
            Field(
                "while",
                words("state", (OPEN, UNACKNOWLEDGED)),
                "with `since: receipt`, how long it may come: while the incident is that",
                UNACKNOWLEDGED,
                OPEN,
            ),
            Field("severities", SEVERITIES, "narrows it to some", "[1, 2]", "all with a target"),
        ),
    ),
    Shape(
        "a tier",
        (
            Field("name", TEXT, "who it is", "Duty manager", REQUIRED),
            Field("contact", NAME, "the contact that is reached there", "desk"),
            Field("after", MOMENT, "from when on", "2h"),
            Field("hours", NAME, "when it is reached", "office"),
            Field("says", TEXT, "what else is said", "by telephone"),
        ),
    ),
)
