"""Reading in another process, which a hostile mail may take down without anybody else noticing."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence

from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading import confinement, frames, limits
from watchkeeper.intake.mail.reading.limits import TookTooLong, Unreadable
from watchkeeper.intake.mail.reading.own import Own

_CHUNK = 64 * 1024
_MAILS_OF_ONE_CHILD = 1_000
_LARGE = 8 * 1024 * 1024
"""After a mail of this size the child is replaced: what it took of its memory it may not give back."""


class Reader:
    """Reads mail after mail in one child and starts another when that one dies, hangs or talks nonsense.

    Not for several threads at once. It is a context manager; ``close`` ends the child, which also ends by itself when
    this process does.
    """

    def __init__(
        self,
        own: Own,
        *,
        command: Sequence[str] = (),
        cpu_seconds: float = limits.CPU_SECONDS,
        wall_seconds: float = limits.WALL_SECONDS,
    ) -> None:
        said = {"authserv_ids": sorted(own.authserv_ids), "host": own.host, "cpu_seconds": cpu_seconds}
        module = "watchkeeper.intake.mail.reading.child"
        self._command = [*(command or (sys.executable, "-I", "-m", module)), json.dumps(said)]
        self._cpu_seconds, self._wall_seconds = cpu_seconds, wall_seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._mails = 0

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, raw: bytes) -> Letter:
        """The mail, or ``Unreadable`` with what was too much or went wrong. Either way the next one is read."""
        if len(raw) > limits.MAIL_BYTES:
            raise Unreadable(f"it is larger than {limits.MAIL_BYTES // 1024 // 1024} MB")
        is_spent = len(raw) > _LARGE or self._mails >= _MAILS_OF_ONE_CHILD
        try:
            return self._asked(_Talk(self._started(), until=time.monotonic() + self._wall_seconds), raw)
        except Unreadable as why:
            is_spent |= str(why) == limits.TOO_MUCH_MEMORY
            raise
        except frames.Garbage:
            is_spent = True
            raise Unreadable("what came out of reading it was no letter") from None
        except _Late:
            is_spent = True
            raise TookTooLong(f"it took more than {self._wall_seconds:g} s") from None
        except OSError:
            is_spent = True
            raise self._why_it_died() from None
        except BaseException:  # it may be in the middle of an answer
            is_spent = True
            raise
        finally:
            if is_spent:
                self.close()

    @property
    def pid(self) -> int | None:
        """Of the child that the next mail goes to, if there is one."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        if self._child:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe:
                    pipe.close()
            self._child, self._mails = None, 0

    def _asked(self, talk: _Talk, raw: bytes) -> Letter:
        self._mails += 1
        talk.send(frames.framed(raw))
        (length,) = frames.LENGTH.unpack(talk.receive(frames.LENGTH.size))
        if length > frames.LARGEST:
            raise frames.Garbage("too long")
        answer = frames.Answer(talk.receive(length))
        return answer.letter([talk.receive(size) for size in answer.sizes])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is not None:
            self.close()
        if self._child is None:
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={"LANG": "C.UTF-8"},
                cwd="/",
            )
            for pipe in (self._child.stdin, self._child.stdout):
                os.set_blocking(pipe.fileno(), False)  # type: ignore[union-attr]
        return self._child

    def _why_it_died(self) -> Unreadable:
        try:
            code = self._child.wait(timeout=1) if self._child else 0
        except subprocess.TimeoutExpired:  # it lives, and talks no more
            return Unreadable("its reader fell silent")
        if -code in confinement.OVERTIME:
            return TookTooLong(f"it took more than {self._cpu_seconds:g} s of processor time")
        return Unreadable("its reader died of it")


class _Late(Exception):
    pass


class _Talk:
    """One question and its answer over the child's pipes, which must be over at one moment."""

    def __init__(self, child: subprocess.Popen[bytes], *, until: float) -> None:
        assert child.stdin
        assert child.stdout
        self._to, self._from, self._until = child.stdin.fileno(), child.stdout.fileno(), until

    def send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            self._wait(self._to, select.POLLOUT)
            left = left[os.write(self._to, left[:_CHUNK]) :]

    def receive(self, size: int) -> bytes:
        got = bytearray()
        while len(got) < size:
            self._wait(self._from, select.POLLIN)
            piece = os.read(self._from, min(size - len(got), _CHUNK))
            if not piece:
                raise BrokenPipeError("it closed its output")
            got += piece
        return bytes(got)

    def _wait(self, handle: int, event: int) -> None:
        poll = select.poll()
        poll.register(handle, event)
        left = self._until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1_000):
            raise _Late
