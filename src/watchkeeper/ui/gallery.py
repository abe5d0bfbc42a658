"""Every component in all its states on one page, so that a change of the shell can be looked at in both themes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeeper.core.explanation import OPEN, WEEKEND, Stretch
from watchkeeper.ui.severity_cards import SeverityCard
from watchkeeper.ui.time_left import TimeLeft
from watchkeeper.ui.timeline import TimelineEntry

SHELLS = {"portal": "ui/portal.html", "desk": "ui/desk.html", "public": "ui/public.html"}
HOUR = timedelta(hours=1)
FRIDAY = datetime(2026, 3, 6, 22, 30, tzinfo=UTC)
"""Friday 16:30 in Chicago, half an hour before support closes for a weekend with a clock change."""
MONDAY_OPENING = datetime(2026, 3, 9, 13, tzinfo=UTC)
MONDAY_DUE = datetime(2026, 3, 9, 20, 30, tzinfo=UTC)


class GalleryForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title", max_length=40, help_text="What is wrong, in one line.")
    description = forms.CharField(label="What happened", widget=forms.Textarea, required=False)
    environment = forms.ChoiceField(choices=[("production", "Production"), ("staging", "Staging")])
    attachment = forms.FileField(required=False)
    channel = forms.ChoiceField(
        label="How shall we reach you?", widget=forms.RadioSelect, choices=[("mail", "Mail"), ("phone", "Telephone")]
    )
    follows = forms.BooleanField(label="Tell my whole team", required=False)
    severity = forms.ChoiceField(label="How bad is it?", choices=[(str(n), str(n)) for n in range(1, 6)])


def gallery(request: HttpRequest) -> HttpResponse:
    """The gallery; ``?shell=portal``, ``desk`` (else) or ``public`` sets it in each shell."""
    shell = SHELLS.get(request.GET.get("shell", ""), SHELLS["desk"])
    empty = GalleryForm(auto_id="empty_%s", initial={"severity": "2", "channel": "mail"})
    wrong = GalleryForm({"title": "x" * 41, "channel": "mail", "environment": "moon"}, auto_id="wrong_%s")
    shown = {
        "shell": shell,
        "desk_zone": "America/Chicago",
        "desk_zone_label": "CT",
        "server_now": FRIDAY,
        "empty_form": empty,
        "wrong_form": wrong,
        "severity_cards": SEVERITY_CARDS,
        "clocks": CLOCKS,
        "stretches": STRETCHES,
        "due_at": MONDAY_DUE,
        "entries": ENTRIES,
        "incidents": INCIDENTS,
        "tabs": TABS,
        "states": ("new", "dispatched", "acknowledged", "waiting", "resolved", "closed"),
        "outcomes": ("running", "met", "breached", "cancelled"),
        "tones": ("info", "ok", "warn", "breach", "note"),
        "icons": ICONS,
        "said": [Message(level, text) for level, text in SAID],
        "friday": FRIDAY,
    }
    return render(request, "ui/gallery.html", shown)


def _running(left: timedelta) -> TimeLeft:
    return TimeLeft("running", FRIDAY, FRIDAY + left, 8 * HOUR, left, ((FRIDAY - HOUR, FRIDAY + left),))


ANA, TOM = "Ana Ruiz", "Tom Berger"
CLOCKS = (
    ("calm", _running(6 * HOUR + timedelta(minutes=40))),
    ("soon", _running(3 * HOUR)),
    ("urgent", _running(timedelta(minutes=8, seconds=12))),
    (
        "standing still",
        TimeLeft(
            "running",
            FRIDAY,
            MONDAY_DUE,
            8 * HOUR,
            timedelta(hours=7, minutes=30),
            ((MONDAY_OPENING, MONDAY_DUE),),
        ),
    ),
    (
        "paused",
        TimeLeft("paused", FRIDAY, words="Waiting for your answer", metric="Resolution", window=HOUR, left=HOUR / 2),
    ),
    ("met", TimeLeft("met", FRIDAY, MONDAY_DUE, 8 * HOUR, settled_at=FRIDAY + timedelta(minutes=12))),
    ("breached", TimeLeft("breached", FRIDAY, FRIDAY - HOUR, 8 * HOUR, words="1 h late and still unanswered")),
    ("cancelled", TimeLeft("cancelled", FRIDAY, words="Withdrawn by the customer")),
    ("outside", TimeLeft("outside", FRIDAY, words="Break-Fix makes no promise for Medium")),
)
STRETCHES = (
    Stretch(FRIDAY, FRIDAY + HOUR / 2, HOUR / 2, OPEN),
    Stretch(FRIDAY + HOUR / 2, MONDAY_OPENING, timedelta(0), WEEKEND),
    Stretch(MONDAY_OPENING, MONDAY_DUE, MONDAY_DUE - MONDAY_OPENING, OPEN),
)
SEVERITY_CARDS = (
    SeverityCard(
        "1",
        1,
        "Critical",
        "The service is completely down or inaccessible, resulting in a major business impact.",
        FRIDAY + 2 * HOUR,
        "within 2 h, around the clock",
    ),
    SeverityCard(
        "2",
        2,
        "High",
        "Major functionality is severely impacted but not completely unavailable.",
        FRIDAY + 4 * HOUR,
        "within 4 h, around the clock",
    ),
    SeverityCard("3", 3, "Medium", "Partial functionality is affected.", MONDAY_DUE, "within 8 h of standard hours"),
    SeverityCard("4", 4, "Low", "Minor functionality is impacted.", words="Premium would answer by Wed 11 Mar"),
    SeverityCard("5", 5, "Cosmetic", "Visual or aesthetic issues.", words="Premium would answer by Mon 16 Mar"),
)
ENTRIES = (
    TimelineEntry(FRIDAY, "reported this at Critical", who="Priya Nair", icon="plus", tone="info"),
    TimelineEntry(FRIDAY + HOUR / 4, "dispatched it to Ana Ruiz", who="Tom Berger", icon="assign"),
    TimelineEntry(
        FRIDAY + HOUR / 3,
        "wrote a note",
        who="Ana Ruiz",
        icon="note",
        detail="Looks like last May.",
        is_internal=True,
    ),
    TimelineEntry(FRIDAY + HOUR, "Four fifths of the window have passed", icon="bell", tone="warn"),
    TimelineEntry(
        FRIDAY + 2 * HOUR,
        "The acknowledgement window was breached",
        icon="breach",
        tone="breach",
        recorded_at=FRIDAY + 2 * HOUR + timedelta(seconds=1),
        source="counts at the due time",
    ),
    TimelineEntry(FRIDAY + 3 * HOUR, "acknowledged", who="Ana Ruiz", icon="check", tone="ok"),
)
COLUMNS = ("reference", "title", "account", "level", "rank", "severity", "state", "owner", "left")
INCIDENTS = [
    dict(zip(COLUMNS, incident, strict=True))
    for incident in (
        (
            "WK-7F3K2Q",
            "Checkout API answers 502",
            "Meridian Bank",
            "Premium",
            3,
            (1, "Critical"),
            "new",
            "",
            CLOCKS[2][1],
        ),
        ("WK-9QX4TD", "Webhooks run late", "Halden Foods", "Advanced", 2, (2, "High"), "dispatched", ANA, CLOCKS[1][1]),
        (
            "WK-2M8RWC",
            "Token refresh fails",
            "Orbit Freight",
            "Premium",
            3,
            (3, "Medium"),
            "acknowledged",
            TOM,
            CLOCKS[5][1],
        ),
        (
            "WK-5JH6NA",
            "Keys expire a day early",
            "Lund & Sons",
            "Break-Fix",
            1,
            (2, "High"),
            "waiting",
            ANA,
            CLOCKS[3][1],
        ),
        (
            "WK-8ZB3VE",
            "Retries are counted twice",
            "Halden Foods",
            "Advanced",
            2,
            (1, "Critical"),
            "new",
            "",
            CLOCKS[6][1],
        ),
        (
            "WK-4TC9KP",
            "Misaligned legend",
            "Orbit Freight",
            "Premium",
            3,
            (5, "Cosmetic"),
            "resolved",
            TOM,
            CLOCKS[0][1],
        ),
    )
]
TABS = (
    {"label": "Conversation", "href": "?", "is_current": True, "count": 4},
    {"label": "Timeline", "href": "?tab=timeline", "is_current": False, "count": 12},
    {"label": "Terms", "href": "?tab=terms", "is_current": False, "count": None},
)
SAID = (
    (constants.SUCCESS, "WK-7F3K2Q was acknowledged 12 minutes after it came in."),
    (constants.WARNING, "It was dispatched, but nobody is on call tonight."),
    (constants.ERROR, "Not escalated: the window is still running until Mon 9 Mar, 15:30 CT."),
)
ICONS = re.findall(r'<symbol id="(\w+)"', (Path(__file__).parent / "static/ui/icons.svg").read_text("utf-8"))
