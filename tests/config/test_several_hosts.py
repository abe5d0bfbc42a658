"""A PostgreSQL of the installation's own, by DATABASE_URL: what each process needs there, and what it refuses."""

import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.harness.desk_process import ANSWERS, WATCHKEEPER, environment, wait_until

from watchkeeper.config.guarantees import ALLOW_UNSAFE
from watchkeeper.config.postgres import PORT, SUPERUSER, EmbeddedPostgres

pytestmark = [pytest.mark.story, pytest.mark.long]

FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
LET_THROUGH = {ALLOW_UNSAFE: "1"}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL that the desk did not set up: an administrator made three roles, and a database for each test."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("elsewhere") / "var", settings=FAST)
    server.start()
    with administrator(server) as session:
        session.execute("create role boss login createrole")
        session.execute("create role strict_boss login")
        session.execute("create role helper login")
    yield server
    server.stop()


@pytest.fixture
def database(elsewhere: EmbeddedPostgres) -> Iterator[str]:
    """An empty database that `boss` owns."""
    with administrator(elsewhere) as session:
        session.execute("create database desk owner boss")
    yield "desk"
    with administrator(elsewhere) as session:
        session.execute("drop database desk with (force)")


def administrator(server: EmbeddedPostgres) -> "psycopg.Connection[Any]":
    return psycopg.connect(server.conninfo(user=SUPERUSER, dbname="postgres"), autocommit=True)


def url(server: EmbeddedPostgres, role: str) -> str:
    return f"postgresql://{role}@/desk?host={server.folders.socket}&port={PORT}"


def run(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    command = [WATCHKEEPER, *words]
    return subprocess.run(command, env=environment(folder, **settings), capture_output=True, text=True, timeout=90)


@contextmanager
def web(folder: Path, **settings: str) -> Iterator[str]:
    """`watchkeeper web`, running: its address."""
    log = folder / "web.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [WATCHKEEPER, "web", "--port", "0"], env=environment(folder, **settings), stdout=file, stderr=file
        )
    try:
        wait_until(lambda: ANSWERS in log.read_text() or process.poll() is not None, why=log.read_text)
        assert process.poll() is None, log.read_text()
        yield log.read_text().rpartition(ANSWERS)[2].split()[0]
    finally:
        process.terminate()
        process.wait(20)


def answer_of(url: str) -> tuple[int, str | None]:
    """The status, and after how many seconds to come again."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.headers["Retry-After"]
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"]


@pytest.mark.usefixtures("database")
def test_the_owner_migrates_and_the_others_work_with_one_url_or_with_two(
    elsewhere: EmbeddedPostgres, tmp_path: Path
) -> None:
    owner, helper = url(elsewhere, "boss"), url(elsewhere, "helper")
    refused = run(tmp_path, "migrate", DATABASE_URL=url(elsewhere, "strict_boss"))
    assert refused.returncode == 1
    assert "let an administrator: create role watchkeeper_app" in refused.stderr

    done = run(tmp_path, "migrate", DATABASE_URL=owner, DATABASE_APP_URL=helper)
    assert done.returncode == 0, done.stderr

    unfit = run(tmp_path, "worker", DATABASE_URL=owner, **LET_THROUGH)
    assert unfit.returncode == 1
    assert "permission denied to set role" in unfit.stderr
    assert run(tmp_path, "migrate", "--policy", "shipped", DATABASE_URL=owner).returncode == 0
    for settings in ({"DATABASE_URL": owner}, {"DATABASE_APP_URL": helper}):
        with web(tmp_path, **settings, **LET_THROUGH) as address:
            assert answer_of(f"{address}/sign-in") == (200, None)
        assert "UNSAFE, and let through for tests only" in (tmp_path / "web.log").read_text()

    careless = run(tmp_path, "watch", DATABASE_APP_URL=owner, **LET_THROUGH)
    assert careless.returncode == 1
    assert "the database role boss owns tables" in careless.stderr
    assert "Traceback" not in refused.stderr + unfit.stderr + careless.stderr


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("process", ["web", "worker", "watch"])
def test_no_process_works_on_tables_that_are_behind(elsewhere: EmbeddedPostgres, tmp_path: Path, process: str) -> None:
    done = run(tmp_path, process, DATABASE_APP_URL=url(elsewhere, "helper"), PORT="0", **LET_THROUGH)
    assert done.returncode == 1
    assert "run `watchkeeper migrate`" in done.stderr


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("process", ["web", "worker", "watch"])
def test_no_process_works_on_a_server_that_may_forget(
    elsewhere: EmbeddedPostgres, tmp_path: Path, process: str
) -> None:
    done = run(tmp_path, process, DATABASE_APP_URL=url(elsewhere, "helper"), PORT="0")
    assert done.returncode == 1
    assert "fsync = off" in done.stderr


@pytest.mark.parametrize("process", ["web", "worker", "watch"])
def test_without_any_database_they_say_how_to_get_one(tmp_path: Path, process: str) -> None:
    done = run(tmp_path, process, PORT="0")
    assert done.returncode == 1
    assert "run `watchkeeper serve` on this machine, or set DATABASE_URL" in done.stderr
    assert not (tmp_path / "var" / "postgres").exists()


def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "worker", DATABASE_URL="postgresql://me:s3cret@127.0.0.1:1/desk")
    assert done.returncode == 1
    assert "the database does not answer" in done.stderr
    assert "s3cret" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.faults
@pytest.mark.usefixtures("database")
def test_while_the_database_is_away_the_web_asks_to_come_back_and_then_answers_again(
    elsewhere: EmbeddedPostgres, tmp_path: Path
) -> None:
    owner = url(elsewhere, "boss")
    assert run(tmp_path, "migrate", "--policy", "shipped", DATABASE_URL=owner).returncode == 0
    with web(tmp_path, DATABASE_URL=owner, **LET_THROUGH) as address:
        page = f"{address}/support-levels"
        there = answer_of(page)
        elsewhere.stop()
        assert answer_of(page) == (503, "5")
        elsewhere.start()
        wait_until(lambda: answer_of(page) == there, seconds=15)
