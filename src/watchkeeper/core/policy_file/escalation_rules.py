"""The escalation rules of a file: what a breach makes possible, the warnings before it, the ladder after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction

from watchkeeper.core.policy import BREACH, OPEN, RECEIPT, UNACKNOWLEDGED, EscalationRules, Rung, Tier
from watchkeeper.core.policy_file.fields import Section, folded
from watchkeeper.core.policy_file.parts import part
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.tree import Listing, Text
from watchkeeper.core.policy_file.tree import Mapping as MappingNode
from watchkeeper.core.policy_file.vocabulary import Vocabulary
from watchkeeper.core.within import Within

DEFAULTS = EscalationRules(eligible=frozenset(), answer_within=Within.parse("2h"))
"""What holds where a file says nothing: an answer within two hours, warnings at half and four fifths."""

_AT_ONCE = ("at once", "immediately")


def read_escalation(section: Section | None, vocabulary: Vocabulary, base: EscalationRules) -> EscalationRules:
    """The rules of ``section``; what it leaves out is as in ``base``."""
    if section is None:
        return base
    answer = section.value("answer", Within.parse)
    rules = EscalationRules(
        eligible=_eligible(section, vocabulary, base),
        answer_within=answer or base.answer_within,
        warnings=_warnings(section, base),
        ladder=_ladder(section, vocabulary, base),
        customer_after=section.value("customer_after", moment) or base.customer_after,
        path=_path(section, vocabulary) or base.path,
    )
    if rules.customer_after and section.node("eligible") and not rules.eligible:
        section.complain("customer_after", "is for eligible severities, and none is; name one, or leave it out")
    section.refuse_unknown("escalation")
    return rules


def _eligible(section: Section, vocabulary: Vocabulary, base: EscalationRules) -> frozenset[int]:
    if not section.has("eligible"):
        return base.eligible
    if isinstance(node := section.node("eligible"), Text) and node.value == "none":
        return frozenset()
    named = (section.understood("eligible", written, vocabulary.severity) for written in section.texts("eligible"))
    return frozenset(severity.number for severity in named if severity is not None)


def _warnings(section: Section, base: EscalationRules) -> tuple[Fraction, ...]:
    if not section.has("warnings"):
        return base.warnings
    read = (section.understood("warnings", written, _of_the_window) for written in section.texts("warnings"))
    return tuple(sorted({fraction for fraction in read if fraction is not None}))


def _of_the_window(written: str) -> Fraction:
    return part(written, of="the window", example="1/2 or 80%")


def _ladder(section: Section, vocabulary: Vocabulary, base: EscalationRules) -> tuple[Rung, ...]:
    node = section.node("ladder")
    if node is None:
        return base.ladder
    if not isinstance(node, Listing):
        section.complain("ladder", "must be a list of steps, each with after and tells")
        return ()
    rungs = []
    for number, item in enumerate(node.items, start=1):
        path = f"{section.at('ladder')}.{number}"
        if isinstance(item, MappingNode):
            rungs.append(_rung(section.child("ladder", item, path), vocabulary))
        else:
            section.complain("ladder", f"step {number} must be a mapping with after and tells")
    return tuple(rung for rung in rungs if rung is not None)


def _rung(step: Section, vocabulary: Vocabulary) -> Rung | None:
    since = step.value("since", _known_since) or BREACH
    lasts = step.value("while", _known_while)
    named = [step.understood("severities", written, vocabulary.severity) for written in step.texts("severities")]
    if lasts is not None and since == BREACH:
        step.complain("while", "is for since: receipt; a step after a breach comes while the promise is unmet", lasts)
    after = step.required("after", moment, f"write how long after the {since}, as 2h")
    told = [step.understood("tells", written, vocabulary.told) for written in step.texts("tells")]
    if not told:
        step.complain("tells", "is missing; write who is told, as managers")
    step.refuse_unknown("a step of the ladder")
    if after is None:
        return None
    severities = frozenset(severity.number for severity in named if severity is not None)
    return Rung(after, tuple(who for who in told if who is not None), since, lasts or OPEN, severities)


def refuse_idle_steps(section: Section, vocabulary: Vocabulary, promised: Collection[int]) -> None:
    """Complain of steps after a breach that are for severities which are promised nothing: they never come."""
    node = section.node("ladder")
    for number, item in enumerate(node.items if isinstance(node, Listing) else (), start=1):
        if not isinstance(item, MappingNode):
            continue
        step = section.child("ladder", item, f"{section.at('ladder')}.{number}")
        rung = _rung(step.without_problems(), vocabulary)
        if rung and rung.since == BREACH and rung.severities and not rung.severities & set(promised):
            step.complain(
                "severities", "are promised nothing, so this step never comes; write others or since: receipt"
            )


def moment(written: str) -> Within:
    """How long after something, ``2h`` or ``at once``; elapsed time waits for no opening. Raises ``NotADuration``."""
    if written in _AT_ONCE:
        return Within.parse("0m")
    length = Within.parse(written)
    return replace(length, starts="receipt") if length.counting == "elapsed" else length


def _known_since(written: str) -> str:
    if written not in (BREACH, RECEIPT):
        raise ValueError(f"{quoted(written)} is no beginning of a step; write breach or receipt")
    return written


def _known_while(written: str) -> str:
    if written not in (OPEN, UNACKNOWLEDGED):
        raise ValueError(f"{quoted(written)} is no state a step waits for; write open or unacknowledged")
    return written


def _path(section: Section, vocabulary: Vocabulary) -> tuple[Tier, ...]:
    """The published way of escalations: names alone, or mappings with contact, after and says."""
    node = section.node("path")
    if node is None:
        return ()
    if not isinstance(node, Listing):
        section.complain("path", "must be a list of names, or of mappings with name, contact, hours, after and says")
        return ()
    tiers = []
    for number, item in enumerate(node.items, start=1):
        if isinstance(item, MappingNode):
            tiers.append(_tier(section.child("path", item, f"{section.at('path')}.{number}"), vocabulary))
        elif isinstance(item, Text) and item.value:
            tiers.append(Tier(folded(item.value)))
        else:
            section.complain(
                "path", f"tier {number} must be a name or a mapping with name, contact, hours, after and says"
            )
    return tuple(tier for tier in tiers if tier is not None)


def _tier(entry: Section, vocabulary: Vocabulary) -> Tier | None:
    name = entry.required("name", folded, "write who it is, as name: Duty manager")
    contact, after = entry.value("contact", vocabulary.contact), entry.value("after", moment)
    says, operating = entry.text("says"), entry.value("hours", vocabulary.hours_called)
    entry.refuse_unknown("a tier")
    return Tier(name, contact, after, says, operating) if name else None
