"""Version 1: report an incident, list incidents, read one. A machine never acknowledges, so there is no verb for it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Header, NinjaAPI, Path, Query, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError

from watchkeeper.api import answers, idempotency, shapes
from watchkeeper.api.bearer import Bearer, standing_for
from watchkeeper.api.paging import page_of
from watchkeeper.api.problem import MEDIA_TYPE, Fault, Problem, ProblemDetails, answer, answered, unprocessable
from watchkeeper.core.policy import UnknownSeverity
from watchkeeper.incidents import verbs
from watchkeeper.incidents.known import without_what_is_held
from watchkeeper.incidents.models import REFERENCE_LETTERS, Incident, IncidentQuerySet
from watchkeeper.people.models import Account, MachineToken, Person

Scope = MachineToken.Scope

REFERENCE = re.compile(f"WK-[{REFERENCE_LETTERS}]{{6}}")
SECONDS_UNTIL_RETRY = "5"


class Api(NinjaAPI):
    """The API, whose contract says that problems have a media type of their own."""

    def get_openapi_schema(self, **how: Any) -> Any:
        schema = super().get_openapi_schema(**how)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST:
                        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
        return schema


api = Api(
    title="Watchkeeper",
    version="1",
    description=__doc__ or "",
    urls_namespace="api-v1",
    auth=Bearer(),
    docs_url=None,  # its page would need scripts from elsewhere, which no page of the desk may load
    servers=[],
)


def _problems(*statuses: HTTPStatus) -> dict[Any, Any]:
    return dict.fromkeys(statuses, ProblemDetails)


ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


@api.post(
    "/incidents",
    response={HTTPStatus.CREATED: shapes.Receipt, **_problems(*ALWAYS, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)},
    operation_id="reportIncident",
    summary="Report an incident",
    url_name="incidents",
)
def report(
    request: HttpRequest,
    response: HttpResponse,
    said: shapes.Said,
    idempotency_key: Annotated[
        str | None,
        Header(
            alias=idempotency.HEADER,
            description="Yours to choose, new for each report. Sent again with the same body, the report is not "
            "accepted twice: the first answer comes again, with Idempotency-Replayed: true.",
        ),
    ] = None,
) -> Status:
    """Becomes an incident with its promise. Needs the scope `report`; nothing is refused for lack of entitlement."""
    token: MachineToken = request.auth  # type: ignore[attr-defined]
    body = said.model_dump_json(exclude_defaults=True)
    with standing_for(token, to=Scope.REPORT):
        incident = idempotency.accepted_before(token, idempotency_key, body) if idempotency_key is not None else None
        if incident is not None:
            response["Idempotency-Replayed"] = "true"
        else:
            incident = _report(said, token)
            if idempotency_key is not None:
                idempotency.keep(token, idempotency_key, body, incident)
        response["Location"] = reverse("api-v1:incident", args=[incident.reference])
        return Status(HTTPStatus.CREATED, answers.receipt(incident))


@api.get(
    "/incidents",
    response={HTTPStatus.OK: shapes.Incidents, **_problems(*ALWAYS)},
    operation_id="listIncidents",
    summary="List incidents, the newest first",
    url_name="incidents",
)
def incidents(
    request: HttpRequest,
    state: Annotated[
        Literal["open", "new", "dispatched", "acknowledged", "waiting", "resolved", "closed"] | None,
        Query(description="One state; `open` is every state before resolved."),
    ] = None,
    account: Annotated[shapes.Slug | None, Query(description="The slug of one account.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
) -> shapes.Incidents:
    """Those the token may read, page by page. Needs the scope `read`."""
    token: MachineToken = request.auth  # type: ignore[attr-defined]
    with standing_for(token, to=Scope.READ):
        found = _readable(token)
        if account is not None:
            found = found.filter(account__slug=account)
        if state == "open":
            found = found.open()
        elif state is not None:
            found = found.filter(state=state)
        page = page_of(found, after=after, limit=limit)
        listed = page.incidents if token.account is None else without_what_is_held(page.incidents)
        return shapes.Incidents(items=[answers.summary(incident) for incident in listed], next=page.next)


@api.get(
    "/incidents/{reference}",
    response={HTTPStatus.OK: shapes.Incident, **_problems(*ALWAYS, HTTPStatus.NOT_FOUND)},
    operation_id="readIncident",
    summary="Read one incident",
    by_alias=True,
    url_name="incident",
)
def incident(
    request: HttpRequest, reference: Annotated[str, Path(description="Such as `WK-7F3K2Q`.")]
) -> shapes.Incident:
    """Its facts, commitments with their explanation, and its timeline. Needs the scope `read`."""
    token: MachineToken = request.auth  # type: ignore[attr-defined]
    with standing_for(token, to=Scope.READ):
        asked_for = reference.upper()
        found = _readable(token).filter(reference=asked_for).first() if REFERENCE.fullmatch(asked_for) else None
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, "there is no such incident, or this token may not read it")
        return answers.whole(found, for_the_team=token.account is None)


def _report(said: shapes.Said, token: MachineToken) -> Incident:
    account = _account(said, token)
    try:
        return verbs.report(
            verbs.Report(
                title=said.title,
                body=said.description,
                severity=None if said.severity is None else str(said.severity),
                product=said.product,
                component=said.component,
                environment=said.environment,
                is_test=said.is_test,
            ),
            account=account,
            by=token,
            channel=Incident.Channel.API,
            on_behalf_of=_reporter(said, account),
        )
    except UnknownSeverity as error:
        raise unprocessable("severity", str(error)) from None


def _account(said: shapes.Said, token: MachineToken) -> Account:
    own = token.account
    if own is not None:
        if said.account not in (None, own.slug):
            raise unprocessable("account", f"this token reports for {own.slug} only; leave it out")
        return own
    if said.account is None:
        raise unprocessable("account", "this token may report for every account; name one by its slug")
    account = Account.objects.filter(slug=said.account).first()
    if account is None:
        raise unprocessable("account", f'"{said.account}" is not the slug of an account')
    return account


def _reporter(said: shapes.Said, account: Account) -> Person | None:
    if said.reporter is None:
        return None
    person = account.people.filter(email=said.reporter.lower(), is_active=True).first()
    if person is None:
        raise unprocessable("reporter", f"nobody of {account} who may sign in has this address; leave it out")
    return person


def _readable(token: MachineToken) -> IncidentQuerySet:
    return Incident.objects.seen_by_token(token).select_related("account", "policy_version", "reporter", "assignee")


api.add_exception_handler(Problem, answered)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [_fault(found) for found in error.errors]
    detail = "; ".join(f"{fault.field}: {fault.problem}" for fault in faults)
    return answer(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=faults))


def _fault(found: dict[str, Any]) -> Fault:
    where, *path = found["loc"]
    if where == "body":
        path = path[1:]  # the first is the name of our argument
    problem = _IN_OUR_WORDS.get(found["type"], found["msg"])
    return Fault(field=".".join(map(str, path)) or where, where=where, problem=problem)


_IN_OUR_WORDS = {"missing": "is missing", "extra_forbidden": "is no field of this request; leave it out"}


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = "send the secret of a token that is in force, as Authorization: Bearer wk_…"
    return answer(Problem(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": 'Bearer realm="Watchkeeper"'}))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return answer(Problem(HTTPStatus(error.status_code), error.message))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    detail = f"a request has at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,} bytes"
    return answer(Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail))


def _away(request: HttpRequest, error: Exception) -> HttpResponse:
    detail = "the database is away or busy; nothing was accepted: send it again, with the same Idempotency-Key"
    return answer(Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": SECONDS_UNTIL_RETRY}))


for _away_as in (OperationalError, InterfaceError):
    api.add_exception_handler(_away_as, _away)
