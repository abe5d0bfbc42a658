"""Whether the text of an SLA can be laid over the level of an agreement, and what would hold then."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.policy import UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors, Problem, read_sla
from watchkeeper.office.agreements import words
from watchkeeper.office.agreements.terms_compared import Compared, compared
from watchkeeper.policies.following import from_now_on, obstacle_ahead
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.versions import policy_of, version_in_force


class Checked(NamedTuple):
    """The problems of a text, or the terms that it makes. A text without a word is no SLA, and sound."""

    problems: tuple[Problem, ...]
    compared: Compared | None

    @property
    def is_sound(self) -> bool:
        return not self.problems


def checked(agreement: Agreement, text: str, *, at: datetime) -> Checked:
    """Read ``text`` as the SLA of ``agreement`` by the policy it follows at an instant."""
    in_force = version_in_force(at)
    policy = words.policy_followed_by(agreement, policy_of(in_force))
    try:
        if text:
            read_sla(text, policy, policy.level(agreement.level))
    except PolicyFileErrors as errors:
        return Checked(errors.problems, None)
    except UnknownLevel as error:
        return Checked((Problem("", 1, str(error)),), None)
    with_it = copy.copy(agreement)
    with_it.sla_text = text
    obstacle = obstacle_ahead(with_it, from_now_on(in_force)) if text else None
    if obstacle is not None:
        return Checked((Problem("", 1, words.of_obstacle(obstacle, in_force)),), None)
    return Checked((), compared(with_it, at=at))
