"""Times as exports write them, read as instants in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from watchkeeper.core.instants import in_utc
from watchkeeper.core.zones import opening, zone

_FIRST_YEAR, _LAST_YEAR = 1971, 2199
_LONGEST_QUOTE = 40
_DATE_LENGTH = len("2026-03-06")


class UnreadableTime(ValueError):
    """A text that is no instant; the message quotes it and says what is missing."""


class UnusableFormat(ValueError):
    """A time format that ``strptime`` does not have, or that says less than it seems to."""


class TimeReader:
    """Reads times: ISO 8601, or ``time_format`` in the notation of ``strptime``; those without offset in ``zone``.

    A local time that occurs twice is its first occurrence, one that is skipped the instant of the change: the rule by
    which the desk reads its own opening times. ``twice`` and ``skipped`` count how many of each were read.
    """

    def __init__(self, zone_name: str | None = None, time_format: str | None = None) -> None:
        """Raises ``zones.UnknownZone`` and ``UnusableFormat``."""
        if time_format is not None:
            _refuse_an_unusable_format(time_format)
        self._zone_name = zone_name
        self._zone = zone(zone_name) if zone_name is not None else None
        self._format = time_format
        self.twice = 0
        self.skipped = 0

    def forget_counts(self) -> None:
        """Count ``twice`` and ``skipped`` anew: the file is read a second time."""
        self.twice = self.skipped = 0

    def read(self, written: str, not_before: datetime | None = None) -> datetime:
        """The instant that ``written`` means. Raises ``UnreadableTime``.

        A time that occurs twice is its second occurrence where the first lies before ``not_before`` and the second
        does not: nobody acknowledges what is not yet reported.
        """
        time = self._parsed(written)
        if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
            raise UnreadableTime(f"{quoted(written)} lies in the year {time.year}, which cannot be meant")
        if time.tzinfo is not None:
            return time if time.tzinfo is UTC else in_utc(time)
        if self._zone is None or self._zone_name is None:
            raise UnreadableTime(f"{quoted(written)} has no offset from UTC; name its zone with --zone")
        first, second = (time.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first == second:
            return first
        if second < first:
            self.skipped += 1
            return opening(time, self._zone_name)
        self.twice += 1
        return second if not_before is not None and first < not_before <= second else first

    def _parsed(self, written: str) -> datetime:
        text = written.strip()
        if self._format is not None:
            try:
                return datetime.strptime(text, self._format)  # noqa: DTZ007 - read gives a naive time its zone
            except ValueError:
                raise UnreadableTime(f'{quoted(written)} is not a time of the form "{self._format}"') from None
        if not text:
            raise UnreadableTime("is empty")
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            raise UnreadableTime(
                f"{quoted(written)} is not an ISO 8601 time; give its form with --time-format"
            ) from None
        if len(text) <= _DATE_LENGTH:
            raise UnreadableTime(f"{quoted(written)} is a date without a time of day")
        return time


def _refuse_an_unusable_format(time_format: str) -> None:
    if "%Z" in time_format:
        raise UnusableFormat("%Z names no offset from UTC; write %z for an offset, or name the zone with --zone")
    example = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
    try:
        datetime.strptime(example.strftime(time_format), time_format)  # noqa: DTZ007 - only whether it can be read
    except ValueError as error:
        raise UnusableFormat(f'"{time_format}" is no time format: {error}') from None


def quoted(written: str) -> str:
    """A cell as a message quotes it, cut where it is long."""
    text = " ".join(written.split())
    return f'"{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"}"'
