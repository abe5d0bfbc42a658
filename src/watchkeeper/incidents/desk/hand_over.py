"""``/desk/hand-over``: a note for the next shift, which stands on top of the queue until somebody has read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.models import HandOver, Incident
from watchkeeper.incidents.portal.forms import LONGEST_TEXT
from watchkeeper.incidents.prose import prose
from watchkeeper.incidents.urgency import OWED
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person

MISTYPED = 422
MOST_OFFERED, MOST_LISTED, MOST_SHOWN = 30, 50, 10


class Note(NamedTuple):
    """A hand-over as it is shown; ``html`` is harmless."""

    row: HandOver
    html: SafeString
    incidents: list[Incident]
    is_own: bool


class HandOverForm(forms.Form):
    """What the next shift must know, and about which incidents."""

    text = forms.CharField(
        label=gettext_lazy("What must the next shift know?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Markdown is understood."),
        error_messages={"required": gettext_lazy("Write what they must know.")},
    )
    incidents = forms.ModelMultipleChoiceField(
        Incident.objects.none(), label=gettext_lazy("About"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=gettext_lazy("Others"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("By their references, such as WK-7F3K2Q, WK-8GH2MN."),
    )

    def __init__(self, *given: Any, by: Person, **named: Any) -> None:
        super().__init__(*given, auto_id="hand-over_%s", **named)
        self._seen = Incident.objects.seen_by(by)
        self.fields["incidents"].queryset = self._seen
        offered = list(_offered(by))
        self.fields["incidents"].choices = [(each.pk, _named(each)) for each in offered]
        self.fields["incidents"].initial = [each.pk for each in offered if each.assignee_id == by.pk]

    def clean_others(self) -> list[Incident]:
        references = set(re.split(r"[\s,;]+", self.cleaned_data["others"].upper())) - {""}
        found = list(self._seen.filter(reference__in=references))
        if unknown := references - {each.reference for each in found}:
            words = gettext("You see no incident called {references}.")
            raise forms.ValidationError(words.format(references=", ".join(sorted(unknown))))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        listed = {*given.get("incidents", ()), *given.get("others", ())}
        if not self.errors and not 1 <= len(listed) <= MOST_LISTED:
            words = gettext("A hand-over is about 1 to {most} incidents; {count} were chosen.")
            raise forms.ValidationError(words.format(most=MOST_LISTED, count=len(listed)))
        return given | {"listed": listed}


def hand_over(request: HttpRequest) -> HttpResponse:
    """The form, and what was handed over before; a POST hands over."""
    if request.method != "POST":
        return _page(request, HandOverForm(by=request.user))
    form = HandOverForm(request.POST, by=request.user)
    if not form.is_valid():
        return _page(request, form, MISTYPED)
    note = HandOver.objects.create(written_by=request.user, written_at=clock.now(), text=form.cleaned_data["text"])
    note.incidents.set(form.cleaned_data["listed"])
    messages.success(request, gettext("Handed over: it stands on top of the queue until somebody has read it."))
    return redirect("desk-queue")


def reading(request: HttpRequest, key: int) -> HttpResponse:
    """Say that one has read it; the first who does so takes it over. Its writer takes it back."""
    note = get_object_or_404(HandOver.objects.seen_by(request.user).select_related("written_by"), pk=key)
    is_first = HandOver.objects.filter(pk=key, read_at__isnull=True).update(read_by=request.user, read_at=clock.now())
    if not is_first:
        note = HandOver.objects.select_related("read_by").get(pk=key)
        messages.error(request, gettext("{person} was faster: it is read already.").format(person=note.read_by.name))
    elif note.written_by == request.user:
        messages.success(request, gettext("It is taken back."))
    else:
        messages.success(request, gettext("You have taken over from {person}.").format(person=note.written_by.name))
    return redirect("desk-queue")


def waiting_for(person: Person) -> list[Note]:
    """What stands on top of a person's queue. Two queries at most."""
    if not access.may(person, "hand over"):
        return []
    return _notes(HandOver.objects.seen_by(person).waiting(), person)


def _page(request: HttpRequest, form: HandOverForm, status: int = 200) -> HttpResponse:
    before = HandOver.objects.seen_by(request.user).filter(read_at__isnull=False).order_by("-written_at", "-pk")
    return shell.page(
        request,
        "desk/hand_over.html",
        now=clock.now(),
        status=status,
        section="desk-queue",
        form=form,
        before=_notes(before[:MOST_SHOWN], request.user),
    )


def _notes(rows: Iterable[HandOver], person: Person) -> list[Note]:
    found = rows.select_related("written_by", "read_by").prefetch_related(
        Prefetch("incidents", Incident.objects.by_urgency())
    )
    return [Note(row, prose(row.text), list(row.incidents.all()), row.written_by_id == person.pk) for row in found]


def _offered(person: Person) -> Iterable[Incident]:
    """One's own open incidents, and what is owed or escalated, the most urgent first."""
    urgent = Q(assignee=person) | Q(queue_rank=OWED) | Q(is_escalated=True)
    return Incident.objects.seen_by(person).open().filter(urgent).by_urgency().select_related("account")[:MOST_OFFERED]


def _named(incident: Incident) -> str:
    return f"{incident.reference} {incident.title} · {incident.account.name}"
