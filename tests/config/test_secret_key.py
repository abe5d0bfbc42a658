"""The key that signs: made once, kept for its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from watchkeeper.config.secret_key import secret_key


def test_it_is_made_once_and_kept_from_everybody_else(tmp_path: Path) -> None:
    made = secret_key({}, tmp_path / "var")
    assert len(made) >= 50
    assert secret_key({}, tmp_path / "var") == made
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert secret_key({}, tmp_path / "one") != secret_key({}, tmp_path / "two")


def test_processes_that_start_together_agree_on_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _turn: secret_key({}, tmp_path / "var"), range(8)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_a_key_from_the_environment_writes_nothing(tmp_path: Path) -> None:
    assert secret_key({"WATCHKEEPER_SECRET_KEY": "given"}, tmp_path / "var") == "given"
    assert not (tmp_path / "var").exists()
