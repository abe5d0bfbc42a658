"""What a policy, a level, a variant or an SLA may say beside targets."""

from __future__ import annotations

from watchkeeper.core.offer import CHANNELS, PERIODS
from watchkeeper.core.policy_file.grammar.kinds import (
    COUNT,
    DATE,
    MISSED,
    NOTHING,
    TEXT,
    TEXTS,
    either,
    mapping,
    named,
    one_or_list,
    words,
)
from watchkeeper.core.policy_file.grammar.shape import REQUIRED, Field, Shape

PERIOD = words("period", PERIODS)
_CHANNELS = one_or_list("way in or list of them", words("way in", CHANNELS))

OFFER = (
    Field(
        "channels",
        either("ways in, or severity → ways in", _CHANNELS, named("", either("", _CHANNELS, NOTHING))),
        "the ways in; for all, or by severity, `others` being those not named",
        "{1: phone, others: [web, mail]}",
    ),
    Field("emergency", TEXT, "how to reach somebody at once", "By telephone, at any hour."),
    Field("named_contacts", TEXT, "who may report", "Four persons of the customer."),
    Field(
        "limits",
        one_or_list("text, limit, or list of them", either("text or limit", TEXT, mapping("a limit"))),
        "how much of something there is; nothing is refused for one",
        "[{of: cases, at_most: 10, each: month}]",
    ),
    Field("languages", TEXTS, "which languages are answered in", "[English, German]"),
    Field("staff", TEXT, "who answers", "Engineers of the product."),
    Field(
        "credits",
        one_or_list("text, credit, or list of them", either("text or credit", TEXT, mapping("a credit"))),
        "what may be claimed after breaches",
        "[{after: 4 missed acknowledgements, each: quarter, worth: 20% of the fee}]",
    ),
    Field("not_covered", TEXTS, "what the level is not for", "[training]"),
    Field("response_means", TEXT, "what counts as a response", "The first answer of a person."),
    Field("severity_rules", TEXT, "how severities are set", "The customer sets it; the desk may correct it."),
    Field("closing_rules", TEXT, "when incidents are closed", "After two weeks without an answer."),
    Field("offered", mapping("offered"), "when it can be bought", "{from: 2026-01-01, to: 2026-07-01}"),
)

SHAPES = (
    Shape(
        "a limit",
        (
            Field("of", TEXT, "what there is so much of", "cases", REQUIRED),
            Field("at_most", COUNT, "how many", "10", REQUIRED),
            Field("each", PERIOD, "in which period", "month", "in all"),
        ),
    ),
    Shape(
        "a credit",
        (
            Field("after", MISSED, "so many breaches of a metric", "4 missed acknowledgements", REQUIRED),
            Field("each", PERIOD, "the period they are counted over", "quarter", REQUIRED),
            Field("worth", TEXT, "what it is worth", "20% of the fee", REQUIRED),
            Field("claim", TEXT, "how it is claimed", "within 30 days"),
        ),
    ),
    Shape(
        "offered",
        (
            Field("from", DATE, "the first day on which it can be bought", "2026-01-01", "always"),
            Field("to", DATE, "the first day on which it cannot be bought any more", "2026-07-01", "never"),
        ),
    ),
)
