"""The catalogues of words, one a room: ``src/watchkeeper/*/locale``.

``catalogues.py gather`` brings them up to what the sources say, and compiles what is translated (`make messages`).
``catalogues.py check`` says what is not up to date or not translated, and changes nothing (`make lint`).
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[1] / "src" / "watchkeeper"
LANGUAGES = ["de"]
DOMAINS = ("django", "djangojs")
WRITTEN_AT = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)
COUNTS = re.compile(r"(\d+) (fuzzy|untranslated)")


def gather(rooms: Path) -> None:
    """Extract the words of every room that has a folder for them, and compile its catalogues."""
    import django
    from django.core.management import call_command

    django.setup()
    for locale in sorted(rooms.glob("*/locale")):
        os.chdir(locale.parent)
        for domain in DOMAINS:
            call_command(
                "makemessages",
                locale=LANGUAGES,
                domain=domain,
                no_obsolete=True,
                no_wrap=True,
                add_location="file",
                verbosity=0,
            )
        for catalogue in locale.glob("*/LC_MESSAGES/*.po"):
            catalogue.write_text(WRITTEN_AT.sub("", catalogue.read_text("utf-8")), "utf-8")
            msgfmt("--check-format", "-o", str(catalogue.with_suffix(".mo")), str(catalogue))


def faults(rooms: Path) -> Iterator[str]:
    """What a gathering would change, and what has no translation."""
    with tempfile.TemporaryDirectory() as beside:
        copied = Path(shutil.copytree(rooms, Path(beside) / rooms.name, ignore=shutil.ignore_patterns("__pycache__")))
        gather(copied)
        for new in sorted(copied.glob("*/locale/*/LC_MESSAGES/*.po")):
            name = new.relative_to(copied)
            if not all(_is_same(rooms / each, copied / each) for each in (name, name.with_suffix(".mo"))):
                yield f"{name} is not what the sources say, or not compiled: make messages"
            missing = COUNTS.findall(msgfmt("--statistics", "-o", os.devnull, str(new)))
            yield from (f"{name}: {count} {kind}" for count, kind in missing)


def msgfmt(*arguments: str) -> str:
    return subprocess.run(["msgfmt", *arguments], check=True, capture_output=True, text=True).stderr


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and filecmp.cmp(one, other, shallow=False)


def main(word: str) -> int:
    if shutil.which("xgettext") is None:
        print("the catalogues of words need GNU gettext: apt-get install gettext", file=sys.stderr)
        return 1
    if word == "gather":
        gather(ROOMS)
        return 0
    found = list(faults(ROOMS))
    print("\n".join(found) or "every word is in the catalogues, and translated")
    return 1 if found else 0


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "watchkeeper.config.settings", "WATCHKEEPER_SECRET_KEY": "none"}
    sys.exit(main(sys.argv[1]))
