"""What the API answers when it does not do what was asked: one object, as RFC 9457 says."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong with the request."""

    field: str = Field(description="The field's name; a path such as `a.b` where it lies deeper.")
    where: str = Field(description="`body`, `query`, `path` or `header`.")
    problem: str = Field(description="What is wrong with it, and what is allowed.")


class ProblemDetails(BaseModel):
    """Why a request was not carried out (RFC 9457)."""

    type: str = Field(description="Always `about:blank`: the status says which kind it is.")
    title: str
    status: int
    detail: str = Field(description="What was wrong and what is allowed, for a person to read.")
    errors: list[Fault] = Field(description="Every field that is wrong; empty where it is none.")


class Problem(Exception):
    """A request that is refused with this status; ``detail`` says why in words that a person can act on."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[Fault] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, tuple(errors), headers or {}


def unprocessable(field: str, problem: str, *, where: str = "body") -> Problem:
    """A request whose one fault is this field."""
    fault = Fault(field=field, where=where, problem=problem)
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{field}: {problem}", errors=[fault])


def answer(problem: Problem) -> HttpResponse:
    """The response that says the problem."""
    details = ProblemDetails(
        type="about:blank",
        title=problem.status.phrase,
        status=problem.status,
        detail=problem.detail,
        errors=list(problem.errors),
    )
    return JsonResponse(details.model_dump(), status=problem.status, content_type=MEDIA_TYPE, headers=problem.headers)


def answered(request: HttpRequest, problem: Problem) -> HttpResponse:
    """``answer`` in the shape of an exception handler."""
    return answer(problem)
