"""A policy and an SLA in which every kind of mapping of the language occurs, and where each of them stands."""

from __future__ import annotations

POLICY = """\
policy: everything
zone: America/Chicago
severities:
  1: {name: Critical, definition: Down.}
  2: High
priorities: {1: {name: Urgent, definition: Nobody can work.}}
default_severity: 2
hours:
  office:
    zone: {of: customer, one_of: [Europe/Berlin, America/Chicago], otherwise: America/Chicago}
    weekly: {monday-friday: 08:00-17:00}
    holidays: [12-24]
    exceptions: {2026-12-31: closed}
  round_the_world:
    regions:
      - {zone: Asia/Tokyo, weekly: {monday-friday: 09:00-17:00}}
contacts:
  escalation: {emails: escalation@vendor.example}
  desk: {emails: [desk@vendor.example]}
escalation:
  ladder: [{after: 1h, tells: managers, since: receipt, while: open}]
  path: [{name: Duty manager, contact: desk}]
shares: [{of: 95%}]
limits: [{of: cases, at_most: 10}]
credits: [{after: 4 missed acknowledgements, each: quarter, worth: 20% of the fee}]
offered: {from: 2026-01-01}
named_contacts: {at_most: 4}
maintenance: [{hours: office}]
levels:
  silver:
    hours: office
    acknowledgement: {1: {within: 4h}, 2: 8h}
  gold:
    based_on: silver
    hours: {1: round_the_world, others: office}
    variants:
      - {when: {environment: production}, acknowledgement: {1: {within: 1h}}}
    update: {1: {within: 4h, then: [{once: workaround, within: 8h}]}}
"""

SLA = """\
sla: Acme 2026
acknowledgement: {1: 2h}
"""

PLACES: dict[str, tuple[str | int, ...]] = {
    "a policy": (),
    "a severity": ("severities", "1"),
    "a priority": ("priorities", "1"),
    "hours": ("hours", "office"),
    "a customer's zone": ("hours", "office", "zone"),
    "hours with regions": ("hours", "round_the_world"),
    "a region": ("hours", "round_the_world", "regions", 0),
    "a contact": ("contacts", "desk"),
    "escalation": ("escalation",),
    "a step of the ladder": ("escalation", "ladder", 0),
    "a tier": ("escalation", "path", 0),
    "a limit": ("limits", 0),
    "a credit": ("credits", 0),
    "a share": ("shares", 0),
    "offered": ("offered",),
    "named contacts": ("named_contacts",),
    "a maintenance window": ("maintenance", 0),
    "a level": ("levels", "silver"),
    "a target": ("levels", "silver", "acknowledgement", "1"),
    "a later cadence": ("levels", "gold", "update", "1", "then", 0),
    "a variant": ("levels", "gold", "variants", 0),
    "a condition": ("levels", "gold", "variants", 0, "when"),
    "an SLA": (),
}
"""Where each shape of the grammar stands: in the SLA its own, all others in the policy."""
