"""Questions to the database from where nothing may wait for one: in threads of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")


class Asking:
    """Two threads for all streams of a process, however many there are."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2, "live")

    async def __call__(self, question: Callable[..., Answer], *about: Any) -> Answer:
        """The answer to a question; a connection is lent to it alone."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _asked, question, *about)


def _asked(question: Callable[..., Answer], *about: Any) -> Answer:
    try:
        return question(*about)
    finally:
        connection.close()
