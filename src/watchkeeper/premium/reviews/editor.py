"""``/desk/reviews/N/draft``: an engineer writes beside the figures and says what the groups are."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.incidents.desk import shell
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.models import IncidentGroup, ServiceReview
from watchkeeper.premium.reviews import groups
from watchkeeper.premium.reviews.desk import SECTION
from watchkeeper.premium.reviews.document import document_of
from watchkeeper.premium.reviews.door import group_seen, review_seen
from watchkeeper.premium.reviews.forms import MergeForm, NameForm, WordsForm, first_fault
from watchkeeper.premium.reviews.groups import NotTogether
from watchkeeper.premium.reviews.reading import shown
from watchkeeper.premium.reviews.words import Closed, WrittenMeanwhile, newest_words, save_words

MISTYPED, CONFLICT = 422, 409


def draft(request: HttpRequest, key: int) -> HttpResponse:
    """The form with what is written; a POST keeps what was written for the team."""
    review = review_seen(request, key)
    if not review.is_open:
        return redirect("desk-review", key)
    if request.method != "POST":
        return _page(request, review, WordsForm.of(newest_words(review)))
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, review, form, MISTYPED)
    try:
        save_words(review, form.cleaned_data, seen=form.cleaned_data["seen"], by=request.user)
    except WrittenMeanwhile as refusal:
        form.data = form.data.copy()
        form.data["seen"] = str(refusal.words.number)
        form.add_error(None, str(refusal))
        return _page(request, review, form, CONFLICT)
    except Closed as refusal:
        messages.error(request, str(refusal))
        return redirect("desk-review", key)
    messages.success(request, gettext("Your words are kept. The customer reads them once the review is published."))
    return redirect("desk-review-draft", key)


def name(request: HttpRequest, key: int) -> HttpResponse:
    """Call a group by a name."""
    group, form = group_seen(request, key), NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_fault(form))
        return _back(group)
    return _done(request, group, lambda: groups.rename(group, form.cleaned_data["name"], by=request.user))


def merging(request: HttpRequest, key: int) -> HttpResponse:
    """Put a group together with another."""
    group = group_seen(request, key)
    form = MergeForm(request.POST, group=group)
    if not form.is_valid():
        messages.error(request, first_fault(form))
        return _back(group)
    return _done(request, group, lambda: groups.merge(group, into=form.cleaned_data["into"], by=request.user))


def dropping(request: HttpRequest, key: int) -> HttpResponse:
    """Say that a group is none."""
    group = group_seen(request, key)
    return _done(request, group, lambda: groups.drop(group, by=request.user))


def putting_back(request: HttpRequest, key: int) -> HttpResponse:
    """Let a group stand by itself again."""
    group = group_seen(request, key)
    return _done(request, group, lambda: groups.put_back(group, by=request.user))


def _done(request: HttpRequest, group: IncidentGroup, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (NotTogether, Closed) as refusal:
        messages.error(request, str(refusal))
    return _back(group)


def _back(group: IncidentGroup) -> HttpResponse:
    response = redirect("desk-review-draft", group.review_id)
    response["Location"] += "#groups"
    return response


def _page(request: HttpRequest, review: ServiceReview, form: WordsForm, status: int = 200) -> HttpResponse:
    now = clock.now()
    rows = list(IncidentGroup.objects.filter(review=review).prefetch_related("incidents__incident"))
    return shell.page(
        request,
        "premium/reviews/desk_draft.html",
        now=now,
        policy=policy_in_force(now),
        status=status,
        section=SECTION,
        review=review,
        form=form,
        shown=shown(document_of(review)),
        is_grouped=review.figures.grouped_at is not None,
        standing=[row for row in rows if row.stands],
        apart=[row for row in rows if not row.stands],
        merged={row.pk: [each for each in rows if each.into_id == row.pk] for row in rows},
        words=newest_words(review),
    )
