"""A broken file is refused with the line of the mistake and the words that name the remedy, once for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.config.called import Caller
from tests.corpus.as_an_editor_reads import as_an_editor_reads
from tests.corpus.broken_policies import Broken, broken_policies, broken_slas
from tests.corpus.broken_policies.sound import SLA, SOUND
from watchkeeper.core.policy_file import PolicyFileErrors, open_policy, read_policy, read_sla
from watchkeeper.core.policy_file.schema import policy_schema, sla_schema
from watchkeeper.core.policy_file.unwise import unwise

POLICIES, SLAS = broken_policies(), broken_slas()
POLICY = read_policy(SOUND)
GOLD = POLICY.level("gold")


def named(broken: object) -> str:
    return broken.case if isinstance(broken, Broken) else ""


def test_what_the_broken_ones_are_made_of_is_sound_and_meant_so() -> None:
    assert not unwise(open_policy(SOUND))
    assert read_sla(SLA, POLICY, GOLD).name == "Acme 2026"


def test_there_are_more_than_60_broken_policies_and_each_has_a_name_of_its_own() -> None:
    print(f"\n{len(POLICIES)} broken policies, {len(SLAS)} broken SLAs")
    assert len(POLICIES) > 60
    assert len({broken.case for broken in POLICIES}) == len(POLICIES)


@pytest.mark.parametrize("broken", POLICIES, ids=named)
def test_a_broken_policy_is_refused_with_the_line_and_the_remedy(broken: Broken) -> None:
    with pytest.raises(PolicyFileErrors) as raised:
        read_policy(broken.text)
    require_told(raised.value, broken)


@pytest.mark.parametrize("broken", SLAS, ids=named)
def test_a_broken_sla_is_refused_with_the_line_and_the_remedy(broken: Broken) -> None:
    with pytest.raises(PolicyFileErrors) as raised:
        read_sla(broken.text, POLICY, GOLD)
    require_told(raised.value, broken)


def require_told(errors: PolicyFileErrors, broken: Broken) -> None:
    """The one problem is the mistake; others may only be of the same kind."""
    first, *others = errors.problems
    assert str(first).startswith(broken.message)
    assert first.line == broken.line
    assert not others or "with both" in broken.case, f"the consequences are told too: {others}"


@pytest.mark.parametrize("broken", [broken for broken in [*POLICIES, *SLAS] if broken.kind != "yaml"], ids=named)
def test_an_editor_with_the_schema_sees_the_mistakes_of_shape_and_no_others(broken: Broken) -> None:
    schema = sla_schema() if broken in SLAS else policy_schema()
    refused = list(Draft202012Validator(schema).iter_errors(as_an_editor_reads(broken.text)))
    assert bool(refused) == (broken.kind == "shape")


# files that are no text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"\xff" * 50_000_000,
            "the file has more than 1,000,000 bytes; a policy has at most 250,000 characters (line 1)",
        ),
        (SOUND.encode() + b"#" * 50_000_000, "; a policy has at most 250,000 characters (line 1)"),
        (SOUND.encode("utf-16"), "holds bytes that are not UTF-8; save the file as UTF-8 (line 1)"),
        (SOUND.encode("utf-16-le"), "the character '\\x00' is not allowed; a policy is plain UTF-8 text (line 1)"),
        (SOUND.replace("Example", "Müller").encode("latin-1"), "save the file as UTF-8 (line 2)"),
        (b"policy: \xed\xa0\x80", "save the file as UTF-8 (line 1)"),
        (b"", 'there are no "key: value" lines; a policy begins like "policy: production-support" (line 1)'),
        (b"# nothing yet\n", 'there are no "key: value" lines'),
        (b"%PDF-1.7\n\x00", "a line that begins with % is a YAML directive"),
        (b"PK\x03\x04\x14\x00", "is not allowed; a policy is plain UTF-8 text (line 1)"),
    ],
    ids=[
        "50 MB",
        "50 MB of comment",
        "UTF-16",
        "UTF-16 unmarked",
        "Latin-1",
        "surrogate",
        "empty",
        "bare",
        "PDF",
        "zip",
    ],
)
def test_a_file_that_is_no_text_is_refused_by_the_command(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_bytes(content)
    answer = Caller(capsys)("policy", "check", str(path))
    assert answer.code == 1
    assert said in answer.out


@pytest.mark.parametrize(
    "content", [SOUND.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + SOUND.encode()], ids=["CRLF", "BOM"]
)
def test_what_some_editors_write_of_their_own_accord_does_no_harm(content: bytes) -> None:
    assert read_policy(content.decode("utf-8")) == POLICY
