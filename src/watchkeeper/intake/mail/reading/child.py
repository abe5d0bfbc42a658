"""The process that reads mails, one after the other, until its input ends or a limit ends it.

    python -I -m watchkeeper.intake.mail.reading.child '{"authserv_ids": […], "host": "…", "cpu_seconds": 2}'

Each mail comes as a frame on standard input; each answer goes as frames to standard output (`frames.py`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

from watchkeeper.intake.mail.reading import confinement, frames
from watchkeeper.intake.mail.reading.letters import read
from watchkeeper.intake.mail.reading.limits import Unreadable
from watchkeeper.intake.mail.reading.own import Own


def main() -> None:
    said = json.loads(sys.argv[1])
    own = Own(authserv_ids=frozenset(said["authserv_ids"]), host=said["host"])
    confinement.confine()
    serve(sys.stdin.buffer, sys.stdout.buffer, own, said["cpu_seconds"])


def serve(mails: BinaryIO, answers: BinaryIO, own: Own, cpu_seconds: float) -> None:
    """Answer each mail. At the end of the input, which is also the end of whoever asked, this ends."""
    while len(length := mails.read(frames.LENGTH.size)) == frames.LENGTH.size:
        confinement.allow_another_mail(cpu_seconds)
        for piece in _answer(mails.read(*frames.LENGTH.unpack(length)), own):
            answers.write(piece)
        answers.flush()


def _answer(raw: bytes, own: Own) -> Iterator[bytes]:
    try:
        return frames.packed(read(raw, own=own))
    except Unreadable as why:
        return frames.packed_refusal(str(why))


if __name__ == "__main__":
    main()
