"""Real material beside the project, written by nobody on it; tests over it are skipped where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public texts and data."""
    if not SHARED.is_dir():
        pytest.skip("the public texts and logs are not beside the project (../shared)")
    return SHARED
