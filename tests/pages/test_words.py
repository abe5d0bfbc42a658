"""Every word of every page goes through gettext, but for what people, the policy and the database say."""

from __future__ import annotations

import functools
import gc
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cast import POLICY
from tests.pages.addresses import addresses
from tests.pages.things import one_of_each_role, things
from tests.pages.visits import FILES, readers
from watchkeeper.core.holiday_calendars.bank_holidays import DIVISIONS
from watchkeeper.core.holiday_calendars.country import country_names
from watchkeeper.core.zones import zone_names
from watchkeeper.people.doors import DOORS

DOWNLOADS = frozenset({"attachment", "signed-copy"})
ATTRIBUTES = ("aria-label", "data-label", "aria-valuetext", "title", "placeholder", "alt")
UNWORDED = ("script", "style", "textarea", "code", "pre", "time")
ALIKE = "h min s kB MB v WK UTC CT API SLA YAML JSON PDF CSV XLSX ID EN DE English Deutsch Watchkeeper"
NO_ENGLISH = re.compile(rf"[\W\d_]|\b({ALIKE.replace(' ', '|')})\b")
BETWEEN = re.compile(r"[·:>,()\d\n]|https?\S+")
DATES = re.compile(r"\b[DlFMjHYi]\b.*\b[FMjHYi]\b|^H:i$")


def marked(words: str) -> str:
    return words if DATES.search(words) else f"⟦{words}⟧"


@pytest.fixture
def marks(monkeypatch) -> Iterator[None]:
    """Whatever gettext says stands between ⟦ and ⟧. Nothing that was drawn before is used, nor used after."""
    real = translation._trans
    monkeypatch.setattr(real, "gettext", lambda words: marked(words))
    monkeypatch.setattr(real, "pgettext", lambda context, words: marked(words))
    monkeypatch.setattr(real, "ngettext", lambda one, many, count: marked(one if count == 1 else many))
    monkeypatch.setattr(real, "npgettext", lambda context, one, many, count: marked(one if count == 1 else many))
    _forget_what_was_drawn()
    yield
    _forget_what_was_drawn()


def _forget_what_was_drawn() -> None:
    gc.unfreeze()  # what was imported before the tests began is hidden from `get_objects`
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith("watchkeeper"):
            each.cache_clear()
    gc.freeze()


class Outside(HTMLParser):
    """The words of a page that stand outside the marks: between its tags, and in what is read aloud or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0
        self._unworded: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in UNWORDED:
            self._unworded.append(tag)
        if not self._depth:
            for name, value in attrs:
                if name in ATTRIBUTES:
                    self.found.append(self._outside(value or "", 0)[0])

    def handle_endtag(self, tag):
        if self._unworded and self._unworded[-1] == tag:
            self._unworded.pop()

    def handle_data(self, data):
        outside, self._depth = self._outside(data, self._depth)
        if not self._unworded:
            self.found.append(outside)

    @staticmethod
    def _outside(text: str, depth: int) -> tuple[str, int]:
        kept = []
        for char in text:
            depth += (char == "⟦") - (char == "⟧")
            if not depth and char != "⟧":
                kept.append(char)
        return "".join(kept), depth


def outside(page: str) -> list[str]:
    parser = Outside()
    parser.feed(page)
    assert parser._depth == 0
    pieces = [" ".join(piece.split()) for words in parser.found for piece in BETWEEN.split(words)]
    return [piece for piece in pieces if NO_ENGLISH.sub("", piece)]


def what_is_known() -> str:
    """Everything that people and the policy have said, and names of places that libraries bring."""
    columns = (models.CharField, models.TextField, models.JSONField, models.EmailField)
    of_libraries = (*(name.replace("_", " ") for name in zone_names()), *country_names().values(), *DIVISIONS.values())
    said = [POLICY.read_text("utf-8"), *of_libraries]
    for model in apps.get_models():
        if model.__module__.startswith("watchkeeper"):
            names = [field.name for field in model._meta.fields if isinstance(field, columns)]
            said += [str(value) for row in model.objects.values_list(*names) for value in row] if names else []
    return " ".join(" ".join(said).split()).casefold()


def test_no_word_of_a_page_is_english_in_every_language(cast, report, browser_of, marks) -> None:
    people, named = one_of_each_role(cast), things(cast, report)
    known = what_is_known()
    before = {address.name: address.before for address in addresses()}
    faults = []
    for name, door in DOORS.items():
        if "GET" not in door.methods or name in FILES | DOWNLOADS or name.startswith(("set-up-", "api-")):
            continue
        person = people[readers(name)[0]]
        browser = Client() if person is None else browser_of(person)
        path = reverse(name, args=named[before[name]].own if before[name] is not None else ())
        answer = browser.get(path, follow=True)
        faults += [f"{name}: {words}" for words in outside(answer.content.decode()) if words.casefold() not in known]
    assert not faults, "\n".join(["", *dict.fromkeys(faults)])
