import re

import pytest
from django.template.loader import render_to_string

from tests.ui.conftest import STATIC, gallery_page

ERRORS = ("400", "403", "403_csrf", "404", "409", "500", "503")
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.mark.parametrize("shell", ["public", "portal", "desk"])
def test_a_shell_has_no_inline_style_script_or_handler(shell: str) -> None:
    assert INLINE.search(gallery_page(shell)) is None


@pytest.mark.parametrize("shell", ["public", "portal", "desk"])
def test_a_shell_has_one_main_landmark_one_title_and_a_way_to_skip_to_it(shell: str) -> None:
    html = gallery_page(shell)
    assert html.count("<main ") == html.count("<h1>") == html.count("<title>") == 1
    assert '<a class="skip-link" href="#content">' in html
    assert 'id="content"' in html


@pytest.mark.parametrize("shell", ["portal", "desk"])
def test_signing_out_is_a_form_that_posts(shell: str) -> None:
    assert '<form method="post" action="/sign-out">' in gallery_page(shell)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_request_and_says_what_to_do(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert INLINE.search(html) is None
    assert 'class="button"' in html


def test_static_drawings_hold_no_style_and_no_script() -> None:
    for drawing in STATIC.rglob("*.svg"):
        assert INLINE.search(drawing.read_text("utf-8")) is None, drawing.name


def test_every_symbol_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "ui/icons.svg").read_text("utf-8")))
    templates = (STATIC.parent / "templates").rglob("*.html")
    named = {name for path in templates for name in re.findall(r'icon[ =]"([\w-]+)"', path.read_text("utf-8"))}
    assert named <= drawn


def test_every_stylesheet_speaks_in_a_layer() -> None:
    for sheet in (STATIC / "ui/css").glob("*.css"):
        outside = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL).strip()
        assert outside.startswith("@layer"), sheet.name
