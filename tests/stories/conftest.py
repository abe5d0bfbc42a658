"""A running desk with the cast on its stage, and a browser for each of them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness.desk_process import Desk, environment
from tests.harness.once import made_once
from tests.stories.curtain import raise_curtain_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "an open gate at dawn"

Visit = Callable[[str], "Page"]


@pytest.fixture(scope="session")
def installed(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation that the `desk` fixture copies, with the cast in it: passwords take seconds to make."""

    def invite(folder: Path) -> None:
        subprocess.run(["cp", "-a", installed, folder / "var"], check=True)
        raise_curtain_at(Desk(folder, environment(folder)), password=PASSWORD)

    return made_once(tmp_path_factory, "with-the-cast", invite) / "var"


@pytest.fixture
def visit(desk: Desk, chromium: Browser) -> Iterator[Visit]:
    """``visit("ana@vendor.example")``: that person's own browser, signed in. A script that fails, fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def visited(email: str) -> Page:
        context = chromium.new_context(locale="en-GB", timezone_id="Europe/Vienna")
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{email}: {error}"))
        page.goto(f"{desk.url}/sign-in")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield visited
    for context in contexts:
        context.close()
    assert not faults, "scripts failed:\n" + "\n".join(faults)
