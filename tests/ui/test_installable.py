"""The desk can be installed as an application: a manifest, and icons of the sizes it names."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from tests.ui.conftest import gallery_page
from watchkeeper.ui import headers

STATIC = Path(headers.__file__).parent / "static/ui"


def test_every_page_names_the_manifest_and_its_icons_are_as_large_as_it_says():
    manifest = json.loads((STATIC / "manifest.webmanifest").read_text())
    assert 'rel="manifest" href="/static/ui/manifest.webmanifest"' in gallery_page("public")
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    for icon in manifest["icons"]:
        width, height = struct.unpack(">II", (STATIC / icon["src"]).read_bytes()[16:24])
        assert icon["sizes"] == f"{width}x{height}"
    assert {(icon["sizes"], icon.get("purpose")) for icon in manifest["icons"]} >= {
        ("192x192", None),
        ("512x512", None),
        ("512x512", "maskable"),
    }
