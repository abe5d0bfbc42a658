"""Asking for a link to set a password, and setting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.notify.password_links.link import tokens
from watchkeeper.notify.password_links.sending import ask
from watchkeeper.people.models import Person
from watchkeeper.people.sign_in import attempts
from watchkeeper.people.sign_in.forms import NewPasswordForm


class AddressForm(forms.Form):
    """Where the link is to go."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


def forgotten(request: HttpRequest) -> HttpResponse:
    """Take an address; what follows is the same for every address there is."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ask(form.cleaned_data["email"])
        return redirect("password-link-asked-for")
    status = 422 if form.is_bound else 200
    return render(request, "notify/password_links/forgotten.html", {"form": form}, status=status)


def asked_for(request: HttpRequest) -> HttpResponse:
    """What everybody is told who asked for a link."""
    return render(request, "notify/password_links/asked_for.html", {"limit": attempts.PASSWORD_LINKS})


class NewPassword(PasswordResetConfirmView):
    """Where the link leads. Django keeps the token in the session and goes on to an address without it, so that it
    stands in no ``Referer``; a link that does not hold, for whatever reason, gets one answer."""

    http_method_names = ["get", "head", "post"]
    form_class = NewPasswordForm
    token_generator = tokens
    template_name = "notify/password_links/new_password.html"
    success_url = reverse_lazy("sign-in")

    def get_user(self, uidb64: str) -> Person | None:
        """The person, locked until the request ends: of two that come with one link, the second finds it used."""
        named = super().get_user(uidb64)
        if named is None:
            return None
        return Person.objects.select_for_update(no_key=True).filter(pk=named.pk, is_active=True).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        named = super().get_form_kwargs()
        return named | {"person": named.pop("user")}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        attempts.forget(attempts.PASSWORDS, self.user.email)
        logout(self.request)
        messages.success(self.request, gettext("Your password is set. Sign in with it."))
        return response

    def render_to_response(self, context: dict[str, Any], **how: Any) -> HttpResponse:
        return super().render_to_response(context, status=self._status(context), **how)

    def _status(self, context: dict[str, Any]) -> int:
        if not self.validlink:
            return 410
        return 422 if context["form"].is_bound else 200
