"""The reading itself without its child process: the limits of the child have tests of their own."""

from __future__ import annotations

from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.readers import own
from watchkeeper.intake.mail.reading.letters import read


class ReadsHere:
    """Reads in this process."""

    def read(self, raw: bytes) -> Letter:
        return read(raw, own=own())
