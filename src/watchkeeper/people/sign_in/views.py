"""Signing in and out, where each side begins, and one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from watchkeeper.people import language
from watchkeeper.people.models import Person
from watchkeeper.people.sign_in.forms import AboutMeForm, PasswordForm, SignInForm

CUSTOMERS_BEGIN_AT = "portal-incidents"
THE_TEAM_BEGINS_AT = "desk-queue"


def start(request: HttpRequest) -> HttpResponse:
    """``/``: a customer goes on to their incidents, the team to the queue, a stranger to sign in."""
    if not request.user.is_authenticated:
        return redirect("sign-in")
    return redirect(CUSTOMERS_BEGIN_AT if request.user.is_customer else THE_TEAM_BEGINS_AT)


@sensitive_post_parameters()
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with address and password; then to where the person was going."""
    if request.user.is_authenticated:
        return redirect("start")
    form = SignInForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        login(request, form.person)
        response = redirect(_wanted(request) or "start")
        language.settle(form.person, response)
        return response
    status = 422 if form.is_bound else 200
    return render(request, "people/sign_in.html", {"form": form, "next": _wanted(request)}, status=status)


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, gettext("You are signed out."))
    return redirect("sign-in")


@csrf_exempt  # who is signed in elsewhere sends no session along, and the words of a page are no secret
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: on this browser's pages and, to who is signed in, in mails."""
    response = redirect(_wanted(request) or "start")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        language.remember(chosen, response)
        if request.user.is_authenticated:
            language.choose(request.user, chosen)
    return response


def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here: my name and my zone."""
    form = AboutMeForm(request.POST if request.method == "POST" else None, instance=_signed_in(request))
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, gettext("Saved."))
        return redirect("my-account")
    return _account_page(request, about=form, password=PasswordForm(person=_signed_in(request)))


@sensitive_post_parameters()
def my_password(request: HttpRequest) -> HttpResponse:
    """Change my password; every other session of mine ends."""
    person = _signed_in(request)
    form = PasswordForm(request.POST, person=person)
    if not form.is_valid():
        return _account_page(request, about=AboutMeForm(instance=person), password=form)
    update_session_auth_hash(request, form.save())
    messages.success(request, gettext("Your password is changed. You are signed out everywhere else."))
    return redirect("my-account")


def _account_page(request: HttpRequest, *, about: AboutMeForm, password: PasswordForm) -> HttpResponse:
    shown = _signed_in(request)
    shell = "ui/portal.html" if shown.is_customer else "ui/desk.html"
    status = 422 if about.is_bound or password.is_bound else 200
    context = {
        "shell": shell,
        "me": shown,
        "roles": [Person.Role(role).label for role in shown.roles],
        "about": about,
        "password": password,
        "account_name": shown.account.name if shown.account else "",
    }
    return render(request, "people/my_account.html", context, status=status)


def _signed_in(request: HttpRequest) -> Person:
    """The person as the database has them, so that a form that is refused changes no name on the page around it."""
    return Person.objects.select_related("account").get(pk=request.user.pk)


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""
