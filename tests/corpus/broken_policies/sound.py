"""The sound policy that each broken one is made of, by one change."""

from __future__ import annotations

SOUND = """\
policy: support
vendor: Example
zone: Europe/Berlin
severities:
  1: {name: Critical, definition: The service is down.}
  2: High
  3: Low
default_severity: 2
hours:
  office:
    weekly:
      monday-thursday: 08:00-17:00
      friday: 08:00-15:00
    holidays: [DE-BY, 12-24]
    exceptions:
      2026-12-31: closed
  always: around the clock
contacts:
  escalation: {emails: [escalation@vendor.example]}
  desk: {name: Support desk, emails: desk@vendor.example}
escalation:
  answer: 2h
  ladder:
    - {after: 1h, tells: [managers]}
levels:
  silver:
    name: Silver
    included_in_licence: yes
    hours: office
    acknowledgement:
      1: {within: 4h, goal: 30m}
      2: 8h
    escalation: {eligible: [1, 2]}
  gold:
    name: Gold
    based_on: silver
    hours: {1: always, others: office}
    acknowledgement:
      1: 1h
      3: 2 business days
    update: {1: 4h}
    variants:
      - when: {environment: production}
        acknowledgement: {1: 30m}
"""

SLA = """\
sla: Acme 2026
acknowledgement:
  1: {within: 30m, goal: 10m}
  3: none
hours:
  night:
    weekly: {every day: 22:00-06:00}
escalation: {answer: 30m}
"""
