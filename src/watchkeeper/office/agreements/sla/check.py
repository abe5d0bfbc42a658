"""Whether the text of an SLA can be laid over the level of an agreement, and what would hold then."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.policy import UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors, Problem, read_sla
from watchkeeper.office.agreements.terms_compared import Compared, compared
from watchkeeper.office.agreements.words import policy_followed_by
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.terms import policy_in_force


class Checked(NamedTuple):
    """The problems of a text, or the terms that it makes. A text without a word is no SLA, and sound."""

    problems: tuple[Problem, ...]
    compared: Compared | None

    @property
    def is_sound(self) -> bool:
        return not self.problems


def checked(agreement: Agreement, text: str, *, at: datetime) -> Checked:
    """Read ``text`` as the SLA of ``agreement`` by the policy it follows at an instant."""
    policy = policy_followed_by(agreement, policy_in_force(at))
    try:
        if text:
            read_sla(text, policy, policy.level(agreement.level))
    except PolicyFileErrors as errors:
        return Checked(errors.problems, None)
    except UnknownLevel as error:
        return Checked((Problem("", 1, str(error)),), None)
    with_it = copy.copy(agreement)
    with_it.sla_text = text
    return Checked((), compared(with_it, at=at))
