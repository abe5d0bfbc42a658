"""The embedded PostgreSQL: what it survives, what it refuses, and that nothing of it stays behind."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.harness.desk_process import children_of, is_alive, wait_until

from watchkeeper.config import postgres_binaries
from watchkeeper.config.postgres import SUPERUSER, EmbeddedPostgres, PostgresRefused, is_running

FAST = {"fsync": "off"}
only_root_changes_user = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path / "var", settings=FAST)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.folders.socket, ignore_errors=True)


def ask(server: EmbeddedPostgres, question: str) -> object:
    with psycopg.connect(server.conninfo(user=SUPERUSER, dbname="postgres"), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def test_it_keeps_what_it_was_told_over_a_restart(server: EmbeddedPostgres) -> None:
    ask(server, "create table kept as select 'a promise' as what")
    server.stop()
    server.start()
    assert ask(server, "select what from kept") == "a promise"


def test_it_sorts_and_folds_letters_the_same_on_every_machine(server: EmbeddedPostgres) -> None:
    assert ask(server, "select array[datlocprovider::text, datlocale] from pg_database limit 1") == ["b", "C.UTF-8"]
    assert ask(server, "select 'B' < 'a' and upper('ö') = 'Ö'")


def test_it_has_no_tcp_port_and_its_socket_folder_is_closed(server: EmbeddedPostgres) -> None:
    assert ask(server, "show listen_addresses") == ""
    assert server.folders.socket.stat().st_mode & 0o777 == 0o700


def test_two_of_them_never_share_the_data(server: EmbeddedPostgres) -> None:
    second = EmbeddedPostgres(server.folders.var)
    with pytest.raises(PostgresRefused, match="another Watchkeeper runs on it"):
        second.start(pause=lambda _seconds: None)
    assert ask(server, "select 1") == 1


def test_whether_it_runs_is_known_to_others(server: EmbeddedPostgres) -> None:
    assert is_running(server.folders.var)
    server.stop()
    assert not is_running(server.folders.var)
    assert not is_running(server.folders.var / "never used")


def test_it_starts_over_a_pid_file_left_by_a_process_whose_number_is_in_use_again(server: EmbeddedPostgres) -> None:
    server.stop()
    owner = server.folders.data.stat().st_uid
    somebody = subprocess.Popen(["sleep", "60"], cwd="/", user=owner if os.geteuid() == 0 else None)
    try:
        pid_file = server.folders.data / "postmaster.pid"
        pid_file.write_text(f"{somebody.pid}\n{server.folders.data}\n1\n5432\n/nowhere\n\n 1 1\nready   \n")
        os.chown(pid_file, owner, -1)
        server.start()
        assert ask(server, "select 1") == 1
    finally:
        somebody.kill()
        somebody.wait()


def test_it_refuses_data_on_which_a_server_runs_that_is_not_ours(server: EmbeddedPostgres) -> None:
    server.stop()
    stranger = subprocess.Popen(["sleep", "60"], cwd=server.folders.data)
    try:
        (server.folders.data / "postmaster.pid").write_text(f"{stranger.pid}\n")
        with pytest.raises(PostgresRefused, match=f"process {stranger.pid}"):
            server.start()
    finally:
        stranger.kill()
        stranger.wait()


def test_it_begins_anew_where_creating_the_data_was_interrupted(tmp_path: Path) -> None:
    unfinished = tmp_path / "var" / "postgres.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "half").touch()
    server = EmbeddedPostgres(tmp_path / "var", settings=FAST)
    server.start()
    server.stop()
    assert not unfinished.exists()


def test_it_refuses_data_of_another_major_version(server: EmbeddedPostgres) -> None:
    server.stop()
    (server.folders.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresRefused, match="made by PostgreSQL 17, and this is 18"):
        server.start()


def test_it_says_the_servers_last_words_when_it_does_not_start(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "var", settings=FAST | {"shared_buffers": "a lot"})
    with pytest.raises(PostgresRefused, match='invalid value for parameter "shared_buffers"'):
        server.start()
    server.stop()


def test_a_path_longer_than_a_socket_may_have_does_not_matter(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / ("deep" * 30) / "var", settings=FAST)
    server.start()
    assert ask(server, "select 1") == 1
    server.stop()


def test_it_works_below_a_home_closed_to_everybody_else(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    server = EmbeddedPostgres(home / "checkout" / "var", settings=FAST)
    server.start()
    assert ask(server, "select 1") == 1
    server.stop()
    assert home.stat().st_mode & 0o777 == 0o700


@only_root_changes_user
def test_root_hands_it_to_another_user_whose_data_it_stays(server: EmbeddedPostgres) -> None:
    assert server.pid is not None
    assert Path(f"/proc/{server.pid}").stat().st_uid == server.folders.data.stat().st_uid != 0


@only_root_changes_user
def test_binaries_that_the_other_user_cannot_reach_are_copied_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = pwd.getpwnam("nobody")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    for part in postgres_binaries.NEEDED:
        shutil.copytree(postgres_binaries._site() / part, home / part)
    reachable = Path("/var/tmp") / f"watchkeeper-test-{os.getpid()}"
    monkeypatch.setattr(postgres_binaries, "_site", lambda: home)
    monkeypatch.setattr(postgres_binaries, "FOR_EVERY_USER", reachable)
    try:
        found = postgres_binaries.binaries(nobody)
        assert found.is_relative_to(reachable)
        assert postgres_binaries._runs(found, nobody)
        made_at = found.stat().st_ctime_ns
        assert postgres_binaries.binaries(nobody) == found
        assert found.stat().st_ctime_ns == made_at
    finally:
        shutil.rmtree(reachable)


@pytest.mark.faults
@pytest.mark.long
def test_a_server_that_was_killed_is_started_again_with_all_it_had_committed(server: EmbeddedPostgres) -> None:
    ask(server, "create table kept as select 42 as what")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not server.is_alive())
    wait_until(lambda: _has_come_back(server))
    assert ask(server, "select what from kept") == 42


@pytest.mark.faults
@pytest.mark.long
def test_killing_its_supervisor_leaves_no_process_and_loses_nothing(tmp_path: Path) -> None:
    supervisor, postmaster = supervised(tmp_path / "var")
    everyone = [postmaster, *children_of(postmaster)]
    assert len(everyone) > 3
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: not any(is_alive(pid) for pid in everyone), seconds=15)

    again = EmbeddedPostgres(tmp_path / "var")
    again.start()
    assert ask(again, "select what from kept") == "committed"
    again.stop()


@pytest.mark.faults
@pytest.mark.long
def test_nobody_takes_the_data_while_a_server_whose_supervisor_was_killed_still_holds_it(tmp_path: Path) -> None:
    supervisor, postmaster = supervised(tmp_path / "var")
    os.kill(postmaster, signal.SIGSTOP)
    supervisor.kill()
    supervisor.wait()
    try:
        assert is_running(tmp_path / "var")
        with pytest.raises(PostgresRefused, match="in use"):
            EmbeddedPostgres(tmp_path / "var").start(pause=lambda _seconds: None)
    finally:
        os.kill(postmaster, signal.SIGCONT)
    wait_until(lambda: not is_running(tmp_path / "var"), seconds=15)


def supervised(var: Path) -> tuple["subprocess.Popen[str]", int]:
    """A process that runs a server, and the server."""
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(var)], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    with supervisor.stdout as said:
        return supervisor, int(said.readline())


SUPERVISOR = """
import sys, time
from pathlib import Path
import psycopg
from watchkeeper.config.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
with psycopg.connect(server.conninfo(user="postgres", dbname="postgres"), autocommit=True) as connection:
    connection.execute("create table kept as select 'committed' as what")
print(server.pid, flush=True)
time.sleep(600)
"""


def _has_come_back(server: EmbeddedPostgres) -> bool:
    """Starts it as often as it takes: while children of the killed one still end, the next refuses to begin."""
    if not server.is_alive():
        server.spawn()
    return server.is_ready()
