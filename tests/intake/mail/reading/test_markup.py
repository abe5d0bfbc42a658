"""HTML as Markdown: what a person reads of it, and nothing that acts."""

from __future__ import annotations

import pytest

from watchkeeper.intake.mail.reading import limits, markup


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two", "one\ntwo"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<h2>Head</h2>", "## Head"),
        ("<blockquote>old</blockquote>", "> old"),
        ('<a href="https://x.example/a">here</a>', "[here](https://x.example/a)"),
        ("db_main *down*", "db_main *down*"),
        ("a&nbsp;&lt;b&gt;&amp;", "a <b>&"),
        ("<table><tr><th>Host<th>State<tr><td>db1<td>down</table>", "| Host | State |\n| --- | --- |\n| db1 | down |"),
        ("<table><tr><td><p>laid</p><table><tr><td>out</table></table>", "laid\n\nout"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<title>t</title><style>s</style><script>x</script>text", "text"),
        ("<p>unclosed <b>bold", "unclosed **bold**"),
        ("", ""),
    ],
)
def test_what_was_meant_is_kept(source: str, text: str) -> None:
    assert markup.markdown(source) == text


@pytest.mark.parametrize(
    "source",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java\nscript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="magnet:?xt=1">x</a>',
        '<img src="javascript:alert(1)" alt="x">',
        '<img src="https://tracker.example/1.gif" alt="x">',
        "<svg onload=alert(1)>x</svg>",
        "<p onclick=alert(1)>x</p>",
        "<iframe src=https://x.example>x</iframe>x",
        "<form action=https://x.example>x<input value=y></form>",
        "<script>alert(1)</script>x",
        "<scr<script>ipt>alert(1)</script>x",
    ],
)
def test_nothing_that_acts_survives(source: str) -> None:
    text = markup.markdown(source)

    assert "x" in text
    for trace in (
        "javascript:",
        "data:",
        "magnet:",
        "tracker",
        "onload",
        "onclick",
        "iframe",
        "form",
        "<script",
        "<svg",
    ):
        assert trace not in text


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 50_000 + "word",
        "<b><i>" * 50_000 + "word" + "</i></b>" * 50_000,
        "<table><tr><td>" * 5_000 + "word",
        "<blockquote>" * (limits.HTML_DEPTH + 1) + "word",
        "<p>" + "filler <b>x</b> " * (limits.HTML_CHARACTERS // 10) + "word",
        "<table><tr><td>" * (limits.HTML_DEPTH - 1) + "<b>x</b> word",
        "<div></b>" * 2_000 + "<b>x</b> word",
        "<" * 200_000 + ">word",
        "<a <a " * 100_000 + ">word",
        "<!--" * 50_000 + "-->word",
        "<script>" * 50_000 + "</script>word",
        "&" * 500_000 + "word",
        "&a" * 300_000 + "word",
    ],
)
def test_a_page_made_to_be_hard_is_read_without_its_tags(source: str) -> None:
    text = markup.markdown(source)

    assert "word" in text
    assert "<b>" not in text
    assert "**" not in text


def test_the_words_alone_leave_out_what_nobody_sees() -> None:
    deep = "<div>" * (limits.HTML_DEPTH + 1)

    assert (
        markup.markdown(f"<style>s{{}}</style>{deep}one<br>two &amp; <script>x()</script>three") == "one\ntwo & three"
    )


def test_as_deep_as_allowed_it_is_markdown() -> None:
    assert markup.markdown("<div>" * (limits.HTML_DEPTH - 1) + "<b>x</b>") == "**x**"
