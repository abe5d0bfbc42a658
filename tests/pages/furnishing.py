"""The demo's desk with what the demo leaves out: a draft of the policy, and a table that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.desk_process import Desk
from tests.pages.visits import WHO

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def furnished_desk(demo_desk: Desk, sign_in) -> Desk:
    """Furnished by the first test of a module that asks, through the pages, by a manager."""
    with demo_desk.database() as owner:
        (drafts,) = owner.execute("select count(*) from office_policydraft").fetchone()
    if not drafts:
        manager = sign_in(WHO["manager"])
        _begin_a_draft(manager, demo_desk)
        _give_a_table(manager, demo_desk)
    return demo_desk


def _begin_a_draft(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/desk/policy/")
    page.get_by_label("What is it for?").fill("A faster Premium")
    page.get_by_role("button", name="Begin the draft").click()
    page.wait_for_url("**/desk/policy/drafts/*/")


def _give_a_table(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/desk/import")
    page.get_by_role("radio", name="Accounts").check()
    table = {"name": "accounts.csv", "mimeType": "text/csv", "buffer": b"name,slug\nAcme Ltd,acme\n"}
    page.get_by_label("The table").set_input_files(table)
    page.get_by_role("button", name="See what it would do").click()
    page.wait_for_url("**/desk/import/*-*")
