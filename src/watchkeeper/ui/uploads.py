"""Forms whose files a page sends by itself, to show how far they are: they are told where an answer leads."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

SENT_BY_THE_PAGE = "Watchkeeper-Upload"
LEADS_TO = "Watchkeeper-Leads-To"


class Uploads:
    """Middleware: a redirection becomes an empty answer that names the page it leads to, for the page to go there. A
    redirection that was followed out of sight would take the message with it that the next page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if SENT_BY_THE_PAGE in request.headers and response.status_code == HTTPStatus.FOUND:
            response.status_code = HTTPStatus.NO_CONTENT
            response.headers[LEADS_TO] = response.headers["Location"]
            del response.headers["Location"]
        return response
