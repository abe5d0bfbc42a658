"""``/reviews``: an account's service reviews; who holds none reads what they would be."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.core.features import SERVICE_REVIEWS
from watchkeeper.incidents.portal import shell
from watchkeeper.people import access, clock
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.entitlement import entitlement_of, first_level_with
from watchkeeper.premium.models import ReviewEdition, ServiceReview
from watchkeeper.premium.reviews import on_paper, publication
from watchkeeper.premium.reviews.door import newest_edition, own_review
from watchkeeper.premium.reviews.forms import CommentForm, first_fault
from watchkeeper.premium.reviews.reading import shown
from watchkeeper.premium.reviews.telling import customer_managers

SECTION = "portal-reviews"


def reviews(request: HttpRequest) -> HttpResponse:
    """Those that were published, the newest first; to who may not read them, whom to ask."""
    now = clock.now()
    policy, account = policy_in_force(now), request.user.account
    held = entitlement_of(account, at=now)
    level = first_level_with(SERVICE_REVIEWS, policy)
    return shell.page(
        request,
        "premium/reviews/portal_list.html",
        now=now,
        policy=policy,
        section=SECTION,
        reviews=ServiceReview.objects.seen_by(request.user).filter(account=account),
        may_read=access.may(request.user, "read own reviews"),
        readers=customer_managers(account),
        is_entitled=held.includes(SERVICE_REVIEWS),
        each=held.reviewed_each,
        level=level,
        rank=policy.levels.index(level) + 1 if level else 1,
        executive=account.account_executive,
    )


def review(request: HttpRequest, period: str) -> HttpResponse:
    """The newest edition, or that of ``?edition=``."""
    found = own_review(request, period)
    return _page(request, found, CommentForm(auto_id="comment_%s"))


def pdf(request: HttpRequest, period: str) -> HttpResponse:
    """The same on paper."""
    found = own_review(request, period)
    edition = _edition(request, found)
    return on_paper.answer(found, edition.document, edition=edition)


def comments(request: HttpRequest, period: str) -> HttpResponse:
    """Say something about it."""
    found, form = own_review(request, period), CommentForm(request.POST, auto_id="comment_%s")
    if not form.is_valid():
        return _page(request, found, form, 422)
    publication.comment(found, form.cleaned_data["text"], by=request.user)
    messages.success(request, gettext("Thank you. Your comment stands beneath the review, and your team is told."))
    return redirect("portal-review", period)


def _page(request: HttpRequest, found: ServiceReview, form: CommentForm, status: int = 200) -> HttpResponse:
    now = clock.now()
    edition = _edition(request, found)
    return shell.page(
        request,
        "premium/reviews/portal_review.html",
        now=now,
        policy=policy_in_force(now),
        status=status,
        section=SECTION,
        review=found,
        edition=edition,
        editions=list(found.editions.select_related("published_by")),
        shown=shown(edition.document),
        comments=found.comments.select_related("by"),
        comment_form=form,
        fault=first_fault(form) if form.errors else "",
    )


def _edition(request: HttpRequest, found: ServiceReview) -> ReviewEdition:
    asked = request.GET.get("edition", "")
    edition = newest_edition(found) if not asked else None
    if asked.isdecimal() and len(asked) < 6:
        edition = found.editions.select_related("published_by").filter(number=int(asked)).first()
    if edition is None:
        raise Http404
    return edition
