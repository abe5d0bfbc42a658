"""One line of an incident's timeline, as a page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

TONES = ("quiet", "info", "ok", "warn", "breach")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """``who`` did ``what`` ``at`` a time; ``icon`` names a symbol of ``icons.svg``.

    ``recorded_at`` and ``source`` are given only where the event counts at another time than it was written down
    (a breach, a mail, a logged call): the page then says both. ``detail`` is plain text, shown beneath.
    """

    at: datetime
    what: str
    who: str = ""
    icon: str = "dot"
    tone: str = "quiet"
    detail: str = ""
    recorded_at: datetime | None = None
    source: str = ""
    is_internal: bool = False

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f'"{self.tone}" is no tone of a timeline entry; write one of {", ".join(TONES)}')
