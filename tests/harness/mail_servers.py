"""What private instances of Debian's mail servers have in common: a folder, a port on loopback, a process that ends."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from .desk_process import wait_until


def need(*programs: str) -> None:
    """Leave the test out where one is missing: `requirements/see-to-mail-servers` installs them."""
    missing = [program for program in programs if shutil.which(program, path="/usr/sbin:/usr/bin") is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"needs {', '.join(missing) or 'to be root, as mail servers do'}")


@contextmanager
def own_folder(name: str) -> Iterator[Path]:
    """A folder that other users may walk into: mail servers run as users of their own."""
    folder = Path(tempfile.mkdtemp(prefix=f"watchkeeper-{name}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(command: Sequence[str | Path], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A server in the foreground; what it says goes to `log`. It ends, with its children, as it is told to."""
    with log.open("ab") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def wait_until_it_answers(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when something listens; fail, with what it said, when the process ends before."""

    def said() -> str:
        return log.read_text() if log.exists() else ""

    wait_until(lambda: answers(port) or process.poll() is not None, why=said)
    assert process.poll() is None, f"the server did not start:\n{said()}"


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
        return True
    return False
