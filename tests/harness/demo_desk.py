"""A running desk with the demo's people and incidents, for tests of pages in a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .desk_process import Desk, environment
from .once import made_once

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="session")
def furnished(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `var` of an installation with the demo in it, to be copied."""

    def furnish(folder: Path) -> None:
        subprocess.run(["cp", "-a", installed, folder / "var"], check=True)
        Desk(folder, environment(folder)).run("demo")

    return made_once(tmp_path_factory, "furnished", furnish) / "var"


@pytest.fixture(scope="module")
def demo_desk(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all tests of a module: none of them may disturb another."""
    folder = tmp_path_factory.mktemp("desk")
    subprocess.run(["cp", "-a", furnished, folder / "var"], check=True)
    started = Desk(folder, environment(folder))
    started.start()
    yield started
    started.stop()


SignIn = Callable[..., "Page"]


@pytest.fixture
def sign_in(demo_desk: Desk, page: Page) -> SignIn:
    """``sign_in("manager")``: a browser, signed in as the demo's first person who is described so."""
    people = json.loads((demo_desk.var / "demo-sign-ins.json").read_text())

    def signed_in(who: str, at: Page = page) -> Page:
        person = next(person for person in people if person["who"].startswith(who))
        at.goto("about:blank")  # what the page before still asks must bring no cookie after they are cleared
        at.context.clear_cookies()
        at.goto(f"{demo_desk.url}/sign-in")
        at.get_by_label("E-mail").fill(person["email"])
        at.get_by_label("Password").fill(person["password"])
        at.get_by_role("button", name="Sign in").click()
        at.wait_for_url(lambda url: "/sign-in" not in url)
        return at

    return signed_in
