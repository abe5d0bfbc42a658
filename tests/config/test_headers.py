"""What every answer says to the browser."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from watchkeeper.ui.headers import HEADERS, Headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page"])
def test_every_answer_carries_them(client: Client, path: str) -> None:
    answer = client.get(path)
    policies = {name: answer.headers[name] for name in HEADERS if name != "Cache-Control"}
    assert policies.items() <= HEADERS.items()
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))


def test_no_script_or_style_runs_that_the_desk_does_not_serve() -> None:
    policy = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"


def test_a_view_may_say_something_stricter() -> None:
    def download(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    assert Headers(download)(RequestFactory().get("/")).headers["Content-Security-Policy"] == "sandbox"
