"""What the pages of both sides share: the address of a question, its answer as a file, the zone around a part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from watchkeeper.core.policy import Policy
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies.support_levels.around import around
from watchkeeper.reports.what_if.csv_file import MOST_INCIDENTS, as_text, lines
from watchkeeper.reports.what_if.offered import terms_of
from watchkeeper.reports.what_if.parts import asked_of
from watchkeeper.reports.what_if.question import Question
from watchkeeper.ui.paging import address


def as_csv(request: HttpRequest, question: Question, policy: Policy) -> HttpResponse:
    """The answer as a file. Raises ``NotOffered``."""
    now = clock.now()
    named = terms_of(question, policy)
    asked = asked_of(question, request.user, policy)
    text = as_text(lines(asked, named.terms, as_of=now, at_most=MOST_INCIDENTS))
    headers = {"Content-Disposition": 'attachment; filename="what-if.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def address_of(question: Question) -> str:
    """The question as it stands in an address."""
    slugs = Account.objects.filter(pk=question.account).values_list("slug", flat=True)
    return address(
        terms=f"{question.kind}:{question.name}",
        account=slugs.first() if question.account is not None else "",
        first_day=question.first_day,
        last_day=question.last_day,
        sla=question.sla_text,
    )


def around_it(policy: Policy, now: datetime) -> dict[str, Any]:
    """What a part of a page needs to write times."""
    return around(policy, now)
