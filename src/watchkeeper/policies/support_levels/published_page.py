"""The page the vendor publishes, rendered from the policy in force: what is promised is what is enforced.

Three forms, told apart by the address alone: for people, ``.json`` for machines, ``.pdf`` for paper.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeeper.core import published
from watchkeeper.core.policy import Policy
from watchkeeper.people import clock
from watchkeeper.policies.support_levels import document, paper
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.support_levels.editions import IN_FORCE, Edition, editions
from watchkeeper.policies.support_levels.kept import for_anybody
from watchkeeper.policies.support_levels.page_as_json import as_json
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.translated import translated


class Shown(NamedTuple):
    """The version that is asked for, its policy, and every version there is."""

    edition: Edition
    policy: Policy
    editions: list[Edition]


def support_levels(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """``/support-levels``: every cell of the published page, for anybody. With a number: as that version says it."""
    now = clock.now()
    shown = _shown(now, number)
    known = {"page": translated(published.page(shown.policy)), "edition": shown.edition, "editions": shown.editions}
    return render(request, "policies/support_levels.html", {**known, **around(shown.policy, now)})


def support_levels_json(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The same page for machines."""
    shown = _shown(clock.now(), number)
    said = as_json(published.page(shown.policy), shown.edition, shown.editions)
    content = json.dumps(said, ensure_ascii=False, indent=1).encode()
    return for_anybody(request, content, content_type="application/json")


def support_levels_pdf(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The same page on paper."""
    shown = _shown(clock.now(), number)
    version = shown.edition.version
    content = paper.pdf(document.of_version(shown.policy, version))
    file_name = f"support-levels-version-{version.number}.pdf"
    return for_anybody(request, content, content_type="application/pdf", file_name=file_name)


def _shown(now: datetime, number: int | None) -> Shown:
    """The version of that number if it was, is or will be in force; without a number the one in force."""
    every = editions(now)
    wanted = (each for each in every if (each.state == IN_FORCE if number is None else each.version.number == number))
    edition = next(wanted, None)
    if edition is None:
        raise Http404
    return Shown(edition, policy_of(edition.version), every)
