"""One open page at the other end of ``/live``, and what it has yet to be told.

No more than names of incidents is kept for it. Of too many it is told to catch up with everything instead, so that a
page that reads slowly, or never, costs no memory.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable

MOST_NAMED_AT_ONCE = 50

BEAT = b"event: beat\ndata: {}\n\n"
CATCH_UP = b"event: catch-up\ndata: {}\n\n"
CROWDED = b"event: crowded\ndata: {}\n\n"


class Stream:
    """A new one is behind: what happened before it was there, it has to catch up with.

    ``session`` names the sign-in it belongs to, ``account`` the customer it is open at; nothing for one of the team.
    """

    def __init__(self, *, session: str, person: int, account: int | None) -> None:
        self.session, self.person, self.account = session, person, account
        self.is_over = False
        self.last_words = b""
        self._is_behind = True
        self._changed: set[str] = set()
        self._met: set[str] = set()
        self._news = asyncio.Event()
        self._news.set()

    def tell(self, references: Iterable[str]) -> None:
        """These incidents changed."""
        if not self._is_behind:
            self._changed.update(references)
        if len(self._changed) > MOST_NAMED_AT_ONCE:
            self.catch_up()
        elif self._changed:
            self._news.set()

    def meet(self, references: Iterable[str]) -> None:
        """Others came to these incidents, left them or began to write there."""
        self._met.update(references)
        if self._met:
            self._news.set()

    def catch_up(self) -> None:
        """Something may have changed that nobody heard of."""
        self._is_behind = True
        self._changed.clear()
        self._news.set()

    def end(self, last_words: bytes = b"") -> None:
        """There is no more news; the last words are for its end."""
        self.is_over = True
        self.last_words = last_words
        self._news.set()

    async def news(self, *, within: float) -> bytes:
        """What to send next, as soon as there is any; nothing when so many seconds brought none, or when it is over."""
        try:
            await asyncio.wait_for(self._news.wait(), within)
        except TimeoutError:
            return b""
        self._news.clear()
        return b"" if self.is_over else self._told()

    def _told(self) -> bytes:
        """Whoever catches up asks who is there as well."""
        if self._is_behind:
            self._is_behind = False
            self._met.clear()
            return CATCH_UP
        return _event("changed", self._changed) + _event("met", self._met)


def _event(kind: str, references: set[str]) -> bytes:
    if not references:
        return b""
    names = sorted(references)
    references.clear()
    return f"event: {kind}\ndata: {json.dumps({'incidents': names})}\n\n".encode()
