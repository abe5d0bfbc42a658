"""What a reply says and what it repeats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.mail.reading.written import letter
from watchkeeper.intake.mail.reading import limits, quotes

HEADERS = [
    "On Mon, 3 May 2021 at 10:00, Bob Roe <bob@x.example> wrote:",
    "On Mon, 3 May 2021 at 10:00, Bob Roe\n<bob@x.example> wrote:",
    "Am 03.05.2021 um 10:00 schrieb Bob Roe:",
    "Bob Roe <bob@x.example> schrieb am Mo., 3.\nMai 2021 um 10:00:",
    "Le lun. 3 mai 2021 à 10:00, Bob Roe <bob@x.example> a écrit :",
    "El lun, 3 may 2021 a las 10:00, Bob Roe (<bob@x.example>) escribió:",
    "Il giorno lun 3 mag 2021 alle ore 10:00 Bob Roe <bob@x.example> ha scritto:",
    "Em seg., 3 de mai. de 2021 às 10:00, Bob <\nbob@x.example> escreveu:",
    "Op ma 3 mei 2021 om 10:00 schreef Bob Roe <bob@x.example>:",
    "Den 3. maj 2021 kl. 10.00 skrev Bob Roe <bob@x.example>:",
    "pon., 3 maj 2021 o 10:00 Bob Roe <bob@x.example> napisał(a):",
    "3 трав. 2021 р. о 10:00 Bob <bob@x.example> пише:",
    "在 2021年5月3日，10:00，Bob <bob@x.example> 写道：",
]
BLOCKS = [
    "From: Bob Roe <bob@x.example>\nSent: Monday, 3 May 2021\nTo: Ana\nSubject: Down",
    "*From:* Bob Roe\n*Sent:* 3 May\n*To:* Ana\n*Subject:* Down",
    "Von: Bob Roe\nGesendet: Montag, 3. Mai 2021\nAn: Ana\nBetreff: Kaputt",
    "De : Bob Roe\nEnvoyé : lundi 3 mai\nÀ : Ana\nObjet : En panne",
    "Od: Bob Roe\nWysłano: 3 maja\nDo: Ana\nTemat: Awaria",
    "-----Original Message-----\nFrom: Bob",
    "-----Ursprüngliche Nachricht-----\nVon: Bob",
    "________________________________\nFrom: Bob\nSent: Monday\nTo: Ana\nSubject: Down",
]


def parted(text: str) -> tuple[str, str]:
    """As `quotes.parted`, held to what it promises of both."""
    new, quoted = quotes.parted(text)
    assert text in (new + quoted, quoted + new)
    return new.strip(), quoted.strip()


@pytest.mark.parametrize("header", HEADERS)
def test_a_mail_before_begins_with_who_wrote_it_when(header: str) -> None:
    for empty in ("", "\n"):
        assert parted(f"It works, thanks!\n{empty}{header}\n{empty}> Is it better?\n> Bob") == (
            "It works, thanks!",
            f"{header}\n{empty}> Is it better?\n> Bob",
        )


@pytest.mark.parametrize("block", BLOCKS)
def test_a_mail_before_begins_with_its_headers(block: str) -> None:
    assert parted(f"It works.\n\n{block}\n\nIs it better?\n\nBob") == ("It works.", f"{block}\n\nIs it better?\n\nBob")


def test_what_is_marked_down_to_the_end_is_repeated() -> None:
    assert parted("It works.\n\n> better?\n\n> Bob\n") == ("It works.", "> better?\n\n> Bob")


def test_an_answer_below_the_quote_is_new() -> None:
    assert parted("On 3 May 2021, Bob wrote:\n> better?\n\nIt works.") == (
        "It works.",
        "On 3 May 2021, Bob wrote:\n> better?",
    )


@pytest.mark.parametrize(
    "text",
    [
        "> only\n> quoted",
        "On 3 May 2021, Bob <b@x.example> wrote:\n> only quoted",
        "Yes:\n\nOn 3 May 2021, Bob <b@x.example> wrote:\n> a?\nNo.\n> b?\nYes.",
        "> npm ERR! code 1\nThis is what it says.",
        "From: db1\nTo: db2\nreplication stopped",
        "As Bob wrote on 3 May:\nrestart the server",
        "Hello,\n\nas Bob wrote on 3 May:\nrestart the server",
        "Hello,\n\nFrom: db1\nTo: db2\nreplication stopped",
        "Data: 5 GB\nlost",
        "The log says:\n- a\n- b",
        "",
        "plain",
    ],
)
def test_nothing_is_folded_where_it_could_be_an_answer(text: str) -> None:
    assert parted(text) == (text, "")


@pytest.mark.parametrize(
    ("headers", "is_parted"),
    [
        (("Subject: Re: Down",), True),
        (("Subject: AW: Kaputt",), True),
        (("Subject: RE[2]: Down",), True),
        (("Subject: Down", "In-Reply-To: <1@x>"), True),
        (("Subject: Down", "References: <1@x>"), True),
        (("Subject: Down",), False),
        (("Subject: Fwd: Down", "In-Reply-To: <1@x>"), False),
        (("Subject: WG: Kaputt",), False),
    ],
)
def test_only_replies_are_parted(headers: tuple[str, ...], is_parted: bool) -> None:
    read = letter(*headers, body="See below.\n\nOn 3 May 2021, Bob <b@x.example> wrote:\n> Error 7")

    assert bool(read.quoted) is is_parted
    assert "Error 7" in read.text + read.quoted


@pytest.mark.parametrize(
    "line",
    [
        "On a" * 100_000 + " wrote:",
        "On 1 " + "a " * 90,
        "On 1 a\nwrote:",
        "From: 1 " + "a " * 90,
        "From: 1\nSent: 2\nTo: 3\nx",
        "-" * 100_000 + "x",
        "> " * 100_000,
        "1 wrote:",
        ":",
    ],
)
def test_a_text_made_to_be_hard_is_parted_soon(line: str) -> None:
    """A squared or exponential search would not come back from this."""
    parted("hi\n" + (line + "\n") * (limits.TEXT_CHARACTERS // len(line)) + "wrote:\nend")


@given(st.lists(st.sampled_from([*HEADERS, *BLOCKS, "> q", "new", "", "---", "From: x", ">", "1 wrote:"]), max_size=8))
def test_nothing_is_ever_lost(pieces: list[str]) -> None:
    new, _ = parted("\n".join(pieces))

    assert new or not "\n".join(pieces).strip()
