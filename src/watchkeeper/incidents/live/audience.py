"""All streams that are open in this process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from watchkeeper.incidents.announcement import Announcement, Meeting
from watchkeeper.incidents.live.stream import CROWDED, Stream

MOST_A_PERSON = 20


class Audience:
    """The streams by person. Of more than twenty of one person the oldest goes, and is told not to come again."""

    def __init__(self) -> None:
        self._streams: dict[int, list[Stream]] = defaultdict(list)

    def __iter__(self) -> Iterator[Stream]:
        return iter([stream for of_one in self._streams.values() for stream in of_one])

    def join(self, stream: Stream) -> None:
        of_one = self._streams[stream.person]
        of_one.append(stream)
        if len(of_one) > MOST_A_PERSON:
            of_one.pop(0).end(CROWDED)

    def leave(self, stream: Stream) -> None:
        of_one = self._streams[stream.person]
        if stream in of_one:
            of_one.remove(stream)
        if not of_one:
            del self._streams[stream.person]

    def end(self) -> None:
        for stream in self:
            stream.end()

    def catch_up(self) -> None:
        for stream in self:
            stream.catch_up()

    def who_meet(self, meetings: Sequence[Meeting]) -> dict[str, list[Stream]]:
        """The streams, by session, of the people who have the incident open that others came to."""
        people = {person for meeting in meetings for person in meeting.people}
        found: dict[str, list[Stream]] = defaultdict(list)
        for person in people & self._streams.keys():
            for stream in self._streams[person]:
                found[stream.session].append(stream)
        return found

    def concerned_by(self, announcements: Sequence[Announcement]) -> dict[str, list[Stream]]:
        """The streams, by session, for which it is worth asking what they may be told of these.

        Asking decides; this only saves the question at a customer who stands on the other side of the wall anyway.
        """
        accounts = {announced.account for announced in announcements if announced.is_for_customers}
        found: dict[str, list[Stream]] = defaultdict(list)
        for stream in self:
            if stream.account is None or stream.account in accounts:
                found[stream.session].append(stream)
        return found
