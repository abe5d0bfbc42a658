"""WCAG 2.2 AA from the tokens themselves: 4.5 for text (1.4.3), 3 for what is drawn (1.4.11)."""

import re

import pytest

from tests.ui.conftest import STATIC

TONES = ("info", "ok", "warn", "breach", "note", "quiet")
TEXT = [
    *((text, surface) for text in ("text", "muted") for surface in ("page", "surface", "raised", "sunken", "hover")),
    *((text, surface) for text in ("accent", "text", "muted") for surface in ("page", "surface", "accent-tint")),
    ("on-accent", "accent-solid"),
    ("on-accent", "accent-solid-hover"),
    ("text", "chosen"),
    ("quiet-text", "track"),
    *((f"{tone}-text", f"{tone}-tint") for tone in TONES),
    *(("text", f"{tone}-tint") for tone in TONES),
    *((f"{tone}-text", "surface") for tone in TONES),
    ("quiet-text", "info-tint"),
    ("accent", "breach-tint"),
]
DRAWN = [
    *((f"{tone}-mark", "surface") for tone in ("info", "ok", "warn", "breach", "quiet")),
    ("line-strong", "surface"),
    ("line-strong", "page"),
    ("accent", "page"),
    ("accent-solid", "surface"),
]
TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in TOKEN.findall((STATIC / "ui/css/tokens.css").read_text("utf-8"))
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), TEXT)
def test_text_can_be_read(text: str, surface: str, theme: str) -> None:
    assert contrast(TOKENS[text][theme], TOKENS[surface][theme]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "surface"), DRAWN)
def test_what_is_drawn_can_be_told_from_its_ground(mark: str, surface: str, theme: str) -> None:
    assert contrast(TOKENS[mark][theme], TOKENS[surface][theme]) >= 3


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    red, green, blue = (linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
