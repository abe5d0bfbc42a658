"""What is laid over a level, as a file says it: a variant of it, or a contract."""

from __future__ import annotations

from collections.abc import Iterable

from watchkeeper.core.circumstances import When
from watchkeeper.core.policy import Level, OperatingHours, Overlay, Target, Variant
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.contacts import said_contacts
from watchkeeper.core.policy_file.writing.escalation import said_rules
from watchkeeper.core.policy_file.writing.names import Names, given, some, told
from watchkeeper.core.policy_file.writing.offering import said_offer
from watchkeeper.core.policy_file.writing.operating import said_hours
from watchkeeper.core.policy_file.writing.targets import Ground, said_targets


def said_variants(variants: Iterable[Variant], level: Level, names: Names) -> Said:
    """What stands under ``variants``."""
    found: list[Said] = []
    for variant in variants:
        said, _names = said_overlay(variant.terms, level, names)
        found.append({"when": _when(variant.when), **said})
    return found or None


def said_overlay(overlay: Overlay, level: Level, names: Names) -> tuple[dict[str, Said], Names]:
    """What ``overlay`` says otherwise than ``level``, and the names that can be referred to in it."""
    ground = Ground(
        {(target.metric, target.severity): target for target in level.targets}, level.hours_at, level.begins
    )
    own = _own_hours(overlay.targets, ground, names)
    inside = names._replace(hours={**names.hours, **own}, contacts={**names.contacts, **overlay.contacts})
    said = given(
        {
            "hours": {key: said_hours(operating, names.place, names.holidays) for key, operating in own.items()}
            or None,
            "contacts": said_contacts(overlay.contacts),
            **said_targets(overlay.targets, overlay.withdrawn, overlay.said_instead, ground, inside),
            "escalation": told(overlay.escalation, None, lambda rules: said_rules(rules, level.escalation, inside)),
            "on_call": told(overlay.on_call, None, inside.contact),
            "features": some(overlay.features),
            **said_offer(overlay.offer, inside),
        }
    )
    return said, inside


def _own_hours(targets: Iterable[Target], ground: Ground, names: Names) -> dict[str, OperatingHours]:
    """The hours that the overlay brings itself: those of its targets that nothing beneath it has."""
    counted = [target.operating for target in targets if target.operating != ground.hours(target)]
    return {operating.name: operating for operating in counted if operating not in names.hours.values()}


def _when(when: When) -> dict[str, Said]:
    return given(
        {
            **{name: words[0] if len(words) == 1 and words[0] else list(words) for name, words in when.words},
            "agreed_since": told(when.agreed_since, None, str),
            "agreed_before": told(when.agreed_before, None, str),
        }
    )
