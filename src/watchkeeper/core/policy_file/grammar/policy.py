"""How the file as a whole is written, with its severities and contacts."""

from __future__ import annotations

from watchkeeper.core.policy_file.grammar.hours import CALENDAR
from watchkeeper.core.policy_file.grammar.kinds import (
    ADDRESSES,
    DAYS_LONG,
    NOTHING,
    SEVERITY,
    TEXT,
    YES_NO,
    ZONE,
    either,
    mapping,
    named,
)
from watchkeeper.core.policy_file.grammar.levels import BEGINS
from watchkeeper.core.policy_file.grammar.offer import OFFER
from watchkeeper.core.policy_file.grammar.shape import REQUIRED, Field, Kind, Shape

NEEDED_CONTACTS = {
    "escalation": "every eligible breach is mailed to it",
    "desk": "it is told where nobody is assigned and nobody is on call",
}
"""The contacts that must be there with an address, and what each is needed for."""

_CONTACTS: Kind = {
    **named("name → contact", mapping("a contact")),
    "properties": {name: {"allOf": [mapping("a contact"), {"required": ["emails"]}]} for name in NEEDED_CONTACTS},
    "required": list(NEEDED_CONTACTS),
}

SHAPES = (
    Shape(
        "a policy",
        (
            Field("policy", TEXT, "its name", "production-support", REQUIRED),
            Field("vendor", TEXT, "whose it is", "Example Vendor"),
            Field("title", TEXT, "the title of the page", "Support levels", "its name"),
            Field("zone", ZONE, "the IANA zone of local times and dates", "America/Chicago", REQUIRED),
            Field("zone_label", TEXT, "how the zone is called beside a time", "CT", "its abbreviation"),
            Field(
                "severities",
                named("key → name or severity", either("", TEXT, mapping("a severity"), NOTHING), at_least=1),
                "the scale, the most severe first",
                "{1: Critical, 2: High}",
                REQUIRED,
            ),
            Field(
                "priorities",
                named("key → name or priority", either("", TEXT, mapping("a priority"), NOTHING)),
                "a second scale, by which customers say what goes first; no clock follows from it",
                "{1: Urgent, 2: Can wait}",
                "none",
            ),
            Field("default_severity", SEVERITY, "what a report without one gets", "2", REQUIRED),
            Field(
                "hours",
                named("name → calendar", CALENDAR, at_least=1),
                "the calendars",
                "{office: {weekly: {mon-fri: 09:00-17:00}}}",
                REQUIRED,
            ),
            Field(
                "contacts",
                _CONTACTS,
                "whom to reach",
                "{desk: {emails: desk@vendor.example}, escalation: {emails: on@vendor.example}}",
                REQUIRED,
            ),
            Field("escalation", mapping("escalation"), "rules for all levels", "{answer: 1h}"),
            Field(
                "levels",
                named("key → level", mapping("a level"), at_least=1),
                "the support levels, the lowest first",
                "{standard: {acknowledgement: {1: 4h}}}",
                REQUIRED,
            ),
            Field(
                "clock_starts",
                BEGINS,
                "what clocks begin with: `receipt`, or `dispatch`, when the desk has reviewed a report",
                "dispatch",
                "receipt",
            ),
            Field(
                "severity_matrix",
                named("impact → urgency → severity", named("", SEVERITY)),
                "how a severity is found, by impact and urgency",
                "{wide: {high: 1, low: 2}, narrow: {high: 2, low: 3}}",
                "none",
            ),
            Field(
                "close_after",
                DAYS_LONG,
                "how long after its resolution an incident closes",
                "7 days",
                "14 days",
            ),
            Field(
                "reacknowledge_on_raise",
                YES_NO,
                "whether a raised severity must be acknowledged anew",
                "yes",
                "no",
            ),
            Field("severity_heading", TEXT, "heading of the severities on the page", "Severity Level", "Severity"),
            Field("definition_heading", TEXT, "heading of what they mean", "Incident Definition", "Definition"),
            Field("contacts_heading", TEXT, "heading of the contacts", "Whom to reach", "Contacts"),
            Field("terms", TEXT, "further text for the page", "Times are objectives."),
            *OFFER,
        ),
    ),
    Shape(
        "a severity",
        (
            Field("name", TEXT, "its name", "Critical", "its key"),
            Field("definition", TEXT, "what it means", "The service is down."),
        ),
    ),
    Shape(
        "a priority",
        (
            Field("name", TEXT, "its name", "Urgent", "its key"),
            Field("definition", TEXT, "what it means", "Nobody can work."),
        ),
    ),
    Shape(
        "a contact",
        (
            Field("name", TEXT, "its name on the page", "Support desk", "made from its key"),
            Field("emails", ADDRESSES, "where it is mailed, each address by itself", "[desk@vendor.example]"),
            Field("phone", TEXT, "its telephone number", "+1 555 0100"),
            Field("remark", TEXT, "what else is said about it", "At any hour."),
            Field("public", YES_NO, "whether it stands on the published page", "no", "yes"),
        ),
    ),
)
