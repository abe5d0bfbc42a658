"""``/desk/policy/rehearsal/``: the twelve months ahead of a policy, for those who work by it."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from watchkeeper.core.metric_names import METRICS
from watchkeeper.core.policy import OperatingHours
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.core.rehearsal import Closure, Rehearsal, UnsoundPeriod, Window
from watchkeeper.core.rehearsal.words import moment_of, real_time
from watchkeeper.core.zones import local_time
from watchkeeper.incidents.desk import shell
from watchkeeper.office.publishing.pages.draft_shell import draft_called
from watchkeeper.office.rehearsal.months import months, used_marks
from watchkeeper.office.rehearsal.subject import Subject, of_draft, of_version
from watchkeeper.people import access, clock
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.versions import policy_in_force, version_in_force
from watchkeeper.ui.translated import translated

MOST_VERSIONS = 10


class Shown(NamedTuple):
    """A window in words: from when to when its longest takes, and how long it ordinarily does."""

    window: Window
    metric: str
    begins: str
    ends: str
    longest: str
    usually: str


def rehearsal(request: HttpRequest) -> HttpResponse:
    """The year of the version in force, from the first of a month: ``?from=2026-12``, else of this one."""
    return _page(request, of_version(version_in_force(clock.now())))


def version(request: HttpRequest, number: int) -> HttpResponse:
    """The year of another version: one that is planned, or that was."""
    return _page(request, of_version(get_object_or_404(PolicyVersion.objects.standing(), number=number)))


def draft(request: HttpRequest, key: int) -> HttpResponse:
    """The year of a draft."""
    return _page(request, of_draft(draft_called(key)))


def _page(request: HttpRequest, subject: Subject) -> HttpResponse:
    now = clock.now()
    today = now.astimezone(ZoneInfo(policy_in_force(now).zone)).date()
    first = _month(request.GET.get("from", "")) or today.replace(day=1)
    section = "desk-policy" if access.may(request.user, "publish policy") else "desk-policy-rehearsal"
    known = {"now": now, "section": section, "subject": subject, "first": first}
    try:
        found = subject.year_from(first)
    except UnsoundPeriod:
        raise Http404 from None
    except PolicyFileErrors as errors:
        return shell.page(request, "office/rehearsal/unsound.html", status=422, problems=errors.problems, **known)
    versions = PolicyVersion.objects.standing().order_by("-valid_from", "-number")[:MOST_VERSIONS]
    return shell.page(
        request,
        "office/rehearsal/rehearsal.html",
        today=today,
        versions=versions,
        earlier=f"?from={first.year - 1}-{first.month:02}",
        later=f"?from={first.year + 1}-{first.month:02}",
        **known,
        **_said(found),
    )


def _month(written: str) -> date | None:
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        return None


def _said(found: Rehearsal) -> dict[str, Any]:
    windows = [_window(window) for window in found.windows]
    return {
        "rehearsal": found,
        "letters": _("MTWTFSS"),
        "months": months(found),
        "marks": used_marks(found),
        "closures": [_closure(closure, found) for closure in found.closures],
        "levels": [(level, list(of_it)) for level, of_it in groupby(windows, key=lambda shown: shown.window.level)],
        "follows_customers": any(hours.own is not None for hours in found.policy.operating.values()),
    }


def _closure(closure: Closure, found: Rehearsal) -> dict[str, Any]:
    return {
        "calendar": closure.calendar.name,
        "begins": _moment(closure.start, closure.calendar),
        "ends": _moment(closure.end, closure.calendar),
        "length": translated(real_time(closure.length)),
        "ordinarily": translated(real_time(closure.ordinarily)),
        "is_longest": closure == found.longest_closure,
    }


def _window(window: Window) -> Shown:
    operating, longest = window.target.operating, window.longest
    metric = translated(METRICS[window.target.metric])
    if longest is None or window.usually is None:
        return Shown(window, metric, "", "", "", "")
    begins, ends = (_moment(at, operating) for at in longest)
    longest_takes, usually = (translated(real_time(length)) for length in (longest.length, window.usually))
    return Shown(window, metric, begins, ends, longest_takes, usually)


def _moment(at: Any, operating: OperatingHours) -> str:
    return f"{translated(moment_of(local_time(at, operating.zone)))} {operating.zone_label or operating.zone}"
