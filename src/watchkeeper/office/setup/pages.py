"""``/set-up/…``: one step a page, forth and back; what is typed is kept at every step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from watchkeeper.core import published
from watchkeeper.incidents.desk import shell
from watchkeeper.office.models import SetUp
from watchkeeper.office.setup import trial_mail, walk
from watchkeeper.office.setup.closed import being_set_up
from watchkeeper.office.setup.forms import ManagerForm, PolicyForm
from watchkeeper.office.setup.starting_points import SHIPPED
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import for_the_desk, stands_for_itself
from watchkeeper.policies.publishing import publish_first
from watchkeeper.ui.translated import translated

STEPS = {
    "address": gettext_lazy("Address"),
    "manager": gettext_lazy("You"),
    "mail": gettext_lazy("Mail"),
    "policy": gettext_lazy("Policy"),
    "look": gettext_lazy("Look it over"),
}
BACK = "back"

View = Callable[..., HttpResponse]


class Step(NamedTuple):
    """A step as the line of steps shows it."""

    label: str
    href: str
    is_current: bool


def for_the_walker(view: View) -> View:
    """A step of the walk, inside one transaction. To another browser the desk is being set up; later it is no page."""

    @stands_for_itself
    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest) -> HttpResponse:
        with for_the_desk():
            under_way = walk.walk_of(request.session)
            if under_way is not None:
                return view(request, under_way)
            if walk.is_open():
                raise Http404
        return being_set_up(request)

    return guarded


@stands_for_itself
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads. To open it changes nothing, as mail programs open links too; to press *Begin* uses it."""
    with for_the_desk():
        if not walk.is_a_link(token):
            raise Http404
        if request.method != "POST":
            return render(request, "office/setup/begin.html")
        if not walk.begin(token, request.session):
            raise Http404
    return redirect("set-up-address")


@for_the_walker
def address(request: HttpRequest, under_way: SetUp) -> HttpResponse:
    """Where the desk is to be found: set by the environment, shown and explained."""
    base = settings.WATCHKEEPER_BASE_URL
    return _page(
        request,
        "address",
        base=base,
        is_where_it_listens=base == under_way.listens_at,
        is_here_alone=urlsplit(base).hostname in ("127.0.0.1", "localhost", "::1"),
        is_open_to_eavesdroppers=base.startswith("http://"),
        here=f"{request.scheme}://{request.get_host()}",
    )


@sensitive_post_parameters()
@for_the_walker
def manager(request: HttpRequest, under_way: SetUp) -> HttpResponse:
    """Who the first manager is."""
    kept = under_way.answers.get("manager", {})
    password = kept.get("password", "")
    form = ManagerForm(request.POST if request.method == "POST" else None, initial=kept, kept_password=password)
    if not form.is_bound:
        return _page(request, "manager", form=form)
    return _answered(request, under_way, "manager", form)


@for_the_walker
def mail(request: HttpRequest, under_way: SetUp) -> HttpResponse:
    """How mails go out: set by the environment, shown without its secrets, and tried."""
    return _mail_page(request, to=under_way.answers.get("manager", {}).get("email", ""))


@stands_for_itself
def trial(request: HttpRequest) -> HttpResponse:
    """Send one mail, and say what came of it. Outside a transaction: a mail server may keep one waiting."""
    with for_the_desk():
        if walk.walk_of(request.session) is None:
            raise Http404
    to = request.POST.get("to", "").strip()
    try:
        validate_email(to)
    except ValidationError:
        return _mail_page(request, to=to, wrong=gettext("Write a mail address, as you@company.example."), status=422)
    if settings.WATCHKEEPER_SMTP is None:
        return redirect("set-up-mail")
    return _mail_page(request, to=to, outcome=trial_mail.send_trial(to))


@for_the_walker
def policy(request: HttpRequest, under_way: SetUp) -> HttpResponse:
    """What the desk promises at first."""
    email = under_way.answers.get("manager", {}).get("email", "")
    first = {"start": SHIPPED, "zone": "UTC", "escalation": email, "desk": email}
    form = PolicyForm(
        request.POST if request.method == "POST" else None, initial=first | under_way.answers.get("policy", {})
    )
    if not form.is_bound:
        return _page(request, "policy", form=form)
    return _answered(request, under_way, "policy", form)


@for_the_walker
def look(request: HttpRequest, under_way: SetUp) -> HttpResponse:
    """All of it once more, and the page as customers will read it."""
    if (unanswered := _first_unanswered(under_way)) is not None:
        return redirect(f"set-up-{unanswered}")
    chosen = _policy_form(under_way).choice().policy()
    return _page(
        request,
        "look",
        manager=under_way.answers["manager"],
        page=translated(published.page(chosen)),
        zone=chosen.zone,
        base=settings.WATCHKEEPER_BASE_URL,
        smtp=settings.WATCHKEEPER_SMTP,
    )


@for_the_walker
def opening(request: HttpRequest, under_way: SetUp) -> HttpResponse:
    """Open the desk: its first manager, signed in, and its policy, or neither."""
    if (unanswered := _first_unanswered(under_way)) is not None:
        return redirect(f"set-up-{unanswered}")
    person = _first_manager(under_way.answers["manager"])
    publish_first(_policy_form(under_way).choice().policy_text())
    under_way.answers, under_way.walker_digest, under_way.link_digest = {}, "", ""
    under_way.done_at = clock.now()
    under_way.save()
    login(request, person)
    return redirect("set-up-done")


def done(request: HttpRequest) -> HttpResponse:
    """What next: for managers, as long as they like to look here."""
    return shell.page(
        request,
        "office/setup/done.html",
        now=clock.now(),
        smtp=settings.WATCHKEEPER_SMTP,
        accounts=Account.objects.count(),
    )


def _first_manager(kept: dict[str, str]) -> Person:
    roles = [Person.Role.MANAGER, Person.Role.ADMINISTRATOR]
    person = Person.objects.create_person(kept["email"], name=kept["name"], password=None, roles=roles)
    person.password = kept["password"]
    person.save(update_fields=["password"])
    return person


def _answered(request: HttpRequest, under_way: SetUp, step: str, form: Any) -> HttpResponse:
    """Keep what was typed, then go on, or back; forth only with answers that will do."""
    is_valid = form.is_valid()
    under_way.answers[step] = form.answers()
    under_way.save(update_fields=["answers"])
    if request.POST.get("go") == BACK:
        return redirect(_beside(step, -1))
    return redirect(_beside(step, +1)) if is_valid else _page(request, step, form=form, status=422)


def _first_unanswered(under_way: SetUp) -> str | None:
    """The first step whose answers will not do, asked again as if they had been typed now."""
    kept = under_way.answers.get("manager", {})
    form = ManagerForm({**kept, "password": ""}, kept_password=kept.get("password", ""))
    if not form.is_valid():
        return "manager"
    return None if _policy_form(under_way).is_valid() else "policy"


def _policy_form(under_way: SetUp) -> PolicyForm:
    form = PolicyForm(under_way.answers.get("policy", {}))
    form.is_valid()
    return form


def _mail_page(request: HttpRequest, *, status: int = 200, **shown: Any) -> HttpResponse:
    server = settings.WATCHKEEPER_SMTP
    return _page(request, "mail", status=status, smtp=server, sender=settings.WATCHKEEPER_MAIL_FROM, **shown)


def _page(request: HttpRequest, step: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    steps = [Step(label, reverse(f"set-up-{key}"), key == step) for key, label in STEPS.items()]
    back, forth = _beside(step, -1), _beside(step, +1)
    context = {"steps": steps, "title": STEPS[step], "back": back, "forth": forth, **shown}
    return render(request, f"office/setup/{step}.html", context, status=status)


def _beside(step: str, by: int) -> str:
    """The address of the step before or after; empty at the ends."""
    keys = list(STEPS)
    place = keys.index(step) + by
    return reverse(f"set-up-{keys[place]}") if 0 <= place < len(keys) else ""
