"""``watchkeeper incident show REF``: one incident as the team sees it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from watchkeeper.config.commands.desk_words import dated, incident_called

if TYPE_CHECKING:
    from watchkeeper.api import shapes
    from watchkeeper.core.policy import Policy


def add_arguments(parser: ArgumentParser) -> None:
    """``show`` and the reference."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="show", parser_class=type(parser))
    show = acts.add_parser("show", help="facts, commitments and timeline, notes included")
    show.add_argument("reference", metavar="REF", help="such as WK-7F3K2Q")
    show.add_argument("--json", action="store_true", help="what the API answers to a token for all accounts")


def run(arguments: Namespace) -> int:
    """Print it. Raises ``NotFound``."""
    from watchkeeper.api import answers
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.policies.versions import policy_of

    with for_the_desk():
        incident = incident_called(arguments.reference)
        shown = answers.whole(incident, for_the_team=True)
        policy = policy_of(incident.policy_version)
    print(shown.model_dump_json(indent=2, by_alias=True) if arguments.json else "\n".join(_as_text(shown, policy)))
    return 0


def _as_text(shown: shapes.Incident, policy: Policy) -> Iterator[str]:
    yield f"{shown.reference}  {shown.title}"
    yield from _facts(shown, policy)
    yield ""
    yield "Commitments" if shown.commitments else f"No commitment: {shown.promise.reason}"
    yield from (_commitment(made, policy) for made in shown.commitments)
    yield ""
    yield "Timeline"
    for event in shown.timeline:
        yield from _event(event, policy)


def _facts(shown: shapes.Incident, policy: Policy) -> Iterator[str]:
    about = " / ".join(part for part in (shown.product, shown.component, shown.environment) if part)
    level = shown.promise.level_name or "no entitlement on record"
    facts = {
        "account": shown.account + (f", reported by {shown.reporter}" if shown.reporter else ""),
        "about": about,
        "severity": shown.severity.name,
        "state": shown.state + (f", with {shown.assignee}" if shown.assignee else ""),
        "received": f"{dated(shown.received_at, policy)} by {shown.channel}",
        "promise": level + (f" with {shown.promise.sla}" if shown.promise.sla else ""),
    }
    yield from (f"  {name:10}{said}" for name, said in facts.items() if said)


def _commitment(made: shapes.Commitment, policy: Policy) -> str:
    due = f"due {dated(made.due_at, policy)}" if made.due_at else "paused"
    done = f", done {dated(made.done_at, policy)}" if made.done_at else ""
    why = f" ({made.reason})" if made.reason else ""
    return f"  {made.metric} {made.nth}, {made.severity.name}: {made.outcome}{why}, {due}{done}"


def _event(event: shapes.Happening, policy: Policy) -> Iterator[str]:
    source = f" [{event.source}]" if event.at != event.recorded_at else ""
    details = ", ".join(f"{name} {_plainly(name, value, policy)}" for name, value in event.details.items())
    yield f"  {dated(event.at, policy)}  {event.kind} by {event.by.name}{source}" + (f": {details}" if details else "")
    for line in (event.text or "").splitlines():
        yield f"      {line}"


def _plainly(name: str, value: Any, policy: Policy) -> str:
    if name.endswith("_at"):
        return dated(datetime.fromisoformat(value), policy)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
