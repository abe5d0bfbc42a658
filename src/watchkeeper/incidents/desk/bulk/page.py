"""``/desk/bulk``: what an act would do to the incidents chosen in the queue, and doing it.

``GET`` and ``POST`` with ``step=preview`` show it and write nothing; ``step=confirm`` does it and tells of each.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.bulk.acts import Given
from watchkeeper.incidents.desk.bulk.carrying import DONE, DONE_BEFORE, REFUSED, Outcome, carry_out
from watchkeeper.incidents.desk.bulk.chosen import Chosen, Unclear, chosen_in
from watchkeeper.incidents.desk.bulk.foresight import foresee
from watchkeeper.incidents.desk.bulk.forms import BulkForm
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk, stands_for_itself

MISTYPED = 422


@stands_for_itself
def bulk(request: HttpRequest) -> HttpResponse:
    """Look, or do. Who asks for nothing is led to the queue."""
    if request.method != "POST" and not request.GET:
        return redirect("desk-queue")
    with for_the_desk():
        asked = _asked(request)
        if not isinstance(asked, _Confirmed):
            return asked
    outcomes = carry_out(asked.chosen.act, asked.chosen.incidents, by=request.user, given=asked.given)
    with for_the_desk():
        return _done(request, asked.chosen, outcomes)


class _Confirmed(NamedTuple):
    """What is to be done, after it was looked at."""

    chosen: Chosen
    given: Given


def _asked(request: HttpRequest) -> HttpResponse | _Confirmed:
    is_sent = request.method == "POST"
    now = clock.now()
    try:
        chosen = chosen_in(request.POST if is_sent else request.GET, by=request.user)
    except Unclear as unclear:
        return _page(request, "desk/queue/bulk_unclear.html", now, status=MISTYPED, words=str(unclear))
    if not is_sent:
        blank = chosen.act.form_class(incidents=chosen.incidents, by=request.user)
        return _preview(request, chosen, blank, None if chosen.act.decided_by else {}, now)
    form = chosen.act.form_class(request.POST, incidents=chosen.incidents, by=request.user)
    if not form.is_valid():
        return _preview(request, chosen, form, None if chosen.act.decided_by else {}, now, status=MISTYPED)
    if request.POST.get("step") != "confirm" or _is_changed(request, chosen):
        return _preview(request, chosen, form, form.cleaned_data, now)
    return _Confirmed(chosen, form.cleaned_data)


def _is_changed(request: HttpRequest, chosen: Chosen) -> bool:
    """Whether the choice is another than the one that was looked at."""
    return request.POST.get("previewed", "") != _decision(request, chosen)


def _decision(request: HttpRequest, chosen: Chosen) -> str:
    return request.POST.get(chosen.act.decided_by, "")


def _preview(
    request: HttpRequest, chosen: Chosen, form: BulkForm, given: Given | None, now: datetime, *, status: int = 200
) -> HttpResponse:
    foreseen = foresee(chosen.act, chosen.incidents, by=request.user, given=given, now=now)
    allowed = sum(1 for each in foreseen if each.after is not None)
    return _page(
        request,
        "desk/queue/bulk.html",
        now,
        status=status,
        chosen=chosen,
        form=form,
        foreseen=foreseen,
        heading=f"{chosen.act.title}: {_counted(len(foreseen))}",
        confirm=f"{chosen.act.button}: {_counted(allowed)}" if allowed else "",
        refused=_refused(len(foreseen) - allowed),
        is_foreseen=given is not None,
        previewed=_decision(request, chosen),
    )


def _done(request: HttpRequest, chosen: Chosen, outcomes: list[Outcome]) -> HttpResponse:
    counts = {each: sum(1 for one in outcomes if one.came_to == each) for each in (DONE, DONE_BEFORE, REFUSED)}
    return _page(
        request,
        "desk/queue/bulk_done.html",
        clock.now(),
        chosen=chosen,
        outcomes=outcomes,
        heading=_done_to(counts[DONE], len(outcomes), chosen),
        done_before=counts[DONE_BEFORE],
        refused=counts[REFUSED],
    )


def _done_to(number: int, of: int, chosen: Chosen) -> str:
    words = ngettext("{act}: {done} of {count} incident", "{act}: {done} of {count} incidents", of)
    return words.format(act=chosen.act.done, done=number, count=of)


def _refused(number: int) -> str:
    if not number:
        return ""
    return ngettext("Refused for {count} incident", "Refused for {count} incidents", number).format(count=number)


def _counted(number: int) -> str:
    return ngettext("{count} incident", "{count} incidents", number).format(count=number)


def _page(request: HttpRequest, template: str, now: datetime, *, status: int = 200, **shown: object) -> HttpResponse:
    return shell.page(request, template, now=now, status=status, section="desk-queue", **shown)
