"""A published report as a page shows it, to the team and to the customer alike."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from watchkeeper.incidents.models import Incident, PublishedReport
from watchkeeper.incidents.prose import prose

HEADINGS = {
    "summary": gettext_lazy("Summary"),
    "impact": gettext_lazy("Impact"),
    "timeline": gettext_lazy("What happened when"),
    "cause": gettext_lazy("Root cause"),
    "done": gettext_lazy("What was done"),
    "to_do": gettext_lazy("What will be done"),
}
"""The parts of a report by their names, in the order they are read."""


class Section(NamedTuple):
    """One part. ``html`` is harmless."""

    name: str
    heading: str
    html: SafeString


class ShownReport(NamedTuple):
    """One version, and all there are, the newest first."""

    report: PublishedReport
    sections: list[Section]
    versions: list[PublishedReport]

    @property
    def is_newest(self) -> bool:
        return self.report == self.versions[0]


def shown_report(incident: Incident, asked_for: str) -> ShownReport | None:
    """The version asked for, or the newest; ``None`` while none is published. Raises ``Http404`` for no such version.

    One query.
    """
    versions = list(incident.reports.select_related("published_by"))
    if asked_for:
        report = next((each for each in versions if str(each.version) == asked_for), None)
        if report is None:
            raise Http404
    elif not versions:
        return None
    else:
        report = versions[0]
    parts = report.written
    return ShownReport(report, [Section(name, str(HEADINGS[name]), prose(parts[name])) for name in HEADINGS], versions)
