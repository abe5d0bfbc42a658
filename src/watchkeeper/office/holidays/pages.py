"""``/desk/policy/holidays``: choose where holidays come from, look at each day, and accept those that are ticked.

Accepting makes a draft, or changes one that is open. Nothing that holds is changed by it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watchkeeper.core.holiday_calendars.country import UnknownPlace, country_called, country_names
from watchkeeper.core.holiday_calendars.proposals import NEW, PAST, proposals
from watchkeeper.core.holiday_calendars.reading import NamedDay, Reading, plain_name
from watchkeeper.core.policy_file.paths import CannotEdit
from watchkeeper.core.zones import countries_of
from watchkeeper.incidents.desk import shell
from watchkeeper.office.holidays.forms import CountryForm, FileForm
from watchkeeper.office.holidays.target import NEW as NEW_DRAFT
from watchkeeper.office.holidays.target import NoTarget, open_drafts, target_called
from watchkeeper.office.holidays.words import why_no_country
from watchkeeper.office.publishing import drafts
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_in_force

MISTYPED = 422

MOST_AHEAD = 500
"""Days that are proposed at once."""

_SOON = timedelta(days=180)
_ISO = len("2026-12-24")


def holidays(request: HttpRequest) -> HttpResponse:
    """Where they may come from; with ``?country=`` what there is to choose in that country."""
    code = request.GET.get("country", "")
    try:
        form = CountryForm(country=country_called(code), **_known()) if code else None
    except UnknownPlace as unknown:
        messages.error(request, why_no_country(str(unknown)))
        form = None
    return _start(request, country_form=form)


def of_country(request: HttpRequest) -> HttpResponse:
    """What a country's list proposes."""
    try:
        country = country_called(request.GET.get("country", ""))
    except UnknownPlace:
        return redirect("desk-holidays")
    form = CountryForm(request.GET, country=country, **_known())
    if not form.is_valid():
        return _start(request, country_form=form, status=MISTYPED)
    return _proposed(request, form, runs_out=False)


def of_file(request: HttpRequest) -> HttpResponse:
    """What a file proposes."""
    form = FileForm(request.POST, request.FILES, auto_id="file_%s", **_known())
    if not form.is_valid():
        return _start(request, file_form=form, status=MISTYPED)
    return _proposed(request, form, runs_out=True)


def accepted(request: HttpRequest) -> HttpResponse:
    """Write the days that were ticked into a draft."""
    days = _ticked(request)
    if not days:
        messages.error(request, _("No day was ticked, so nothing was written."))
        return redirect("desk-holidays")
    try:
        target = target_called(request.POST.get("into", ""))
        calendar = target.calendars[request.POST.get("calendar", "")]
        new = [each for each in days if each.day not in calendar.schedule.holidays]
        source = plain_name(request.POST.get("source", ""))
        draft = target.write(calendar, new, source=source, by=request.user) if new else target.draft
    except KeyError:
        messages.error(request, _("These hours are not in the policy any more; nothing was written."))
        return redirect("desk-holidays")
    except (NoTarget, CannotEdit, drafts.ChangedMeanwhile, drafts.Closed) as refused:
        messages.error(request, _("Nothing was written: {reason}").format(reason=refused))
        return redirect("desk-holidays")
    if draft is None:
        messages.info(request, _("All of these days are there already."))
        return redirect("desk-holidays")
    told = ngettext(
        "{count} holidays are in the draft. Nothing holds before it is published.",
        "{count} holidays are in the draft. Nothing holds before it is published.",
        len(new),
    )
    messages.success(request, told.format(count=len(new)))
    return redirect("desk-policy-draft", draft.pk)


def _ticked(request: HttpRequest) -> list[NamedDay]:
    """The days that are posted, each as its date and its name."""
    days: dict[date, str] = {}
    for written in request.POST.getlist("day"):
        try:
            days[date.fromisoformat(written[:_ISO])] = plain_name(written[_ISO:])
        except ValueError:
            raise BadRequest(f"{written[:_ISO]!r} is no date") from None
    return [NamedDay(day, days[day]) for day in sorted(days)]


def _known() -> dict[str, Any]:
    """What every form here is made with."""
    return {"drafts": open_drafts(), "known": target_called(NEW_DRAFT).calendars, "today": _today()}


def _today() -> date:
    now = clock.now()
    return now.astimezone(ZoneInfo(policy_in_force(now).zone)).date()


def _start(
    request: HttpRequest,
    *,
    country_form: CountryForm | None = None,
    file_form: FileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    return shell.page(
        request,
        "office/holidays/start.html",
        now=clock.now(),
        status=status,
        section="desk-policy",
        countries=country_names().items(),
        likely_country=country_form.initial["country"] if country_form else _likely_country(),
        country_form=country_form,
        file_form=file_form or FileForm(auto_id="file_%s", **_known()),
        has_calendars=bool(target_called(NEW_DRAFT).calendars),
    )


def _likely_country() -> str:
    """The country of the policy's zone; empty where the zone is no country's."""
    return next(iter(countries_of(policy_in_force(clock.now()).zone)), "")


def _proposed(request: HttpRequest, form: CountryForm | FileForm, *, runs_out: bool) -> HttpResponse:
    reading, today = form.reading, _today()
    found = proposals(reading.days, form.chosen.schedule, today=today)
    ahead = [each for each in found if each.state != PAST]
    if len(ahead) > MOST_AHEAD:
        told = _("{count} days lie ahead; at most {most} are proposed at once.")
        form.add_error(None, told.format(count=number_format(len(ahead), force_grouping=True), most=MOST_AHEAD))
        kind = "file_form" if isinstance(form, FileForm) else "country_form"
        return _start(request, status=MISTYPED, **{kind: form})
    return shell.page(
        request,
        "office/holidays/proposed.html",
        now=clock.now(),
        section="desk-policy",
        reading=reading,
        target=form.target,
        calendar=form.chosen,
        ahead=ahead,
        past=[each for each in found if each.state == PAST],
        new_count=sum(each.state == NEW for each in ahead),
        outlook=_outlook(reading, today) if runs_out else "",
        last=reading.days[-1].day if reading.days else None,
    )


def _outlook(reading: Reading, today: date) -> str:
    """What a person must know about how far a file goes: ``over``, ``soon`` over, or nothing."""
    if reading.is_endless or not reading.days:
        return ""
    last = reading.days[-1].day
    return "over" if last < today else "soon" if last < today + _SOON else ""
