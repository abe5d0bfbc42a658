"""The whole desk in one tree of processes: it comes up, heals, and goes away without a trace."""

import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.harness.desk_process import WATCHKEEPER, Desk, children_of, environment, is_alive, wait_until

pytestmark = pytest.mark.story


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def family_of(desk: Desk) -> list[int]:
    """Every process of the desk: the parent, its children, and PostgreSQL's own."""
    children = children_of(desk.process.pid)
    return [desk.process.pid, *children, *(grandchild for child in children for grandchild in children_of(child))]


def everyone_has_gone(family: list[int]) -> bool:
    return not any(is_alive(pid) for pid in family)


def test_one_command_opens_it_from_nothing_and_ctrl_c_ends_all_of_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, environment(tmp_path))
    desk.start()
    family = family_of(desk)
    assert status_of(f"{desk.url}/sign-in") == 503  # until it is set up
    assert status_of(desk.log.partition("works once:")[2].split()[0]) == 200
    assert len({desk.pid("web"), desk.pid("worker"), desk.pid("watcher")}) == 3
    desk.process.send_signal(signal.SIGINT)
    assert desk.process.wait(20) == 0
    assert everyone_has_gone(family)


def test_it_opens_a_second_time_on_what_it_kept(desk: Desk) -> None:
    with desk.database() as owner:
        owner.execute("create table kept as select 1")
    key = (desk.var / "secret-key").read_text()
    desk.stop()
    desk.start()
    with desk.database() as owner:
        assert owner.execute("select * from kept").fetchone() == (1,)
    assert (desk.var / "secret-key").read_text() == key


@pytest.mark.faults
def test_nothing_outlives_a_parent_that_was_killed(desk: Desk) -> None:
    family = family_of(desk)
    desk.process.kill()
    desk.process.wait()
    wait_until(lambda: everyone_has_gone(family), seconds=15)
    desk.start()
    assert status_of(f"{desk.url}/sign-in") == 200


@pytest.mark.long
@pytest.mark.faults
@pytest.mark.parametrize("name", ["web", "worker", "watcher"])
def test_a_process_that_was_killed_is_started_again(desk: Desk, name: str) -> None:
    killed, *others = desk.pids(name)
    os.kill(killed, signal.SIGKILL)
    wait_until(
        lambda: f"{name} ended (SIGKILL)" in desk.log and _has_another(desk, name, killed, others), why=lambda: desk.log
    )
    assert status_of(f"{desk.url}/sign-in") == 200


@pytest.mark.long
@pytest.mark.faults
def test_it_heals_after_the_database_was_killed(desk: Desk) -> None:
    postmaster = int((desk.var / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_until(lambda: "PostgreSQL ended" in desk.log and status_of(f"{desk.url}/sign-in") == 200)


def test_a_taken_port_is_said_in_one_line_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = serve(tmp_path, "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"watchkeeper serve: cannot listen on 127.0.0.1 port {port}: Address already in use; choose another with --port"
    ]
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("port", ["eighty", "65536", "-1"])
def test_what_is_no_port_is_said_in_one_line(tmp_path: Path, port: str) -> None:
    done = serve(tmp_path, PORT=port)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert port in done.stderr


def test_the_demo_is_refused_where_others_could_see_it(tmp_path: Path) -> None:
    by_url = serve(tmp_path, "--demo", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    abroad = serve(tmp_path, "--demo", "--host", "0.0.0.0")
    assert (by_url.returncode, abroad.returncode) == (1, 1)
    assert "not into the database of DATABASE_URL" in by_url.stderr
    assert "not on 0.0.0.0" in abroad.stderr


@pytest.mark.long
def test_the_tree_ends_with_its_caller_where_that_is_asked(tmp_path: Path, desk_environment: dict[str, str]) -> None:
    desk = Desk(tmp_path, environment(tmp_path))
    caller = ["sh", "-c", f"{WATCHKEEPER} serve --port 0 --end-with-parent; true"]
    with (tmp_path / "desk.log").open("wb") as log:
        desk.process = subprocess.Popen(caller, env=desk.environment, stdout=log, stderr=log)
    wait_until(lambda: "answers at" in desk.log, why=lambda: desk.log)
    (serve_pid,) = children_of(desk.process.pid)
    family = [serve_pid, *children_of(serve_pid)]
    desk.process.kill()
    desk.process.wait()
    wait_until(lambda: everyone_has_gone(family), seconds=15)


def serve(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """`watchkeeper serve` where it ends by itself."""
    command = [WATCHKEEPER, "serve", *words]
    return subprocess.run(command, env=environment(folder, **settings), capture_output=True, text=True, timeout=60)


def _has_another(desk: Desk, name: str, killed: int, others: list[int]) -> bool:
    running = desk.pids(name)
    return killed not in running and len(running) == len(others) + 1


@pytest.mark.long
def test_there_are_as_many_watchers_as_asked_for(tmp_path: Path) -> None:
    desk = Desk(tmp_path, environment(tmp_path))
    desk.start("--watchers", "3")
    wait_until(lambda: len(desk.pids("watcher")) == 3, why=lambda: desk.log)
    desk.stop()


@pytest.mark.parametrize("count", ["0", "65", "many"])
def test_what_is_no_number_of_watchers_is_said_in_one_line(tmp_path: Path, count: str) -> None:
    done = serve(tmp_path, "--watchers", count)
    assert done.returncode == 2
    assert f'"{count}" is no number of watchers; write a number from 1 to 64' in done.stderr
