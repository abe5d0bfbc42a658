"""A page on paper: PDF bytes, the same for the same words, from our own typeface and nothing else.

Typst sets it, by the template beside this file. What people wrote reaches it as data and never as markup; it reads no
file, and fetches nothing, since the template names no package. Letters that its typefaces lack are set in the host's,
where it has some.
"""

from __future__ import annotations

import json
import os
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts

_TEMPLATE = Path(__file__).with_name("paper.typ")
_NO_FILES = os.devnull
"""The folder that a template may read from: none."""
_FOR_EVERYBODY = "ua-1"
"""PDF/UA: tagged, so that it can be read aloud."""


def pdf(said: dict[str, Any], *, template: Path = _TEMPLATE) -> bytes:
    """What ``document`` says as a PDF, or what another room says for a template of its own. The last ones are kept."""
    return _pdf(json.dumps(said, ensure_ascii=False, sort_keys=True), template)


@lru_cache(maxsize=64)
def _pdf(said: str, template: Path) -> bytes:
    from typst import TypstError  # 0.1 s and much memory, paid by the first who asks

    try:
        return _set(said, template, of_the_host=False, standards=[_FOR_EVERYBODY])
    except TypstError:  # a letter that our typefaces lack, which the standard does not allow to be left out
        return _set(said, template, of_the_host=True, standards=[])


def _set(said: str, template: Path, *, of_the_host: bool, standards: list[str]) -> bytes:
    from typst import Compiler

    compiler = Compiler(
        template.read_bytes(), root=_NO_FILES, font_paths=_fonts(of_the_host), sys_inputs={"said": said}
    )
    return compiler.compile(format="pdf", pdf_standards=standards)


@cache
def _fonts(of_the_host: bool) -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=of_the_host)
