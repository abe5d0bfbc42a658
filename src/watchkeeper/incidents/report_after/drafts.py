"""The draft of a report: kept for the team, and never overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from watchkeeper.incidents.models import Incident, ReportDraft
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.moments import DeskZone, written


class SavedMeanwhile(NotPossible):
    """Somebody else saved the draft since the page was opened; ``number`` is that of theirs."""

    def __init__(self, draft: ReportDraft, desk: DeskZone) -> None:
        when = written(draft.saved_at, "zoned", desk)
        words = gettext(
            "{person} saved the draft meanwhile, {when}; yours is not kept yet. "
            "Look at theirs in another window, and save again to replace it"
        )
        super().__init__(words.format(person=draft.saved_by.name, when=when))
        self.number = draft.number


def draft_of(incident: Incident) -> ReportDraft | None:
    """The draft, if one was saved."""
    return ReportDraft.objects.select_related("saved_by").filter(incident=incident).first()


def save_draft(incident: Incident, *, by: Person, parts: Mapping[str, str], seen: int) -> ReportDraft:
    """Keep the parts for the team. ``seen`` is the number of the draft they were written over, 0 for none.

    Raises ``SavedMeanwhile`` where that is no longer the newest.
    """
    access.require(by, "write report")
    kept = {name: parts[name] for name in ReportDraft.SECTIONS}
    kept |= {"number": seen + 1, "saved_at": clock.now(), "saved_by": by}
    if seen == 0:
        draft, is_first = ReportDraft.objects.get_or_create(
            incident=incident, defaults={"account_id": incident.account_id, **kept}
        )
    else:
        is_first = ReportDraft.objects.filter(incident=incident, number=seen).update(**kept) == 1
        draft = ReportDraft.objects.select_related("saved_by").get(incident=incident)
    if not is_first:
        policy = policy_of(incident.policy_version)
        raise SavedMeanwhile(draft, DeskZone(policy.zone, policy.zone_label or policy.zone))
    return draft
