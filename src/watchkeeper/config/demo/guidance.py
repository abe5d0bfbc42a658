"""What was recommended to the demo's Premium bank, and what is known of its place. Nobody is mailed about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from watchkeeper.config.demo.cast import Cast
from watchkeeper.core.proposals import COMPONENT
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, DesignatedEngineer
from watchkeeper.premium.models import AnnouncedChange, Recommendation, RecommendationEvent, RunBookNote
from watchkeeper.premium.models.guidance import Kind

ACCOUNT = "corvina"
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
State, Act = Recommendation.State, RecommendationEvent.Act

_QUOTA = """\
Two plans of one tenant counted against one quota, again and again. \
Each time a nightly batch of yours was cut off in the middle.

- Give each plan a quota of its own; version 3.9.2 can do it.
- Let an alert tell you at **80 %**, before anybody is cut off."""

_CERTIFICATES = """\
Twice a certificate ended unseen. They can be renewed by a machine, 30 days ahead; \
we would set it up with you in an afternoon, and watch the first renewal."""

_TLS = """\
Client certificates for the clearing house lie in the vault of the bank; \
the gateway fetches them every hour, and **not** when they change.

1. Compare the serial number that the gateway shows with the vault's. If they differ, fetch by hand: `gw certs fetch`.
2. Restart one node at a time, and wait for its health page.
3. The bank's own network team is on call: ask Lena for the number of the week."""

_PLACE = """\
Payments run from 06:00 to 22:00 Central European time; a batch starts at 01:00. \
Nothing is changed on the last two working days of a month."""


def recommend(cast: Cast, now: datetime) -> None:
    """One that was done, one to be decided, one that is being written."""
    account, people = cast.accounts[ACCOUNT], cast.people
    done_at = now - 12 * WEEK
    done = _recommendation(
        account,
        kind=Kind.PERFORMANCE_OPTIMISATION,
        title="Give each plan of a tenant a quota of its own",
        text=_QUOTA,
        component="Rate limiting",
        owner=people["noor"],
        due_on=done_at.date(),
        state=State.DONE,
        written_at=done_at - 3 * WEEK,
        sent_at=done_at - 3 * WEEK,
        sent_by=people["dana"],
        decided_at=done_at - 18 * DAY,
        decided_by=people["rafael"],
        done_at=done_at,
        done_by=people["rafael"],
    )
    _tell(done, (Act.BEGUN, "dana", done.written_at), (Act.SENT, "dana", done.sent_at), cast=cast)
    _tell(done, (Act.ACCEPTED, "rafael", done.decided_at), (Act.DONE, "rafael", done_at), cast=cast)
    open_one = _recommendation(
        account,
        kind=Kind.PROACTIVE_GUIDANCE,
        title="Let certificates be renewed by a machine",
        text=_CERTIFICATES,
        component="TLS termination",
        owner=people["noor"],
        due_on=(now + 3 * WEEK).date(),
        state=State.SENT,
        written_at=now - 3 * DAY,
        sent_at=now - 2 * DAY,
        sent_by=people["dana"],
    )
    _tell(open_one, (Act.BEGUN, "noor", now - 3 * DAY), (Act.SENT, "dana", now - 2 * DAY), cast=cast)
    draft = _recommendation(
        account,
        kind=Kind.STRATEGIC_INSIGHT,
        title="Have somebody on call when the nightly batch begins",
        text="",
        component="",
        owner=people["dana"],
        written_at=now - DAY,
    )
    _tell(draft, (Act.BEGUN, "dana", now - DAY), cast=cast)


def describe_the_place(cast: Cast, now: datetime) -> None:
    """Its engineer, its run book, and what the bank announced."""
    account, people = cast.accounts[ACCOUNT], cast.people
    for agreement in Agreement.objects.filter(account=account):
        DesignatedEngineer.objects.create(account=account, agreement=agreement, person=people["noor"])
    for component, text in (("TLS termination", _TLS), ("", _PLACE)):
        RunBookNote.objects.create(
            account=account, component=component, text=text, changed_at=now - 9 * DAY, changed_by=people["noor"]
        )
    tonight = (now + DAY).replace(hour=21, minute=0, second=0, microsecond=0)
    AnnouncedChange.objects.bulk_create(
        AnnouncedChange(
            account=account,
            title=title,
            text=text,
            environment="production",
            component=component,
            starts_at=starts_at,
            ends_at=starts_at + lasts,
            announced_at=now - 4 * DAY,
            announced_by=people["lena"],
        )
        for title, text, component, starts_at, lasts in (
            (
                "New client certificates for the clearing house",
                "The old ones stay valid until tonight: they can be put back.",
                "TLS termination",
                now - timedelta(hours=4),
                timedelta(hours=3),
            ),
            (
                "Load test of the payments API",
                "Up to four times the usual traffic, from our own network.",
                "",
                tonight,
                timedelta(hours=2),
            ),
        )
    )


def _recommendation(account: Account, *, component: str, **said: Any) -> Recommendation:
    """One about a component of the account's incidents; without a component nothing is counted."""
    known = account.incidents.filter(received_at__lt=said["written_at"])
    incidents = known.filter(component=component).exclude(component="").order_by("pk")
    about = {"sort": COMPONENT, "name": component, "product": incidents[0].product} if incidents else {}
    evidence = list(incidents.values_list("pk", flat=True))
    return Recommendation.objects.create(account=account, evidence=evidence, **about, **said)


def _tell(recommendation: Recommendation, *told: tuple[str, str, datetime], cast: Cast) -> None:
    RecommendationEvent.objects.bulk_create(
        RecommendationEvent(
            account=recommendation.account, recommendation=recommendation, act=act, by=cast.people[who], at=at
        )
        for act, who, at in told
    )
