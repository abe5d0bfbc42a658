"""The address that providers post mail to. Whoever is refused, for whatever reason, is told the same."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from email.message import EmailMessage
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt

from watchkeeper.intake.mail.doors.configured import Doors
from watchkeeper.intake.mail.doors.webhooks.form import UnreadableForm, fields_of
from watchkeeper.intake.mail.doors.webhooks.providers import PROVIDERS, Posted, Provider
from watchkeeper.intake.mail.keeping import LARGEST, TooLargeToKeep, keep
from watchkeeper.intake.models import ReceivedMail
from watchkeeper.people.wall import stands_for_itself

log = logging.getLogger(__name__)

LARGEST_POST = 3 * LARGEST
"""A mail as it came, and beside it what the provider made of it, in base64."""
SECONDS_UNTIL_RETRY = 60


class NotAsItCame(Exception):
    """A provider that could send mails as they came sends their parts; they would be kept without their files."""


@csrf_exempt  # it is a machine that shows a secret, and has no session
@stands_for_itself
def mail_in(request: HttpRequest, provider: str) -> HttpResponse:
    """``200`` when every mail of the post is committed; ``503`` or ``500`` where the provider shall come again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    doors: Doors = settings.WATCHKEEPER_MAIL_DOORS
    if provider not in doors.providers:
        return _refused()
    try:
        return _kept(request, provider, PROVIDERS[provider])
    except (SuspiciousOperation, UnreadableForm):
        return _refused()
    except TooLargeToKeep as error:
        log.error("a mail that %s posted is lost to the desk: %s", provider, error)
        return _text(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A mail may have {LARGEST} bytes.")
    except (OperationalError, InterfaceError, NotAsItCame) as error:
        log.warning("a mail stays with %s: %s", provider, error)
        answer = _text(HTTPStatus.SERVICE_UNAVAILABLE, "It cannot be kept now; try again.")
        answer.headers["Retry-After"] = str(SECONDS_UNTIL_RETRY)
        return answer
    except Exception:
        log.exception("a mail stays with %s, which may try again", provider)
        return _text(HTTPStatus.INTERNAL_SERVER_ERROR, "It cannot be taken; try again.")


def _kept(request: HttpRequest, name: str, provider: Provider) -> HttpResponse:
    """Nobody may make us read much before it is known who they are, but where only the form says so."""
    view = provider.view()()
    if not provider.signs_the_form:
        view.run_validators(request)
    said = _read(request, provider)
    if provider.signs_the_form:
        view.run_validators(request)
    for posted in provider.mails(said):
        if posted.raw is None and provider.is_form:
            raise NotAsItCame("it posts the parts of mails: let it post them as they came (raw, full MIME)")
        for raw in _raw(posted, request, view):
            keep(raw, door=ReceivedMail.Door.WEBHOOK, mailbox=name, envelope_to=posted.envelope_to)
    return HttpResponse()


def _read(request: HttpRequest, provider: Provider) -> object:
    """The body, put where the library looks for it: Django's own reader would refuse a post of some megabytes."""
    body = request.read(LARGEST_POST + 1)
    if len(body) > LARGEST_POST:
        raise TooLargeToKeep(f"the post has more than {LARGEST_POST:,} bytes")
    request._body = body  # type: ignore[attr-defined]
    if not provider.is_form:
        try:
            return json.loads(body)
        except ValueError:
            raise UnreadableForm("it is no JSON") from None
    fields = fields_of(body, request.content_type or "", request.content_params or {})
    form = QueryDict(mutable=True)
    form.update({key: value.decode(errors="replace") for key, value in fields.items()})
    request._post, request._files = form, MultiValueDict()  # type: ignore[attr-defined]
    return fields


def _raw(posted: Posted, request: HttpRequest, view: object) -> Iterator[bytes]:
    if posted.raw is not None:
        yield posted.raw
        return
    for event in view.parse_events(request):  # type: ignore[attr-defined]
        yield _put_together(event.message, request.body)


def _put_together(message: EmailMessage, posted: bytes) -> bytes:
    """The same bytes for the same post, which may come again: what parts the mail is not drawn by lot."""
    digest = hashlib.sha256(posted).hexdigest()
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"{digest}-{number}")
    return message.as_bytes()


def _refused() -> HttpResponse:
    return _text(HTTPStatus.BAD_REQUEST, "Refused.")


def _text(status: HTTPStatus, says: str) -> HttpResponse:
    return HttpResponse(f"{says}\n", status=status, content_type="text/plain; charset=utf-8")
