"""How levels, their targets, their variants and the SLAs laid over them are written."""

from __future__ import annotations

from watchkeeper.core.circumstances import COMPARED
from watchkeeper.core.offer import PERIODS
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    BEGINNINGS,
    BEGINNINGS_FOR_ALL,
    PROMISED_METRICS,
    SAID_INSTEAD,
    STATES_OF_REPAIR,
)
from watchkeeper.core.policy_file.grammar.hours import CALENDAR
from watchkeeper.core.policy_file.grammar.kinds import (
    COUNT,
    DATE,
    LENGTH,
    MOMENT,
    NAME,
    NOTHING,
    PART,
    RANGE,
    SEVERITY,
    TEXT,
    TEXTS,
    TIME,
    YES_NO,
    either,
    listed,
    mapping,
    named,
    one_or_list,
    words,
)
from watchkeeper.core.policy_file.grammar.offer import OFFER
from watchkeeper.core.policy_file.grammar.shape import REQUIRED, Field, Kind, Shape

_SAYS: Kind = {
    "title": "words instead",
    "type": "object",
    "properties": {"says": TEXT},
    "required": ["says"],
    "additionalProperties": False,
}
_TARGET: Kind = {
    "title": "length, target, or words instead",
    "if": {"type": "object", "required": ["says"]},
    "then": _SAYS,
    "else": either("", RANGE, mapping("a target"), words("words", [*SAID_INSTEAD, "none"])),
}
METRICS = tuple(
    Field(
        metric, named("severity → target", _TARGET), f"targets of {metric.replace('_', ' ')}", "{1: 4h, 2: 8h}", "none"
    )
    for metric in PROMISED_METRICS
)
_CALENDARS = one_or_list("name or list of names", NAME)
BEGINS = words("beginning", BEGINNINGS_FOR_ALL)

_ESCALATION = Field("escalation", mapping("escalation"), "rules that differ here", "{eligible: [1]}")
_ON_CALL = Field("on_call", NAME, "the contact that is warned where nobody is assigned", "night_shift", "`on_call`")
_FEATURES = Field("features", TEXTS, "what else it brings", "[health checks]", "none")
_VARIANTS = Field(
    "variants",
    listed("list of variants", mapping("a variant")),
    "what is different in some circumstances",
    "[{when: {environment: production}, acknowledgement: {1: 1h}}]",
    "none",
)
_OVERLAY = (
    *METRICS,
    Field(
        "hours",
        either("name of a calendar, or name → calendar", NAME, named("", CALENDAR)),
        "the calendar for all that the level counts in its own hours; or further calendars to refer to",
        "always",
        "the level's",
    ),
    Field(
        "contacts",
        named("name → contact", mapping("a contact")),
        "contacts that are added or replaced",
        "{night: {phone: +1 555 0101}}",
    ),
    Field("most_severe", SEVERITY, "the most severe that a report can be there", "3", "any"),
    _ESCALATION,
    _ON_CALL,
    _FEATURES,
    *OFFER,
)

SHAPES = (
    Shape(
        "a level",
        (
            Field("name", TEXT, "its name", "Gold", "its key"),
            Field(
                "hours",
                either("name of a calendar, or severity → name", NAME, named("", NAME)),
                "the calendar its targets are counted in; or one by severity, `others` being those not named",
                "{1: always, others: office}",
                "the only one there is",
            ),
            *METRICS,
            Field(
                "based_on",
                NAME,
                "a level above it in the file: it starts as that one says and changes what it mentions; other `hours` "
                "recount what that one counts in its own",
                "silver",
            ),
            _VARIANTS,
            Field("clock_starts", BEGINS, "what its clocks begin with", "dispatch", "the policy's"),
            Field(
                "severities",
                named("severity → text", either("", TEXT, NOTHING)),
                "what a severity means at this level",
                "{1: Billing is wrong.}",
                "as in the policy",
            ),
            Field("included_in_licence", YES_NO, "whether every licence carries it; at most one level", "yes", "no"),
            _ESCALATION,
            _ON_CALL,
            Field("title", TEXT, "its heading on the page", "Gold Support", "its name"),
            Field("introduction", TEXTS, "what stands before its table on the page", "[For those who run it.]", "none"),
            Field("conditions", TEXT, "what stands after it", "A contact must be reachable."),
            Field("response_heading", TEXT, "the heading of the acknowledgements", "Initial response", "Response Time"),
            _FEATURES,
            *OFFER,
        ),
    ),
    Shape(
        "a target",
        (
            Field(
                "within",
                RANGE,
                "the limit; a range says the goal too",
                "4h",
                "required, unless laid over a target",
            ),
            Field("goal", LENGTH, "an earlier aim; missing it warns the team and is no breach", "15m", "none"),
            Field("hours", NAME, "the calendar it is counted in", "always", "the level's"),
            Field(
                "counting",
                words("counting", ("operating", "elapsed")),
                "`operating`: only open time counts; `elapsed`: the wall clock, due in open time",
                "elapsed",
                "operating",
            ),
            Field(
                "starts",
                words("start", ("opening", "receipt")),
                "for `elapsed`: at the next opening, or on receipt",
                "receipt",
                "opening",
            ),
            Field(
                "cut_off",
                TIME,
                "for business days: what comes later on its day counts from the next one's opening",
                "12:00",
                "none",
            ),
            Field(
                "from",
                words("beginning", BEGINNINGS),
                f"what its clock begins with; an {ACKNOWLEDGEMENT} not with itself",
                "dispatch",
                "`clock_starts`",
            ),
            Field(
                "then",
                listed("list of later cadences", mapping("a later cadence")),
                "of an update: how often later on; the last holds whose moment has come",
                "[{once: workaround, within: 1 business day}]",
                "none",
            ),
            Field("share", PART, "that it is promised for a share of a period's incidents", "95%", "all"),
            Field("each", words("period", PERIODS), "the period of the share", "quarter", "month"),
            Field("at_least", COUNT, "how many incidents there must be for the share to be promised", "20", "1"),
            Field("published_as", TEXT, "its words on the page", "Within four hours", "made from the target"),
        ),
    ),
    Shape(
        "a later cadence",
        (
            Field("within", LENGTH, "how often then", "8h", REQUIRED),
            Field("once", words("state", STATES_OF_REPAIR), "from when a reply says that it is there", "workaround"),
            Field("after", MOMENT, "or from so long after the receipt", "2h"),
            Field("hours", NAME, "the calendar it is counted in then", "office", "the target's"),
        ),
    ),
    Shape(
        "a variant",
        (
            Field("when", mapping("a condition"), "what must hold", "{environment: production}", REQUIRED),
            *_OVERLAY,
        ),
    ),
    Shape(
        "a condition",
        (
            *(Field(name, TEXTS, f"the {name}, one of these words in any case", "[live, eu]") for name in COMPARED),
            Field("received_in", _CALENDARS, "one of these calendars is open when the report comes in", "office"),
            Field("received_outside", _CALENDARS, "none of these calendars is open when the report comes in", "office"),
            Field("agreed_since", DATE, "the agreement began on this day or later", "2026-01-01"),
            Field("agreed_before", DATE, "the agreement began before this day", "2026-01-01"),
        ),
        at_least=1,
    ),
    Shape(
        "an SLA",
        (Field("sla", TEXT, "the contract's name", "Acme 2026", REQUIRED), *_OVERLAY, _VARIANTS),
    ),
)
