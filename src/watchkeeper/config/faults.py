"""What a person reads when the desk cannot answer: that it is away for a moment, or that it made a mistake."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

SECONDS_UNTIL_RETRY = 5


def server_error(_request: HttpRequest) -> HttpResponse:
    """Django's handler of whatever a view let pass; a database that is away, or busy, is no mistake of the desk."""
    # Nothing of the request: to say who is asking, a page asks the database.
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        headers = {"Retry-After": str(SECONDS_UNTIL_RETRY)}
        return HttpResponse(get_template("503.html").render(), status=503, headers=headers)
    return HttpResponse(get_template("500.html").render(), status=500)
