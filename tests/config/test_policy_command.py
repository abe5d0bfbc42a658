from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.config.called import Caller
from tests.core.policy_text import SMALL, changed

Writer = Callable[[str | bytes], str]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    def written(content: str | bytes) -> str:
        path = tmp_path / "policy.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return written


def test_check_says_that_a_sound_policy_is_sound(call: Caller, write: Writer) -> None:
    answer = call("policy", "check", write(SMALL))
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "small: sound; 3 severities, 2 levels, 5 targets\n"


def test_the_shipped_policy_is_sound_and_its_author_meant_what_it_says(call: Caller) -> None:
    shipped = Path(__file__).parents[2] / "policies" / "production-support.yaml"
    answer = call("policy", "check", str(shipped))
    assert answer == (0, "production-support: sound; 5 severities, 3 levels, 9 targets\n", "")


def test_check_tells_every_error_on_a_line_of_its_own(call: Caller, write: Writer) -> None:
    answer = call("policy", "check", write(changed("{within: 4h}", "4 hrz").replace("15m", "soon")))
    assert answer.code == 1
    assert answer.out.splitlines() == [
        'gold.acknowledgement.1.goal: "soon" is not a duration; write 4h, 90m or 2 business days (line 30)',
        'gold.acknowledgement.2.within: "4 hrz" is not a duration; write 4h, 90m or 2 business days (line 31)',
    ]


def test_check_warns_of_what_is_unwise_and_still_finds_it_sound(call: Caller, write: Writer) -> None:
    answer = call("policy", "check", write(changed("{within: 2h", "{within: 6h")))
    assert answer.code == 0
    warning, verdict = answer.out.splitlines()
    assert warning.startswith("warning: gold.acknowledgement.1: Critical is due later than High")
    assert verdict.startswith("small: sound")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", 'there are no "key: value" lines'),
        (b"policy: x\nvendor: \xff\xfe\n", "holds bytes that are not UTF-8; save the file as UTF-8 (line 2)"),
        (b"x: y\n" * 1_000_000, "a policy has at most 250,000"),
        (b"\xff" * 5_000_000, "a policy has at most 250,000"),
        (b"policy: \x00", "is not allowed"),
    ],
)
def test_check_tells_of_a_file_that_is_no_policy(call: Caller, write: Writer, content: bytes, said: str) -> None:
    answer = call("policy", "check", write(content))
    assert answer.code == 1
    assert said in answer.out


def test_check_of_no_file_is_a_mistake_in_what_was_typed(call: Caller) -> None:
    assert "nothing.yaml cannot be read: No such file" in call("policy", "check", "nothing.yaml").complaint
    assert "the following arguments are required: FILE" in call("policy", "check").complaint
    assert "required: check|show|diff|schema|rehearse|publish" in call("policy").complaint
    assert "the following arguments are required: A, B" in call("policy", "diff").complaint
    assert "invalid choice: 'sing'" in call("policy", "sing").complaint
    assert "cannot be read" in call("policy", "check", "a\x00b").complaint


def test_show_gives_a_small_page_as_text(call: Caller, write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = call("policy", "show", write(changed("Down.", "Everything is down and nobody can work any more.")))
    lines = shown.out.splitlines()
    assert shown.code == 0
    assert lines[0] == "small"
    at = lines.index("Gold")
    assert lines[at + 4 : at + 11] == [
        "Severity    │ Definition         │ Response Time",
        "────────────┼────────────────────┼──────────────────────────",
        "1: Critical │ Everything is down │ Within minutes up to 2",
        "            │ and nobody can     │ hours",
        "            │ work any more.     │",
        "2: High     │                    │ Within 4 h (always)",
        "3: Medium   │                    │ Within 8 h (Office Hours)",
    ]
    assert lines[-1] == "  • Desk: desk@vendor.example"


def test_show_gives_the_shipped_page_where_no_file_is_named(call: Caller) -> None:
    assert call("policy", "show").out.startswith("Production Support Level Details\n")


def test_show_gives_the_page_as_json(call: Caller, write: Writer) -> None:
    page = call("policy", "show", "--json", write(SMALL)).json
    assert [level["key"] for level in page["levels"]] == ["basic", "gold"]
    assert page["levels"][1]["rows"][0]["cells"][0]["text"] == "Within minutes up to 2 hours"


def test_show_of_an_unsound_policy_is_one_clear_line(call: Caller, write: Writer) -> None:
    assert "is unsound: " in call("policy", "show", write("policy: x")).complaint


def test_schema_prints_the_schema_of_policies_or_of_slas(call: Caller) -> None:
    policy, sla = call("policy", "schema"), call("policy", "schema", "--sla")
    assert (policy.code, policy.err, sla.code, sla.err) == (0, "", 0, "")
    assert "levels" in policy.json["required"]
    assert sla.json["required"] == ["sla"]
