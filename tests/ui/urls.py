"""The addresses the shell links to, each answered by a page of nothing, and the gallery."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from watchkeeper.ui.words_of_scripts import words_of_scripts

NAMES = (
    *("sign-in", "sign-out", "portal-incidents", "portal-report", "portal-terms"),
    *("desk-queue", "desk-outbox", "desk-accounts", "support-levels", "my-account"),
)


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", include("watchkeeper.ui.urls")),
    path("words/<slug:language>.js", words_of_scripts, name="words"),
    *(path(name, nothing, name=name) for name in NAMES),
]
