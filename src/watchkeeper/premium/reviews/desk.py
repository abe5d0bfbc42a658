"""``/desk/reviews``: the reviews of the accounts somebody serves, and one of them as its customer will read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.core.features import MONTH, QUARTER, SERVICE_REVIEWS
from watchkeeper.core.policy import Policy
from watchkeeper.incidents.desk import shell
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.entitlement import accounts_holding, first_level_with
from watchkeeper.premium.models import ServiceReview
from watchkeeper.premium.reviews import on_paper, publication
from watchkeeper.premium.reviews.document import digest_of, document_of
from watchkeeper.premium.reviews.door import newest_edition, review_seen
from watchkeeper.premium.reviews.drafting import NotDrafted, draft_for
from watchkeeper.premium.reviews.forms import CommentForm, DateForm, DraftForm, HoldingForm, first_fault
from watchkeeper.premium.reviews.periods import before, called, last_period
from watchkeeper.premium.reviews.publication import NotNow
from watchkeeper.premium.reviews.reading import shown
from watchkeeper.premium.reviews.telling import customer_managers
from watchkeeper.premium.reviews.words import Closed, newest_words

SECTION = "desk-reviews"
OFFERED = {QUARTER: 4, MONTH: 6}
"""So many of the last periods can be begun by hand."""

MOST_LISTED = 200


class Tab(NamedTuple):
    """One side of the list."""

    label: str
    href: str
    is_current: bool
    count: int


def reviews(request: HttpRequest) -> HttpResponse:
    """``?side=held``: those that were held; else those that are still to be written, published or held."""
    now = clock.now()
    policy = policy_in_force(now)
    seen = ServiceReview.objects.seen_by(request.user).select_related("account")
    is_held = request.GET.get("side") == "held"
    listed = seen.filter(held_at__isnull=not is_held)
    return shell.page(
        request,
        "premium/reviews/desk_list.html",
        now=now,
        policy=policy,
        section=SECTION,
        tabs=_tabs(seen, is_held),
        reviews=listed[:MOST_LISTED],
        is_held=is_held,
        form=_draft_form(request, policy, now) if access.may(request.user, "write review") else None,
        level=first_level_with(SERVICE_REVIEWS, policy),
    )


def drafts(request: HttpRequest) -> HttpResponse:
    """Begin the review of an account's period, and go to it; one that is there already is opened."""
    now = clock.now()
    policy = policy_in_force(now)
    form = _draft_form(request, policy, now)
    if not form.is_valid():
        messages.error(request, first_fault(form))
        return redirect("desk-reviews")
    each, period = called(form.cleaned_data["period"], policy.zone)
    try:
        review, is_new = draft_for(form.cleaned_data["account"], period, each, by=request.user)
    except NotDrafted as refusal:
        messages.error(request, str(refusal))
        return redirect("desk-reviews")
    if not is_new:
        messages.info(request, gettext("This review is there already."))
    return redirect("desk-review", review.pk)


def review(request: HttpRequest, key: int) -> HttpResponse:
    """The review as it stands: what the customer reads, or will once it is published, and what can be done with it."""
    return _page(request, review_seen(request, key))


def pdf(request: HttpRequest, key: int) -> HttpResponse:
    """The same on paper; a draft says that it is one."""
    found = review_seen(request, key)
    edition = newest_edition(found)
    document = _document(found)
    is_draft = edition is None or edition.digest != digest_of(document)
    return on_paper.answer(found, document, edition=None if is_draft else edition)


def published(request: HttpRequest, key: int) -> HttpResponse:
    """Publish what the reader has looked at."""
    found = review_seen(request, key)
    seen = request.POST.get("seen", "")
    try:
        edition = publication.publish(found, seen=int(seen) if seen.isdecimal() else 0, by=request.user)
    except (NotNow, Closed) as refusal:
        messages.error(request, str(refusal))
    else:
        told = gettext("Edition {number} is published; the account's customer managers are told.")
        messages.success(request, told.format(number=edition.number))
    return redirect("desk-review", key)


def date(request: HttpRequest, key: int) -> HttpResponse:
    """Set when it is held."""
    found, form = review_seen(request, key), DateForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_fault(form))
        return redirect("desk-review", key)
    try:
        publication.set_date(found, form.instant(policy_in_force(clock.now()).zone), by=request.user)
    except (NotNow, Closed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("The date is set, and both sides are told."))
    return redirect("desk-review", key)


def holding(request: HttpRequest, key: int) -> HttpResponse:
    """Write down that it was held."""
    found, form = review_seen(request, key), HoldingForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_fault(form))
        return redirect("desk-review", key)
    try:
        publication.hold(found, agreed=form.cleaned_data["agreed"], by=request.user)
    except (NotNow, Closed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("The review is held. The customer reads what was agreed."))
    return redirect("desk-review", key)


def comments(request: HttpRequest, key: int) -> HttpResponse:
    """Answer the customer."""
    found, form = review_seen(request, key), CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_fault(form))
        return redirect("desk-review", key)
    try:
        publication.comment(found, form.cleaned_data["text"], by=request.user)
    except NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Your comment stands beneath the review, and the customer is told."))
    return redirect("desk-review", key)


def _page(request: HttpRequest, found: ServiceReview) -> HttpResponse:
    now = clock.now()
    policy = policy_in_force(now)
    edition, document, words = newest_edition(found), _document(found), newest_words(found)
    return shell.page(
        request,
        "premium/reviews/desk_review.html",
        now=now,
        policy=policy,
        section=SECTION,
        review=found,
        shown=shown(document),
        words=words,
        edition=edition,
        is_changed=edition is not None and edition.digest != digest_of(document),
        is_grouped=found.figures.grouped_at is not None,
        is_looked_through=publication.is_looked_through(found, now),
        readers=customer_managers(found.account),
        comments=found.comments.select_related("by"),
        acts=found.acts.select_related("by"),
        **_offers(request, found),
    )


def _offers(request: HttpRequest, found: ServiceReview) -> dict[str, Any]:
    """The forms of what the reader may do with the review as it is."""
    may = {act: access.may(request.user, f"{act} review") for act in ("write", "publish", "hold")}
    is_published = found.published_at is not None
    return {
        "may_write": may["write"] and found.is_open,
        "may_publish": may["publish"] and found.is_open,
        "date_form": DateForm(auto_id="date_%s") if may["hold"] and is_published and found.is_open else None,
        "holding_form": HoldingForm(auto_id="holding_%s") if may["hold"] and is_published and found.is_open else None,
        "comment_form": CommentForm(auto_id="comment_%s") if is_published else None,
    }


def _document(found: ServiceReview) -> dict[str, Any]:
    """What a held review says stays its last edition; before, it is as it stands."""
    edition = newest_edition(found)
    return edition.document if edition is not None and not found.is_open else document_of(found)


def _tabs(seen: Any, is_held: bool) -> list[Tab]:
    still = seen.filter(held_at__isnull=True).count()
    return [
        Tab(gettext("To be held"), "?", not is_held, still),
        Tab(gettext("Held"), "?side=held", is_held, seen.count() - still),
    ]


def _draft_form(request: HttpRequest, policy: Policy, now: datetime) -> DraftForm:
    given = request.POST if request.method == "POST" else None
    return DraftForm(given, accounts=_accounts(request, now), periods=_periods(policy, now))


def _accounts(request: HttpRequest, now: datetime) -> list[Account]:
    return accounts_holding(SERVICE_REVIEWS, at=now, among=access.accounts_served_by(request.user))


def _periods(policy: Policy, now: datetime) -> list[str]:
    found = []
    for each, count in OFFERED.items():
        period = last_period(each, now, policy.zone)
        for _ in range(count):
            found.append(period.name)
            period = before(period, each, policy.zone)
    return found
