"""Templates rendered without a database, and a real Chromium that is given pages and static files from memory."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, Route

from watchkeeper.ui import headers
from watchkeeper.ui.gallery import gallery
from watchkeeper.ui.words_of_scripts import words_of_scripts

STATIC = Path(headers.__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
DESK = "http://desk.localhost"


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.ui.urls"


@pytest.fixture
def render() -> Callable[..., str]:
    """Render a piece of template with ``{% load ui %}`` done."""

    def rendered(source: str, **context: object) -> str:
        return engines["django"].from_string("{% load ui %}" + source).render(context)

    return rendered


def gallery_page(shell: str = "desk") -> str:
    """The gallery in one of the shells, as a signed-in person gets it."""
    request = RequestFactory().get("/gallery/", {"shell": shell})
    request.user = SimpleNamespace(is_authenticated=True, name="Ana Ruiz")  # type: ignore[assignment]
    return gallery(request).content.decode()


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open a page from memory at ``DESK``; at the end no visited page may have said an error."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def visited(html: str, **options: Any) -> Page:
        context = chromium.new_context(**{"timezone_id": "Europe/Berlin"} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.route(f"{DESK}/**", lambda route: _answer(route, html))
        if options.get("java_script_enabled", True):
            page.clock.install(time="2026-03-06T22:29:00Z")
            page.clock.pause_at("2026-03-06T22:30:00Z")
        page.goto(f"{DESK}/")
        return page

    yield visited
    for context in contexts:
        context.close()
    assert said == []


def _answer(route: Route, html: str) -> None:
    path = route.request.url.removeprefix(DESK).split("?")[0].split("#")[0]
    if path.startswith("/words/"):
        said = words_of_scripts(RequestFactory().get(path), path.removeprefix("/words/").removesuffix(".js"))
        route.fulfill(body=said.content, content_type=KINDS[".js"])
        return
    if not path.startswith("/static/"):
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=dict(headers.HEADERS))
        return
    file = STATIC / path.removeprefix("/static/")
    if file.is_file():
        route.fulfill(body=file.read_text("utf-8"), content_type=KINDS[file.suffix])
    else:
        route.fulfill(body=_installed(path), content_type=KINDS[Path(path).suffix])


def _installed(path: str) -> str:
    """A static file that a dependency ships."""
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str), f"the page asks for {path}, which nobody ships"
    return Path(found).read_text("utf-8")
