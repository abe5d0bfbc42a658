"""Whatever is typed comes out as text: titles, bodies, names of files and people, and what is searched for."""

from __future__ import annotations

import html
import re

import pytest

from watchkeeper.incidents.files import GivenFile

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "</textarea></title><script>alert(1)</script>",
    "[x](javascript:alert(1)) [y](data:text/html;base64,PHNjcmlwdD4=) <javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "{{ 7*7 }} {% debug %} {0.__class__}",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><base href=//evil.example>",
]
ALLOWED_SCRIPTS = re.compile(r'<script (?:type="module" |defer )?src="/static/[\w./-]+"(?: defer)?></script>')


def harmful(page: str) -> list[str]:
    """What a browser would run, fetch or follow that the page's own templates did not write."""
    own = ALLOWED_SCRIPTS.sub("", page)
    tags = re.findall(r"<[a-zA-Z!/][^>]*>", own)
    return [
        tag
        for tag in tags
        if re.match(r"(?i)</?(script|iframe|base|img|object|embed|math|mglyph)\b", tag)
        or re.search(r"(?i)\son\w+\s*=|javascript:|srcdoc|evil\.example", re.sub(r'="[^"]*"', _attribute, tag))
    ]


def _attribute(found: re.Match[str]) -> str:
    """Attributes keep what can be followed; all else in quotes is only text."""
    return found[0] if re.match(r'="\s*(javascript|data):', found[0], re.IGNORECASE) else '=""'


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_typed_comes_out_as_text(cast, report, browser_of, words):
    incident = report(
        cast.petra,
        4,
        title=words[:200],
        body=words,
        product=words[:200],
        environment=words[:200],
        given_files=[GivenFile(words, "text/html", b"x")],
    )
    cast.petra.name = words[:200]
    cast.petra.save()
    browser = browser_of(cast.petra)
    pages = [
        browser.get(f"/incidents/{incident.reference}"),
        browser.get("/incidents"),
        browser.get("/incidents", {"q": words, "show": words}),
        browser.get("/report", {"severity": words}),
        browser.get("/report/promise", {"severity": "1", "product": words, "cards": ""}),
        browser.post("/report", {"title": words, "body": words}),
        browser.post(f"/incidents/{incident.reference}/escalation", {"text": words}),
        browser.get("/my-account"),
    ]
    for page in pages:
        assert not harmful(page.content.decode())
    assert words[:200].split()[0] in html.unescape(pages[0].content.decode())


def test_the_check_itself_sees_harm():
    for page in ("<script>x</script>", '<a href="javascript:x">', "<p onclick='x'>", "<img src=x>", "<iframe>"):
        assert harmful(page)
    assert not harmful('<script type="module" src="/static/ui/js/page.js"></script><p title="onclick=x">text</p>')
