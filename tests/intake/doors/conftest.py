"""What the tests of doors stand on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.desk_process import wait_until
from tests.harness.free_port import free_port
from tests.harness.mail_servers import answers

if TYPE_CHECKING:
    import psycopg

    from tests.harness.shared_postgres import SharedPostgres
    from tests.intake.doors.conversation import Conversation


@pytest.fixture
def listener(committed_db: None) -> Iterator[Callable[[str], int]]:
    """Starts a listener of ``lmtp`` or ``smtp`` inside the test; its port."""
    from tests.intake.doors.stage import ADDRESSES
    from watchkeeper.intake.mail.doors.listener import bound, listen
    from watchkeeper.intake.mail.doors.listening_at import ListeningAt

    with ExitStack() as ending:

        def start(protocol: str) -> int:
            port, stop = free_port(), threading.Event()
            at = bound(ListeningAt(protocol, "127.0.0.1", port))
            thread = threading.Thread(target=listen, args=[at, protocol, ADDRESSES, stop])
            thread.start()
            ending.callback(thread.join)
            ending.callback(stop.set)
            wait_until(lambda: answers(port))
            return port

        yield start


@pytest.fixture
def talk(listener: Callable[[str], int]) -> Iterator[Callable[[str], Conversation]]:
    """Greets a new listener of ``lmtp`` or ``smtp``."""
    from tests.intake.doors.conversation import Conversation

    with ExitStack() as ending:

        def begin(protocol: str) -> Conversation:
            conversation = ending.enter_context(Conversation.over_tcp(listener(protocol)))
            assert conversation.say("LHLO there" if protocol == "lmtp" else "EHLO there")[-1].startswith("250 ")
            return conversation

        yield begin


@pytest.fixture
def administrator(postgres: SharedPostgres, test_database: str) -> Iterator[psycopg.Connection[Any]]:
    """Who may do to the test's database what the desk cannot."""
    with postgres.superuser(test_database) as session:
        yield session


@pytest.fixture
def little_disk(administrator: psycopg.Connection[Any], committed_db: None, postgres: SharedPostgres) -> Iterator[Path]:
    """The bytes of mails lie on a disk of 2 MB of their own, which this fixture mounts."""
    from tests.harness.little_disk import mounted

    with mounted(owner=postgres.socket.stat().st_uid) as folder:
        administrator.execute(f"create tablespace little location '{folder}'")
        administrator.execute("alter table intake_rawmail set tablespace little")
        yield folder
        administrator.execute("drop table intake_rawmail cascade")
        administrator.execute("drop tablespace little")
