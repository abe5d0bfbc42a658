"""Applying the promise of now to open incidents that were chosen, each in a transaction of its own, by its verb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from watchkeeper.core import lifecycle
from watchkeeper.incidents import refusals, verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person
from watchkeeper.people.wall import for_the_desk
from watchkeeper.ui.translated import translated


class Done(NamedTuple):
    """The references of the incidents it was applied to, and of those where it was refused, with the reason."""

    applied: list[str]
    refused: list[tuple[str, str]]


def apply(references: Sequence[str], *, by: Person) -> Done:
    """Let the promise of now join what these incidents have: the earliest due time holds."""
    return _each(references, by, lambda incident: verbs.apply_promise(incident, by=by))


def apply_later(references: Sequence[str], *, reason: str, by: Person) -> Done:
    """Let the promise of now take the place of what these incidents have, later for the customer or not."""
    return _each(references, by, lambda incident: verbs.apply_later_promise(incident, by=by, reason=reason))


def _each(references: Sequence[str], by: Person, act: Callable[[Incident], object]) -> Done:
    """Act on each incident that ``by`` sees and that is open, each in a transaction of its own."""
    done = Done([], [])
    for reference in references:
        try:
            with for_the_desk():
                act(Incident.objects.seen_by(by).open().get(reference=reference))
            done.applied.append(reference)
        except Incident.DoesNotExist:
            done.refused.append((reference, _("it is not open any more")))
        except refusals.REFUSALS as refusal:
            done.refused.append((reference, _words(refusal)))
    return done


def _words(refusal: Exception) -> str:
    """The refusal as it stands after a colon."""
    if isinstance(refusal, lifecycle.NotAllowedNow):
        return refusals.not_in_this_state(refusal)
    return str(translated(refusal.args[0]))
