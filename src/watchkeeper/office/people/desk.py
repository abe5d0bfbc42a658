"""``/desk/people``: everybody who may sign in, who they are and what they may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.password_links.sending import invite
from watchkeeper.office.people.forms import PersonForm, TeamForm, said_of
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person, Team
from watchkeeper.ui.paging import address, page_number

PAGE = 100
SIDES = {
    "": gettext_lazy("Our people"),
    "customers": gettext_lazy("Customers"),
    "inactive": gettext_lazy("May not sign in"),
}


def people(request: HttpRequest) -> HttpResponse:
    """A page of people; ``side`` and ``q`` (name, address, account) narrow it."""
    return _people_page(request, TeamForm())


def teams(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _people_page(request, form, status=422)
    team = Team.objects.create(name=form.cleaned_data["name"])
    messages.success(request, gettext("The team {team} is added.").format(team=team.name))
    return redirect("desk-people")


def new_person(request: HttpRequest) -> HttpResponse:
    """Add somebody: of the account ``?account=``, or of the vendor."""
    slug = request.GET.get("account", "").replace("\0", "")
    account = get_object_or_404(Account, slug=slug) if slug else None
    form = PersonForm(request.POST if request.method == "POST" else None, account=account, person=None, by=request.user)
    if form.is_bound and form.is_valid():
        person = form.save()
        if form.cleaned_data.get("invites"):
            invite(person, by=request.user.name)
        messages.success(request, gettext("{person} is added.").format(person=person.name))
        return redirect("desk-person", person.pk)
    accounts = Account.objects.order_by("name").values_list("slug", "name")
    return _person_page(request, form, account=account, accounts=accounts)


def person(request: HttpRequest, key: int) -> HttpResponse:
    """Who somebody is, and a form to change it."""
    shown = _person(key)
    given = request.POST if request.method == "POST" else None
    form = PersonForm(given, account=shown.account, person=shown, by=request.user, initial=said_of(shown))
    if form.is_bound and form.is_valid():
        messages.success(request, gettext("{name} is changed.").format(name=form.save().name))
        return redirect("desk-person", key)
    return _person_page(
        request,
        form,
        person=_person(key),
        account=shown.account,
        in_hand=Incident.objects.in_earnest().open().filter(assignee=shown).count(),
    )


def password_links(request: HttpRequest, key: int) -> HttpResponse:
    """Mail somebody a link to set a password."""
    shown = _person(key)
    if shown.is_active and settings.WATCHKEEPER_SMTP is not None:
        invite(shown, by=request.user.name)
        messages.success(request, gettext("A link is on its way to {email}.").format(email=shown.email))
    return redirect("desk-person", key)


def _person(key: int) -> Person:
    return get_object_or_404(Person.objects.select_related("account"), pk=key)


def _people_page(request: HttpRequest, form: TeamForm, *, status: int = 200) -> HttpResponse:
    side = request.GET.get("side", "")
    side = side if side in SIDES else ""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = _found(side, asked)
    page = page_number(request.GET)
    rows = list(found.prefetch_related("teams")[page * PAGE : (page + 1) * PAGE + 1])
    return shell.page(
        request,
        "office/people/people.html",
        now=clock.now(),
        status=status,
        section="desk-people",
        rows=rows[:PAGE],
        side=side,
        asked=asked,
        tabs=[
            {"label": label, "href": address(side=key), "is_current": key == side, "count": _found(key, "").count()}
            for key, label in SIDES.items()
        ],
        earlier=address(side=side, q=asked, page=page - 1) if page else "",
        later=address(side=side, q=asked, page=page + 1) if len(rows) > PAGE else "",
        form=form,
        teams=Team.objects.annotate(size=Count("members")).order_by("name"),
    )


def _found(side: str, asked: str) -> QuerySet[Person]:
    found = Person.objects.select_related("account").order_by("name", "pk")
    if side == "inactive":
        found = found.filter(is_active=False)
    else:
        found = found.filter(is_active=True, account__isnull=side != "customers")
    if not asked:
        return found
    return found.filter(Q(name__icontains=asked) | Q(email__icontains=asked) | Q(account__name__icontains=asked))


def _person_page(request: HttpRequest, form: PersonForm, **shown: Any) -> HttpResponse:
    return shell.page(
        request,
        "office/people/person.html",
        now=clock.now(),
        status=422 if form.is_bound else 200,
        section="desk-people",
        form=form,
        can_mail=settings.WATCHKEEPER_SMTP is not None,
        **shown,
    )
