"""What axe-core finds wrong with a page that stands in a browser, by WCAG 2.2 AA, in both themes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SPARINGLY = {"resultTypes": ["violations"], "preload": False, "iframes": False}
LIGHT = {**SPARINGLY, "runOnly": {"type": "tag", "values": WCAG_2_2_AA}}
DARK = {**SPARINGLY, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""A theme changes colours and nothing else."""

WHERE = {"exclude": ["tbody tr:nth-child(n + 7)", ".rehearsal-month:nth-child(n + 6)"]}
"""A long table is looked at as far as its sixth row, a year as far as its fifth month: the others are alike."""

AT_THEIR_END = "document.getAnimations().forEach((moving) => moving.cancel())"
"""Colours that are on their way from one theme to the other are of neither."""


OF_EACH_DIALOG = """async ([known, options]) => {
    const found = [];
    for (const dialog of document.querySelectorAll("dialog:not([open])")) {
        if (known.includes(dialog.id)) continue;
        dialog.showModal();
        document.getAnimations().forEach((moving) => moving.cancel());
        found.push(...(await axe.run(dialog, options)).violations);
        dialog.close();
    }
    return found;
}"""


def violations(page: Page, known_dialogs: set[str] | None = None) -> list[str]:
    """Of the page and of each dialog in it that is not known yet; it is afterwards. Each as one line: the theme, the
    rule, and the first elements that break it with axe's own words."""
    found = []
    known = set() if known_dialogs is None else known_dialogs
    page.evaluate(_source())
    for theme, options in (("light", LIGHT), ("dark", DARK)):
        page.emulate_media(color_scheme=theme)
        page.evaluate(AT_THEIR_END)
        broken = page.evaluate("([where, options]) => axe.run(where, options)", [WHERE, options])["violations"]
        broken += page.evaluate(OF_EACH_DIALOG, [list(known), options])
        found += [f"{theme}, {_said(rule)}" for rule in broken]
    known.update(page.eval_on_selector_all("dialog", "(all) => all.map((dialog) => dialog.id)"))
    return found


def _said(rule: dict[str, Any]) -> str:
    where = "; ".join(f"{node['target']} {node['failureSummary']}" for node in rule["nodes"][:3])
    return f"{rule['id']} × {len(rule['nodes'])}: {where}".replace("\n", " ")


@cache
def _source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
