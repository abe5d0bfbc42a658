"""What a policy, a level, a variant or an SLA may say beside targets."""

from __future__ import annotations

from watchkeeper.core.offer import CHANNELS, PERIODS
from watchkeeper.core.policy_file.grammar.kinds import (
    COUNT,
    DATE,
    METRIC,
    MISSED,
    NAME,
    NOTHING,
    PART,
    SEVERITIES,
    TEXT,
    TEXTS,
    either,
    listed,
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
    Field(
        "named_contacts",
        either("number, words, or named contacts", TEXT, mapping("named contacts")),
        "how many may report, and who",
        "{at_most: 2, more: 1, for_each: 50, by: seats}",
    ),
    Field(
        "maintenance",
        one_or_list("text, window, or list of them", either("text or window", TEXT, mapping("a maintenance window"))),
        "windows kept free for maintenance",
        "[{hours: sundays, notice: 5 days}]",
    ),
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
    Field(
        "shares",
        listed("list of shares", mapping("a share")),
        "promises for a share of several severities together",
        "[{of: 95%, severities: [1, 2], each: month}]",
    ),
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
        "a share",
        (
            Field("of", PART, "the part that is promised", "95%", REQUIRED),
            Field("metric", METRIC, "of which targets", "resolution", "acknowledgement"),
            Field("severities", SEVERITIES, "of which severities", "[1, 2]", "all that have a target"),
            Field("each", PERIOD, "the period whose incidents are counted", "quarter", "month"),
            Field("at_least", COUNT, "how many there must be to be promised a share of", "20", "1"),
            Field("leaves_out", TEXTS, "in words, what is not counted", "[planned maintenance]", "nothing"),
        ),
    ),
    Shape(
        "named contacts",
        (
            Field(
                "at_most",
                either("number, or size → number", COUNT, named("", COUNT, at_least=1)),
                "how many; growing with the customer, up to which size how many",
                "4",
                REQUIRED,
            ),
            Field("by", TEXT, "what a customer's size is counted in", "seats"),
            Field("more", COUNT, "how many more for each further `for_each`", "1"),
            Field("for_each", COUNT, "so much more of what a size is counted in", "50"),
            Field("who", TEXT, "in words: who they are", "administrators"),
        ),
    ),
    Shape(
        "a maintenance window",
        (
            Field("hours", NAME, "the calendar that is kept free", "sundays", REQUIRED),
            Field("notice", TEXT, "how long before it is announced", "5 days"),
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
