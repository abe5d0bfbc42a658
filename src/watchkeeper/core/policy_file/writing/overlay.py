"""What is laid over a level, as a file says it: a variant of it, or a contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from watchkeeper.core.circumstances import When
from watchkeeper.core.laying_over import by_place
from watchkeeper.core.policy import EscalationRules, Level, OperatingHours, Overlay, Variant
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.contacts import said_contacts
from watchkeeper.core.policy_file.writing.escalation import said_rules
from watchkeeper.core.policy_file.writing.names import Names, given, some, told
from watchkeeper.core.policy_file.writing.offering import said_offer
from watchkeeper.core.policy_file.writing.operating import said_hours
from watchkeeper.core.policy_file.writing.targets import Ground, said_targets


def said_variants(variants: Iterable[Variant], level: Level, names: Names) -> Said:
    """What stands under ``variants``."""
    return [{"when": _when(variant.when), **_said_variant(variant.terms, level, names)} for variant in variants] or None


def _said_variant(terms: Overlay, level: Level, names: Names) -> dict[str, Said]:
    own = _own_hours(terms, names)
    return said_overlay(terms, own, level, inside(terms, own, names))


def inside(overlay: Overlay, own_hours: Mapping[str, OperatingHours], names: Names) -> Names:
    """The names that can be referred to in what is laid over a level: its own beside those there are."""
    return names._replace(hours={**names.hours, **own_hours}, contacts={**names.contacts, **overlay.contacts})


def said_overlay(
    overlay: Overlay, own_hours: Mapping[str, OperatingHours], level: Level, names: Names
) -> dict[str, Said]:
    """What ``overlay`` says otherwise than ``level``."""
    hours = {key: said_hours(operating, names.place, names.holidays) for key, operating in own_hours.items()}
    ground = Ground(by_place(level.targets), level.hours_at, level.begins)
    base = _rules(overlay, level)
    return given(
        {
            "hours": hours or None,
            "contacts": said_contacts(overlay.contacts),
            "most_severe": told(overlay.most_severe, None, names.severity),
            **said_targets(overlay.targets, overlay.withdrawn, overlay.said_instead, ground, names),
            "escalation": told(overlay.escalation, None, lambda rules: said_rules(rules, base, names)),
            "on_call": told(overlay.on_call, None, names.contact),
            "features": some(overlay.features),
            **said_offer(overlay.offer, names),
        }
    )


def _own_hours(overlay: Overlay, names: Names) -> dict[str, OperatingHours]:
    """The hours that a variant brings itself: those that it refers to and nothing beneath it has."""
    path = overlay.escalation.path if overlay.escalation is not None else ()
    used = [
        *(target.operating for target in overlay.targets),
        *(cadence.operating for target in overlay.targets for cadence in target.then),
        *(tier.operating for tier in path if tier.operating is not None),
    ]
    return {operating.name: operating for operating in used if operating not in names.hours.values()}


def _rules(overlay: Overlay, level: Level) -> EscalationRules:
    """The level's rules, as far as they are for what is still promised."""
    places = {(target.metric, target.severity) for target in (*level.targets, *overlay.targets)}
    nothing = {*overlay.withdrawn, *(place for place, _words in overlay.said_instead)}
    promised = frozenset(severity for _metric, severity in places - nothing)
    return replace(level.escalation, eligible=level.escalation.eligible & promised)


def _when(when: When) -> dict[str, Said]:
    return given(
        {
            **{name: words[0] if len(words) == 1 and words[0] else list(words) for name, words in when.words},
            "agreed_since": told(when.agreed_since, None, str),
            "agreed_before": told(when.agreed_before, None, str),
            "received_in": some(when.received_in),
            "received_outside": some(when.received_outside),
        }
    )
