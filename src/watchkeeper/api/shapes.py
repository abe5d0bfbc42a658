"""The shapes of what the API takes and answers: the published contract, field by field.

What comes in is strict: unknown fields, other types and text that cannot be kept are refused by name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema

from watchkeeper.api.text import Label, Line, Text
from watchkeeper.core.instants import in_utc


def _written(instant: datetime) -> str:
    return in_utc(instant).isoformat().replace("+00:00", "Z")


Instant = Annotated[
    datetime, PlainSerializer(_written, return_type=str), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""An instant in UTC, to the microsecond."""

Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]

SeverityNumber = Annotated[int, Field(ge=1, le=99)]


def _like_an_address(written: str) -> str:
    name, at, host = written.partition("@")
    if not (name and at and "." in host) or " " in written or "@" in host:
        raise ValueError("is no mail address; write one such as ana@customer.example")
    return written


Address = Annotated[Line, AfterValidator(_like_an_address)]


class Said(BaseModel):
    """A report: what somebody says is wrong."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Line = Field(description="What is wrong, in one line.")
    description: Text = Field("", description="What happened, since when, and what it keeps people from doing.")
    severity: Line | SeverityNumber | None = Field(
        None, description="Key or name of a severity of the policy; the account's default where it is left out."
    )
    product: Label = ""
    component: Label = ""
    environment: Label = Field("", description="Such as production; an agreement may cover one environment.")
    reporter: Address | None = Field(None, description="Mail address of the account's person it is reported for.")
    account: Slug | None = Field(
        None, description="Slug of the account: needed with a token for all accounts, else left out."
    )
    is_test: bool = Field(False, description="Only tries the way in: carried like any other, and counted nowhere.")


class Severity(BaseModel):
    """A rung of the policy's scale; number 1 is the most severe."""

    number: int
    key: str
    name: str


class Target(BaseModel):
    """What is promised for one metric."""

    metric: str = Field(description="`acknowledgement`, `update` or `resolution`.")
    within: str = Field(description="The limit, as the policy says it: `2 h`, `next business day`.")
    counted_in: str = Field(description="The operating hours in which it is counted.")
    due_at: Instant | None = Field(description="The promised instant; null where its clock has not begun.")


class Promise(BaseModel):
    """What was promised. Where nothing is, `covered` is false and `reason` says why."""

    covered: bool
    reason: str | None
    level: str | None = Field(description="Key of the support level; null without an entitlement on record.")
    level_name: str | None
    sla: str | None = Field(description="Name of the contract laid over the level.")
    policy_version: int
    targets: list[Target]


class Receipt(BaseModel):
    """A report that was accepted, with its promise as it was at that moment: a repeated request answers the same."""

    reference: str
    account: str
    title: str
    severity: Severity
    severity_from: str = Field(description="Who chose it: `reporter`, `account` or `policy`.")
    state: str
    received_at: Instant
    promise: Promise


class Summary(BaseModel):
    """One incident in a list."""

    reference: str
    account: str
    title: str
    severity: Severity
    state: str
    received_at: Instant
    acknowledged_at: Instant | None
    due_at: Instant | None = Field(description="The earliest due time that is running.")
    due_metric: str | None
    is_breached: bool
    is_test: bool = Field(description="Whether it only tries the way in, and counts nowhere.")


class Incidents(BaseModel):
    """A page of incidents, the newest first."""

    items: list[Summary]
    next: str | None = Field(description="What `after` must say for the next page; null on the last.")


class Stretch(BaseModel):
    """A part of the time between a start and a due instant: how much of it counts, and why."""

    model_config = ConfigDict(populate_by_name=True)

    from_at: Instant = Field(serialization_alias="from")
    to_at: Instant = Field(serialization_alias="to")
    counted_seconds: float
    reason: str


class Commitment(BaseModel):
    """A target applied to this incident. The explanation's counted seconds add up to the limit."""

    metric: str
    nth: int
    severity: Severity
    outcome: str = Field(description="`running`, `met`, `breached` or `cancelled`.")
    reason: str | None
    opened_at: Instant
    starts_at: Instant
    due_at: Instant | None = Field(description="Null while its clock is paused.")
    done_at: Instant | None
    is_paused: bool
    explanation: list[Stretch]
    trace: str = Field(description="The explanation as one line that a person reads.")


class Author(BaseModel):
    """Who did it: `team`, `customer`, `machine` or `watchkeeper`."""

    side: str
    name: str


class File(BaseModel):
    """A file given with a message; its bytes are not part of this API."""

    name: str
    media_type: str
    size: int


class Happening(BaseModel):
    """One event of the timeline. `at` is when it counts; where `recorded_at` differs, `source` says why."""

    number: int
    kind: str
    at: Instant
    recorded_at: Instant
    source: str
    by: Author
    text: str | None = Field(description="What was said; null where nothing was, or where it was erased.")
    files: list[File]
    details: dict[str, Any]


class Incident(Summary):
    """One incident: what was reported, promised and done. A token of an account sees what its customers see."""

    product: str
    component: str
    environment: str
    reporter: str | None
    assignee: str | None
    channel: str
    resolved_at: Instant | None
    closed_at: Instant | None
    may_be_escalated: bool
    promise: Promise
    commitments: list[Commitment]
    timeline: list[Happening]
    tzdata: str = Field(description="The release of the zone data that local times come from.")
