"""Clients of the API who never give up: each writes down what it sent under which key, and what it was answered."""

from __future__ import annotations

import http.client
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue

BETWEEN_TWO_TRIES = 0.05
PATIENCE = 20.0

SEVERITIES = (1, 1, 2)
"""Two of three reports are due within seconds, and nobody will acknowledge them."""


@dataclass(frozen=True)
class Accepted:
    """A report that was answered with 201: its key, what was said, and every reference it was ever answered with."""

    key: str
    title: str
    severity: int
    references: tuple[str, ...]


@dataclass
class Client:
    """One client with its own dice. ``tries`` counts the requests, answered or not."""

    url: str
    token: str
    reporter: str
    dice: random.Random
    accepted: list[Accepted] = field(default_factory=list)
    tries: int = 0

    def report_all(self, faults: Iterator[None]) -> None:
        """Report each fault, and go on until it is answered."""
        for _ in faults:
            key, severity = f"{self.dice.getrandbits(128):032x}", self.dice.choice(SEVERITIES)
            title = f"Fault {key[:8]}"
            references = [self._reference_of(key, title, severity)]
            if self.dice.random() < 0.3:  # as a proxy does that lost the answer
                references.append(self._reference_of(key, title, severity))
            self.accepted.append(Accepted(key, title, severity, tuple(references)))

    def _reference_of(self, key: str, title: str, severity: int) -> str:
        while True:
            self.tries += 1
            try:
                return self._post(key, title, severity)
            except urllib.error.HTTPError as refused:
                if refused.code != 503:
                    raise AssertionError(f"{refused.code}: {refused.read().decode()}") from refused
            except (OSError, http.client.HTTPException):
                pass  # the answer was lost; whether the report was, the next try will tell
            time.sleep(BETWEEN_TWO_TRIES)  # a client waits a little before it tries again; nothing waits for it

    def _post(self, key: str, title: str, severity: int) -> str:
        said = {"title": title, "severity": severity, "reporter": self.reporter}
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        request = urllib.request.Request(self.url, json.dumps(said).encode(), headers, method="POST")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            assert answer.status == 201
            return str(json.load(answer)["reference"])


@contextmanager
def reporting(clients: list[Client]) -> Iterator[Callable[[], None]]:
    """The clients at work: each call of what comes back is one more fault for one of them to report.

    After the block all of them have heard about their last report.
    """
    faults: SimpleQueue[bool] = SimpleQueue()
    with ThreadPoolExecutor(len(clients)) as threads:
        at_work = [threads.submit(client.report_all, _until_false(faults)) for client in clients]
        try:
            yield lambda: faults.put(True)
        finally:
            for _ in clients:
                faults.put(False)
    for client in at_work:
        client.result()


def _until_false(faults: SimpleQueue[bool]) -> Iterator[None]:
    while faults.get():
        yield
