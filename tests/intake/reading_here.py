"""The reading itself without its child process: the limits of the child have tests of their own."""

from __future__ import annotations

from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading import read
from watchkeeper.intake.mail.reading.reader import own


class ReadsHere:
    """Reads in this process."""

    def read(self, raw: bytes) -> Letter:
        return read(raw, own=own())
