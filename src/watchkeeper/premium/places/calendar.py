"""Announced changes as a calendar file (RFC 5545), for programs that show calendars."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from watchkeeper.premium.models import AnnouncedChange


def calendar_answer(changes: Iterable[AnnouncedChange], *, name: str) -> HttpResponse:
    """The file; what was called off stands in it as cancelled, so that it goes from calendars that had it."""
    answer = HttpResponse(written(changes, name=name), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="changes.ics"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def written(changes: Iterable[AnnouncedChange], *, name: str) -> bytes:
    """The bytes of the file."""
    from icalendar import Calendar  # 0.2 s, paid only by who asks for it

    calendar = Calendar()
    calendar.add("prodid", "-//Watchkeeper//announced changes//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for change in changes:
        calendar.add_component(_event(change))
    content: bytes = calendar.to_ical()
    return content


def _event(change: AnnouncedChange) -> object:
    from icalendar import Event

    event = Event()
    host = urlsplit(settings.WATCHKEEPER_BASE_URL).hostname or "watchkeeper"
    event.add("uid", f"{change.key}@{host}")
    event.add("dtstamp", change.called_off_at or change.announced_at)
    event.add("dtstart", change.starts_at)
    event.add("dtend", change.ends_at)
    event.add("summary", f"{change.account.name}: {change.title}")
    event.add("sequence", 1 if change.called_off_at else 0)
    event.add("status", "CANCELLED" if change.called_off_at else "CONFIRMED")
    if change.part:
        event.add("location", change.part)
    if change.text:
        event.add("description", change.text)
    return event
