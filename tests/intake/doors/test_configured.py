"""What the settings of doors say, and which of them are refused in one line."""

from __future__ import annotations

import pytest

from watchkeeper.intake.mail.doors.configured import Doors, UnusableDoor
from watchkeeper.intake.mail.doors.listening_at import ListeningAt
from watchkeeper.intake.mail.doors.mailbox_at import MailboxAt


def doors(**settings: str) -> Doors:
    return Doors.read({f"WATCHKEEPER_{name}": value for name, value in settings.items()})


def test_without_an_address_of_its_own_the_desk_is_where_its_mails_are_from() -> None:
    assert doors(MAIL_FROM="Support <Support@vendor.example>").addresses.main == "support@vendor.example"
    assert doors(MAIL_FROM="Support <support@vendor.example>", MAIL_ADDRESS="Desk@vendor.example").addresses.main == (
        "desk@vendor.example"
    )
    assert doors().addresses.main == "desk@localhost"


def test_further_addresses_lead_to_the_desk_with_commas_or_spaces_between() -> None:
    own = doors(MAIL_ALSO_FOR="escalations@vendor.example, p1@vendor.example help@vendor.example").addresses
    assert own.others == {"escalations@vendor.example", "p1@vendor.example", "help@vendor.example"}


@pytest.mark.parametrize(
    ("url", "at", "written"),
    [
        ("lmtp://127.0.0.1:8024", ListeningAt("lmtp", "127.0.0.1", 8024), "lmtp://127.0.0.1:8024"),
        ("smtp://localhost:8025", ListeningAt("smtp", "localhost", 8025), "smtp://localhost:8025"),
        ("smtp://[::1]:8025", ListeningAt("smtp", "::1", 8025), "smtp://[::1]:8025"),
        ("lmtp:///run/watchkeeper/lmtp", ListeningAt("lmtp", path="/run/watchkeeper/lmtp"), None),
        ("lmtp://10.0.0.7:24?open", ListeningAt("lmtp", "10.0.0.7", 24), "lmtp://10.0.0.7:24"),
    ],
)
def test_where_mail_servers_hand_over_is_one_address(url: str, at: ListeningAt, written: str | None) -> None:
    assert doors(LMTP_LISTEN=url).listening_at == at
    assert str(at) == (written or url)


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("imaps://me:pw@mail.example", MailboxAt("mail.example", 993, "tls", "me", "pw")),
        ("imap+starttls://me:pw@mail.example", MailboxAt("mail.example", 143, "starttls", "me", "pw")),
        ("imap://me:pw@127.0.0.1:1143/", MailboxAt("127.0.0.1", 1143, "none", "me", "pw")),
        (
            "imaps://me%40x.example:p%2Fw@mail.example/Support/P%201",
            MailboxAt("mail.example", 993, "tls", "me@x.example", "p/w", folder="Support/P 1"),
        ),
        (
            "imaps+xoauth2://me@mail.example/INBOX",
            MailboxAt("mail.example", 993, "tls", "me", signs_in_by_token=True),
        ),
    ],
)
def test_a_mailbox_is_one_address(url: str, at: MailboxAt) -> None:
    tokens = {"IMAP_TOKEN_URL": "https://login.example/token", "IMAP_CLIENT_ID": "desk", "IMAP_CLIENT_SECRET": "s"}
    assert doors(IMAP_URL=url, **tokens).mailboxes == (at,)


def test_several_mailboxes_have_spaces_between_and_no_password_in_what_is_printed() -> None:
    found = doors(IMAP_URL="imaps://a:s3cret@mail.example imaps://b:s3cret@mail.example:1993/Help")
    assert [at.name for at in found.mailboxes] == ["a@mail.example/INBOX", "b@mail.example:1993/Help"]
    assert (found.taken, found.need_a_process) == ("Taken", True)
    assert "s3cret" not in repr(found)


def test_where_mails_go_is_a_folder_or_nowhere() -> None:
    assert doors(IMAP_TAKEN="Archive/Desk").taken == "Archive/Desk"
    assert doors(IMAP_TAKEN="").taken == ""


def test_providers_are_named_with_the_secrets_that_they_show() -> None:
    found = doors(
        INBOUND_PROVIDERS="postmark, mailgun-mime",
        INBOUND_SECRET="desk:a long secret of providers",
        MAILGUN_SIGNING_KEY="key-s3cret",
    )
    assert found.providers == {"postmark", "mailgun-mime"}
    assert (found.are_open, found.need_a_process) == (True, False)
    assert found.secrets == {
        "WEBHOOK_SECRET": "desk:a long secret of providers",
        "MAILGUN_WEBHOOK_SIGNING_KEY": "key-s3cret",
    }
    assert "secret" not in repr(found).replace("secrets", "")


BY_TOKEN = "imaps+xoauth2://me@mail.example"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"MAIL_ADDRESS": "desk"}, "WATCHKEEPER_MAIL_ADDRESS: 'desk' is no plain mail address"),
        ({"MAIL_ADDRESS": "a@x.example b@x.example"}, "WATCHKEEPER_MAIL_ADDRESS is one address"),
        ({"MAIL_ALSO_FOR": "<p1@vendor.example>"}, "WATCHKEEPER_MAIL_ALSO_FOR: '<p1@vendor.example>' is no plain"),
        ({"LMTP_LISTEN": "127.0.0.1:8024"}, "WATCHKEEPER_LMTP_LISTEN is none of lmtp://127.0.0.1:PORT"),
        ({"LMTP_LISTEN": "lmtp://127.0.0.1"}, "WATCHKEEPER_LMTP_LISTEN is none of"),
        ({"LMTP_LISTEN": "lmtp:///"}, "WATCHKEEPER_LMTP_LISTEN is none of"),
        ({"LMTP_LISTEN": "lmtp://127.0.0.1:99999"}, "WATCHKEEPER_LMTP_LISTEN is none of"),
        ({"LMTP_LISTEN": "lmtp://127.0.0.1:24?opne"}, "WATCHKEEPER_LMTP_LISTEN is none of"),
        ({"LMTP_LISTEN": f"lmtp:///{'x' * 107}"}, "WATCHKEEPER_LMTP_LISTEN names a socket by 108 bytes"),
        ({"LMTP_LISTEN": "lmtp://0.0.0.0:24"}, "WATCHKEEPER_LMTP_LISTEN would listen beyond this machine"),
        ({"IMAP_URL": "mail.example"}, "WATCHKEEPER_IMAP_URL is none of imaps://USER:PASSWORD@HOST"),
        ({"IMAP_URL": "imaps://mail.example"}, "WATCHKEEPER_IMAP_URL is none of"),
        ({"IMAP_URL": "imaps://me@mail.example"}, "WATCHKEEPER_IMAP_URL is none of"),
        ({"IMAP_URL": "imaps://me:pw@mail.example?tls=no"}, "WATCHKEEPER_IMAP_URL is none of"),
        ({"IMAP_URL": "imaps://me:pw@mail.example:port"}, "WATCHKEEPER_IMAP_URL is none of"),
        (
            {"IMAP_URL": "imap://me:s3cret@mail.example"},
            "WATCHKEEPER_IMAP_URL would send mail and password in the clear",
        ),
        ({"IMAP_URL": "imap+xoauth2://me@mail.example"}, "WATCHKEEPER_IMAP_URL would send mail and password in the"),
        ({"IMAP_URL": f"imaps://{'m' * 200}:pw@mail.example"}, "WATCHKEEPER_IMAP_URL names a mailbox by more than 200"),
        ({"IMAP_URL": "imaps://a:b@mail.example imaps://a:c@mail.example"}, "WATCHKEEPER_IMAP_URL names a mailbox tw"),
        ({"IMAP_URL": BY_TOKEN}, "WATCHKEEPER_IMAP_TOKEN_URL is missing"),
        (
            {"IMAP_URL": BY_TOKEN, "IMAP_TOKEN_URL": "https://login.example/", "IMAP_CLIENT_ID": "desk"},
            "WATCHKEEPER_IMAP_REFRESH_TOKEN or WATCHKEEPER_IMAP_CLIENT_SECRET is missing",
        ),
        (
            {
                "IMAP_URL": BY_TOKEN,
                "IMAP_TOKEN_URL": "http://login.example/",
                "IMAP_CLIENT_ID": "desk",
                "IMAP_CLIENT_SECRET": "s3cret",
            },
            "WATCHKEEPER_IMAP_TOKEN_URL is no https://HOST/PATH",
        ),
        (
            {"INBOUND_PROVIDERS": "mailgun"},
            'WATCHKEEPER_INBOUND_PROVIDERS: "mailgun" is none of mailgun-mime, sendgrid',
        ),
        ({"INBOUND_PROVIDERS": "mailgun-mime"}, "WATCHKEEPER_MAILGUN_SIGNING_KEY is missing"),
        ({"INBOUND_PROVIDERS": "postmark"}, "WATCHKEEPER_INBOUND_SECRET is missing"),
        (
            {"INBOUND_PROVIDERS": "postmark", "INBOUND_SECRET": "s3cret without a user before it"},
            "WATCHKEEPER_INBOUND_SECRET is no USER:PASSWORD of 24 characters",
        ),
        ({"INBOUND_PROVIDERS": "postmark", "INBOUND_SECRET": "desk:s3cret"}, "WATCHKEEPER_INBOUND_SECRET is no USER:"),
        ({"LMTP_LISTEN": "smtp://mail.example:25"}, "WATCHKEEPER_LMTP_LISTEN would listen beyond this machine"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_is_allowed(given: dict[str, str], why: str) -> None:
    with pytest.raises(UnusableDoor) as refusal:
        doors(**given)
    assert str(refusal.value).startswith(why)
    assert "s3cret" not in str(refusal.value)
