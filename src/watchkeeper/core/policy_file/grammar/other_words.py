"""What other vendors, tools and pages call the keys: a suggestion knows them, the language has one word for each."""

from __future__ import annotations

_CALLED = {
    "acknowledgement": "response response_time first_response initial_response response_target ack reaction",
    "resolution": "fix fix_time time_to_resolution resolve",
    "update": "updates update_frequency next_update communication status_update",
    "restoration": "restore recovery mitigation",
    "post_incident_report": "rca root_cause_analysis postmortem",
    "severities": "priorities severity_levels",
    "default_severity": "default_priority",
    "levels": "plans tiers packages support_levels",
    "hours": "calendars calendar business_hours support_hours operating_hours availability coverage",
    "zone": "timezone time_zone tz",
    "based_on": "extends inherits parent base",
    "within": "limit target max time",
    "definition": "description meaning",
    "goal": "aim objective",
    "emails": "email mail address",
    "phone": "telephone tel",
    "ladder": "steps",
    "tells": "notify notifies",
    "included_in_licence": "included default",
    "when": "if condition",
    "sla": "contract name",
}

OTHER_WORDS = {word: key for key, words in _CALLED.items() for word in words.split()}
