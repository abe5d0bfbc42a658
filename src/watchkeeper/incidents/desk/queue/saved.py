"""Views of the queue that somebody keeps under a name: for themselves, or for everybody of the team."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents.desk.queue.filters import Filters
from watchkeeper.incidents.models import SavedView
from watchkeeper.people.models import Person

AT_MOST = 30
"""Of one's own: with more of them nobody finds one."""


class SavedViewForm(forms.ModelForm):
    """A name, and whether others see the view; what it asks for comes with the form as an address has it."""

    class Meta:
        model = SavedView
        fields = ("name", "is_shared")
        labels = {"name": gettext_lazy("Its name"), "is_shared": gettext_lazy("Show it to everybody of the team")}

    asks = forms.CharField(widget=forms.HiddenInput, max_length=1000)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_asks(self) -> str:
        """What the filters understood of it: whatever else an address says is not kept."""
        asked = Filters.asked_by(QueryDict(self.cleaned_data["asks"]))
        if not asked.is_narrow:
            raise forms.ValidationError(
                gettext("Narrow the queue first: everything that is open has its view already.")
            )
        return asked.but().removeprefix("?")


def views_of(person: Person) -> QuerySet[SavedView]:
    """One's own views and those that others share, one's own first."""
    known = SavedView.objects.filter(Q(owner=person) | Q(is_shared=True, owner__is_active=True))
    return known.select_related("owner").order_by("name", "pk")


def saved_views(request: HttpRequest) -> HttpResponse:
    """Keep a view; one of one's own with the same name asks for this from now on."""
    form = SavedViewForm(request.POST)
    asked = request.POST.get("asks", "")
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
    else:
        name, said = form.cleaned_data["name"], {key: form.cleaned_data[key] for key in ("asks", "is_shared")}
        own = SavedView.objects.filter(owner=request.user)
        if own.count() >= AT_MOST and not own.filter(name=name).exists():
            words = gettext("You keep {most} views already: remove one that you do not need any more.")
            messages.error(request, words.format(most=AT_MOST))
        else:
            SavedView.objects.update_or_create(owner=request.user, name=name, defaults=said)
            messages.success(request, gettext("The view {name} is kept.").format(name=name))
            asked = said["asks"]
    return redirect(_queue(asked))


def removal(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a view of one's own; the incidents in it stay what they are."""
    view = get_object_or_404(SavedView, pk=key, owner=request.user)
    view.delete()
    messages.success(request, gettext("The view {name} is removed.").format(name=view.name))
    return redirect(_queue(view.asks))


def _queue(asked: str) -> str:
    filters = Filters.asked_by(QueryDict(asked))
    return reverse("desk-queue") + filters.but()
