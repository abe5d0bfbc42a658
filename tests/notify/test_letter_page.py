"""The page of a mail says what its text says, and does nothing that a stranger wrote."""

import re
from dataclasses import replace

import pytest

from tests.notify.letters import SENDER, Page, html_of, notice, notice_of, page_of, read, text_of
from tests.notify.test_wording import ABOUT, EVERY_NOTICE
from watchkeeper.notify import wording
from watchkeeper.notify.channels.mail.letter import written
from watchkeeper.notify.channels.mail.page import LONGEST_MARKDOWN
from watchkeeper.notify.wording.history import Said

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "picture": "<img src=x onerror=alert(1)> ![x](http://evil.example/pixel.gif)",
    "javascript": "[here](javascript:alert(1)) [there](  JaVaScRiPt:alert(1)) <javascript:alert(1)>",
    "data": "[here](data:text/html;base64,PHNjcmlwdD4=) <data:text/html,x>",
    "file": "[here](file:///etc/passwd) [there](//evil.example/x) [or](vbscript:x)",
    "style": '</style><style>*{display:none}</style> <p style="position:fixed">',
    "nested": "<scr<script>ipt>alert(1)</scr</script>ipt> <svg/onload=alert(1)> <math><mtext><style><img src=x>",
    "reference": "[x]: javascript:alert(1)\n\n[x] &#60;script&#62; &lt;script&gt;alert(1)&lt;/script&gt;",
    "template": "{{7*7}} {% debug %} {0.__class__} %(secret)s",
    "end": "</div></body></html><iframe src=//evil.example></iframe><meta http-equiv=refresh content=0>",
    "code": "```html\n<script>alert(1)</script>\n```",
    "quote": "> -- \n> <script>alert(1)</script>\n-- \n<script>alert(1)</script>",
}
"""What somebody may write where they please."""

OURS = {
    "html", "head", "meta", "title", "style", "body", "div", "p", "br", "a", "hr", "em", "strong", "code", "pre",
    "blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "dir", "charset", "name", "content", "style", "class", "role", "aria-label", "href", "title", "rel",
    "start",
}  # fmt: skip

WRITTEN = {name: notice_of(made(ABOUT)) for name, made in EVERY_NOTICE.items()}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_mail_is_a_text_and_a_page_of_the_same_words(name) -> None:
    mail = read(written(WRITTEN[name], sender=SENDER))

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert text_of(mail) == WRITTEN[name].text
    shown = re.sub(r"\s+", "", page_of(WRITTEN[name]).words)
    said = [line.removeprefix("> ").strip() for line in WRITTEN[name].text.splitlines() if line != "-- "]
    assert [line for line in said if "https://" not in line and re.sub(r"\s+", "", line) not in shown] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_leads_to_the_incident(name) -> None:
    assert ABOUT.url in page_of(WRITTEN[name]).links()[-1]


def test_what_a_person_wrote_is_set_as_they_meant_it() -> None:
    message = "It is **fixed**, see [the notes](https://notes.example/1):\n\n- one\n- two\n\n> your words\n\n`make`"
    page = page_of(notice_of(wording.replied(ABOUT, by="Ana Ruiz", message=message)))

    assert {"strong", "ul", "li", "blockquote", "code"} <= page.tags()
    assert "https://notes.example/1" in page.links()
    assert "**" not in page.words


def test_what_the_desk_says_is_no_markdown() -> None:
    title = "the [button](https://evil.example) of **all** `pages` __init__"
    page = page_of(notice_of(EVERY_NOTICE["breached"](replace(ABOUT, title=title))))

    assert title in page.words
    assert page.links() == [ABOUT.url]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "https://desk.example.com.evil.example/",
        "https://desk.example.com@evil.example/",
        "https://desk.example.com:evil@evil.example/",
        "xhttps://desk.example.com/",
    ],
)
def test_only_the_desks_own_addresses_are_links_in_what_it_says(address) -> None:
    page = page_of(notice_of(EVERY_NOTICE["replied"](replace(ABOUT, title=f"go to {address}"))))

    assert page.links() == [ABOUT.url]
    assert address in page.words


def test_an_address_cannot_become_more_than_an_address() -> None:
    page = page_of(notice_of(EVERY_NOTICE["replied"](replace(ABOUT, title='https://desk.example.com/"onclick="x'))))

    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES


def test_tags_that_a_person_wrote_are_shown_as_they_were_typed() -> None:
    page = page_of(notice_of(wording.replied(ABOUT, by="Ana Ruiz", message="Set <em>x</em> to &lt;1.")))

    assert "Set <em>x</em> to" in page.words
    assert "em" not in page.tags()


def test_what_is_quoted_stands_apart() -> None:
    page = page_of(notice_of(wording.answered(ABOUT, by="Petra", message="First.\n\nSecond *line*.")))

    assert "blockquote" in page.tags()
    assert "em" in page.tags()
    assert "> " not in page.words


def test_what_was_said_before_is_quoted_beneath() -> None:
    before = [Said("Petra", ABOUT.opened_at, "It is *down*."), Said("Ana", ABOUT.opened_at, "Is it?")]
    page = page_of(notice_of(EVERY_NOTICE["replied"](ABOUT), history=wording.history(ABOUT, before)))

    beneath = Page(page.html.partition('<div class="wk-history')[2])
    assert [tag for tag, _ in beneath.elements if tag in ("blockquote", "em")] == ["blockquote", "em", "blockquote"]
    assert "<" not in beneath.words
    assert "Petra wrote:" in beneath.words


def test_the_footer_of_a_mail_is_not_taken_from_what_somebody_wrote() -> None:
    message = "Regards\n-- \nAna\nhttps://desk.example.com/elsewhere"
    page = page_of(notice_of(wording.replied(ABOUT, by="Ana Ruiz", message=message)))

    assert [attributes["class"] for tag, attributes in page.elements if tag == "div"][-1] == "wk-footer"
    assert page.html.partition('<div class="wk-footer"')[2].count("Ana") == 0


@pytest.mark.parametrize("where", ["message", "title", "by", "quote", "reason", "history"])
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_of_what_somebody_wrote_is_done(typed, where) -> None:
    about = replace(ABOUT, title=typed) if where == "title" else ABOUT
    words = {
        "message": lambda: wording.replied(about, by="Ana", message=typed),
        "title": lambda: wording.breached(
            about, metric="acknowledgement", due_at=ABOUT.opened_at, told_as="managers", may_be_escalated=True
        ),
        "by": lambda: wording.replied(about, by=typed, message="Hello."),
        "quote": lambda: wording.answered(about, by="Petra", message=typed),
        "reason": lambda: wording.reopened(about, by="Petra", reason=typed),
        "history": lambda: EVERY_NOTICE["replied"](about),
    }[where]()
    before = [Said(typed, ABOUT.opened_at, typed)] if where == "history" else []
    page = page_of(notice_of(words, history=wording.history(ABOUT, before)))

    assert page.tags() <= OURS
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
    assert all(re.match(r"(https?|mailto):", link) for link in page.links())
    assert page.html.count("<style>") == page.html.count("</style>") == 1
    assert page.html.count("<body") == page.html.count("</html>") == 1
    assert "49" not in page.words.replace("{{7*7}}", "")


def test_a_page_asks_nobody_for_anything() -> None:
    message = "![x](https://evil.example/x.png) <https://a.example/> `url(https://evil.example/)`"
    page = page_of(notice_of(wording.replied(ABOUT, by="Ana", message=message)))

    assert not {"img", "link", "script", "iframe", "object", "video", "svg", "base", "form"} & page.tags()
    sheet = page.html[page.html.index("<style>") : page.html.index("</style>")]
    assert "url(" not in sheet
    assert "@import" not in sheet
    assert all("url(" not in attributes.get("style", "") for _, attributes in page.elements)


def test_a_text_of_300_kb_is_a_mail_like_any_other() -> None:
    log = "<b>ERROR</b> *x* [a](javascript:x) " * 9_000
    wire = written(notice_of(wording.replied(ABOUT, by="Ana", message=log)), sender=SENDER)
    page = page_of(notice_of(wording.replied(ABOUT, by="Ana", message=log)))

    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 78
    assert log.strip() in page.words
    assert page.tags() <= OURS


def test_of_a_text_of_any_length_all_is_shown() -> None:
    for length in (LONGEST_MARKDOWN, LONGEST_MARKDOWN + 1):
        message = "x" * (length - 1) + "!"
        page = page_of(notice_of(wording.replied(ABOUT, by="Ana", message=message)))
        assert message in page.words


def test_every_attempt_gives_the_same_bytes() -> None:
    assert written(notice(), sender=SENDER) == written(notice(), sender=SENDER)


def test_a_text_cannot_end_its_part_and_begin_another() -> None:
    text = "Hello.\n"
    for _ in range(3):
        mail = read(written(notice(text=text), sender=SENDER))
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert text_of(mail) == text
        text += f"--{mail.get_boundary()}\nContent-Type: text/html\n\n<b>x</b>\n--{mail.get_boundary()}--\n"


def test_a_page_says_its_language() -> None:
    assert ("html", {"lang": "de", "dir": "ltr"}) in page_of(notice(language="de")).elements
    assert ("html", {"lang": "en", "dir": "ltr"}) in page_of(notice()).elements


def test_an_alarm_looks_like_one() -> None:
    assert "wk-alarm" in html_of(read(written(notice(urgency="alarm"), sender=SENDER))).partition("<body")[2]
    assert "wk-alarm" not in html_of(read(written(notice(), sender=SENDER))).partition("<body")[2]
