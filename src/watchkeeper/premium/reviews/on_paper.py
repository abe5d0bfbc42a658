"""A review on paper: its document as plain texts for Typst, and the answer that brings the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, gettext, ngettext

from watchkeeper.policies.support_levels import paper
from watchkeeper.premium.models import ReviewEdition, ServiceReview
from watchkeeper.premium.reviews.reading import Answered, Cause, Compared, Shown, shown
from watchkeeper.premium.reviews.written import blocks_of
from watchkeeper.premium.templatetags.reviews import more_than
from watchkeeper.ui.moments import written

TEMPLATE = Path(__file__).with_name("review.typ")


def answer(review: ServiceReview, document: Mapping[str, Any], *, edition: ReviewEdition | None) -> HttpResponse:
    """The review as a PDF, in the language of the page; without an edition it says that it is a draft."""
    content = paper.pdf(said_of(shown(document), review, edition), template=TEMPLATE)
    name = f"service-review-{review.period}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def said_of(review: Shown, row: ServiceReview, edition: ReviewEdition | None) -> dict[str, Any]:
    """All that stands on the paper."""
    title = gettext("Service review, {period}").format(period=review.period)
    dated = review.zone.local(edition.published_at if edition else review.as_of)
    return {
        "title": title,
        "author": edition.published_by.name if edition else "Watchkeeper",
        "language": get_language() or "en",
        "eyebrow": review.account,
        "about": _about(review, row, edition),
        "draft": "" if edition else gettext("Draft"),
        "footer": f"{review.account} · {title}",
        "page_of": gettext("Page {page} of {pages}"),
        "dated": {"year": dated.year, "month": dated.month, "day": dated.day},
        "paper": "us-letter" if review.zone.name.startswith("America/") else "a4",
        "figures": _figures(review),
        "sections": [_section(name, review) for name in review.headings if _is_told(name, review)],
        "agreed": {"heading": gettext("What was agreed"), "blocks": blocks_of(row.agreed)} if row.held_at else None,
    }


def _about(review: Shown, row: ServiceReview, edition: ReviewEdition | None) -> list[str]:
    lines = [gettext("Level: {levels}").format(levels=review.levels)] if review.levels else []
    counted = written(review.as_of, "day", review.zone)
    if edition is None:
        return [*lines, gettext("Counted {day}. A draft: nobody of the customer has read it.").format(day=counted)]
    told = gettext("Counted {day}; edition {number}, published {published} by {person}.")
    published = written(edition.published_at, "day", review.zone)
    by = edition.published_by.name
    lines.append(told.format(day=counted, number=edition.number, published=published, person=by))
    if row.held_at is not None:
        lines.append(gettext("Held {day}.").format(day=written(row.held_at, "day", review.zone)))
    elif row.meets_at is not None:
        lines.append(gettext("To be held {when}.").format(when=written(row.meets_at, "zoned", review.zone)))
    return lines


def _figures(review: Shown) -> list[dict[str, str]]:
    return [
        {"label": gettext("Incidents received"), "value": str(review.total)},
        {"label": gettext("Acknowledged in time"), "value": review.in_time or "–"},
        {"label": gettext("Repeated causes"), "value": str(len(review.causes))},
    ]


def _is_told(name: str, review: Shown) -> bool:
    return name != "recommendations" or bool(review.recommendations or review.words[name])


def _section(name: str, review: Shown) -> dict[str, Any]:
    """A heading, what people wrote, and what was counted: bars, tables, lists and notes in this order."""
    counted = {"bars": [], "tables": [], "groups": [], "lines_are": "", "lines": [], "note": ""} | _COUNTED[name](
        review
    )
    return {"heading": review.headings[name], "blocks": blocks_of(review.words[name]), **counted}


def _volume(review: Shown) -> dict[str, Any]:
    bars = [
        {"label": bar.label, "count": bar.count, "percent": bar.percent, "this": bar.is_this} for bar in review.trend
    ]
    tables = [_compared(gettext("Severity"), review.severities), _compared(gettext("Component"), review.components)]
    note = gettext("Compared with {before}.").format(before=review.before)
    return {"bars": bars, "tables": [table for table in tables if table["rows"]], "note": note}


def _compared(heading: str, rows: Any) -> dict[str, Any]:
    def row(one: Compared) -> list[str]:
        return [one.name, str(one.count), more_than(one.count, one.before)]

    headings = [heading, gettext("Incidents"), gettext("Against before")]
    return {"headings": headings, "widths": [3, 1, 1], "numbers": [1, 2], "rows": [row(one) for one in rows]}


def _acknowledgement(review: Shown) -> dict[str, Any]:
    if not review.answered:
        return {"note": gettext("Nothing was promised an answer in this period.")}
    headings = [
        gettext("Severity"),
        gettext("Promised"),
        gettext("Kept"),
        gettext("Half within"),
        gettext("Slowest"),
        gettext("In time"),
    ]
    table = {"headings": headings, "widths": [2, 2, 1, 2, 2, 1], "numbers": [2, 5]}
    table["rows"] = [_answered(row) for row in review.answered]
    late = [_late(one.reference, one.title, one.severity, one.at, one.until, review) for one in review.breached]
    note = gettext(
        "Lengths are counted in the hours that the promise counts. In time is what was met of what was met or "
        "breached, rounded down."
    )
    return {"tables": [table], "note": note, "lines_are": gettext("Answered late") if late else "", "lines": late}


def _answered(row: Answered) -> list[str]:
    kept = gettext("{met} of {made}").format(met=row.met, made=row.made)
    return [row.name, row.promised, kept, *(words or "–" for words in (row.median, row.slowest, row.percent))]


def _late(
    reference: str, title: str, severity: str, due: datetime | None, done: datetime | None, review: Shown
) -> dict[str, str]:
    times = [severity]
    if due is not None:
        times.append(gettext("due {when}").format(when=written(due, "zoned", review.zone)))
    if done is not None:
        times.append(gettext("done {when}").format(when=written(done, "zoned", review.zone)))
    return {"lead": reference, "text": title, "after": ", ".join(times)}


def _causes(review: Shown) -> dict[str, Any]:
    if not review.causes:
        return {"note": gettext("No two incidents of the period seem to have one cause.")}
    return {"groups": [_cause(cause, review) for cause in review.causes]}


def _cause(cause: Cause, review: Shown) -> dict[str, Any]:
    counted = ngettext("{count} incident", "{count} incidents", cause.count).format(count=cause.count)
    before = gettext("{before} in the period before").format(before=cause.before)
    about = " · ".join(filter(None, (counted, cause.component, before)))
    lines = [
        {"lead": one.reference, "text": one.title, "after": written(one.at, "day", review.zone) if one.at else ""}
        for one in cause.incidents
    ]
    return {"name": cause.name, "about": about, "lines": lines}


def _longest(review: Shown) -> dict[str, Any]:
    if not review.longest:
        return {"note": gettext("Nothing was open in this period.")}
    rows = [[f"{one.reference}  {one.title}", one.severity, one.says] for one in review.longest]
    headings = [gettext("Incident"), gettext("Severity"), gettext("Open for")]
    return {"tables": [{"headings": headings, "widths": [5, 1, 2], "numbers": [], "rows": rows}]}


def _ahead(review: Shown) -> dict[str, Any]:
    lines = [
        {"lead": one.when, "text": one.what, "after": "; ".join(one.says)}
        for one in (*review.endings, *review.odd_days)
    ]
    if lines:
        return {"lines": lines}
    return {"note": gettext("Your hours have no odd day in {period}.").format(period=review.coming)}


def _recommendations(review: Shown) -> dict[str, Any]:
    return {"lines": [{"lead": "", "text": one.title, "after": one.says} for one in review.recommendations]}


_COUNTED = {
    "summary": lambda _review: {},
    "volume": _volume,
    "acknowledgement": _acknowledgement,
    "causes": _causes,
    "longest": _longest,
    "ahead": _ahead,
    "recommendations": _recommendations,
}
