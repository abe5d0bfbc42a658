"""``/people``: a customer manager lets colleagues of their account in, and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from watchkeeper.incidents.portal import shell
from watchkeeper.notify.password_links.sending import invite
from watchkeeper.office.people.forms import PersonForm, said_of
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_as, stand_for_the_desk
from watchkeeper.policies.versions import policy_of, version_in_force


def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the reader's account."""
    rows = request.user.account.people.order_by("-is_active", "name", "pk")
    return _page(request, "office/people/own_people.html", rows=rows)


def new_person(request: HttpRequest) -> HttpResponse:
    """Let a colleague in."""
    account = request.user.account
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        account=account,
        person=None,
        by=request.user,
        initial={"roles": [Person.Role.CUSTOMER.value]},
    )
    if form.is_bound and form.is_valid():
        person = form.save()
        if form.cleaned_data.get("invites"):
            _invite(person, request.user)
        messages.success(request, gettext("{person} is added.").format(person=person.name))
        return redirect("portal-people")
    return _page(request, "office/people/own_person.html", form=form, status=422 if form.is_bound else 200)


def person(request: HttpRequest, key: int) -> HttpResponse:
    """Change a colleague: their name, what they may do, whether they may sign in."""
    shown = _own(request, key)
    given = request.POST if request.method == "POST" else None
    form = PersonForm(given, account=shown.account, person=shown, by=request.user, initial=said_of(shown))
    if form.is_bound and form.is_valid():
        messages.success(request, gettext("{name} is changed.").format(name=form.save().name))
        return redirect("portal-people")
    status = 422 if form.is_bound else 200
    return _page(request, "office/people/own_person.html", form=form, person=_own(request, key), status=status)


def password_links(request: HttpRequest, key: int) -> HttpResponse:
    """Mail a colleague a link to set a password."""
    shown = _own(request, key)
    if shown.is_active and settings.WATCHKEEPER_SMTP is not None:
        _invite(shown, request.user)
        messages.success(request, gettext("A link is on its way to {email}.").format(email=shown.email))
    return redirect("portal-people")


def _own(request: HttpRequest, key: int) -> Person:
    return get_object_or_404(request.user.account.people.select_related("account"), pk=key)


def _invite(person: Person, by: Person) -> None:
    """The link is for one pair of eyes, and so a mail of no account: it is queued as the desk, and by nobody else."""
    stand_for_the_desk()
    invite(person, by=by.name)
    stand_as(by)


def _page(request: HttpRequest, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    now = clock.now()
    can_mail = settings.WATCHKEEPER_SMTP is not None
    policy = policy_of(version_in_force(now))
    return shell.page(
        request, template, now=now, policy=policy, status=status, section="portal-people", can_mail=can_mail, **shown
    )
