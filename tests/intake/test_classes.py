"""The classes of attack that hit help desks by mail (TRUST.md, section 1): for each, the tests that try it.

What is tried elsewhere is named in ``TRIED``; what is not, below, through the real intake. Each class has three inputs
at the least.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from importlib import import_module
from math import prod

import pytest
from django.test import Client
from django.urls import reverse

from tests.intake.mails import a_mail
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Attachment, Incident
from watchkeeper.incidents.reply_addresses import reply_address
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import stand_for_the_desk

FEWEST = 3
HERE = "tests.intake.test_classes"
TAKING = "tests.intake.test_taking"

TRIED: Mapping[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "a person of the team is impersonated",
        (
            f"{TAKING}:test_who_only_says_to_be_of_the_team_says_nothing",
            f"{TAKING}:test_the_team_needs_the_address_that_it_was_given",
            "tests.intake.test_orders:test_nobody_resolves_without_all_that_a_reply_of_the_team_needs",
        ),
    ),
    2: ("who lost the right still replies", (f"{TAKING}:test_who_lost_the_right_cannot_use_the_mail_of_yesterday",)),
    3: (
        "an outsider gets into a thread",
        (
            f"{TAKING}:test_a_stranger_gets_into_no_thread_and_nothing_back",
            f"{TAKING}:test_a_customer_of_another_account_learns_nothing_by_a_message_id",
        ),
    ),
    4: (
        "control headers set fields",
        (
            f"{HERE}:test_no_header_sets_a_field",
            f"{HERE}:test_of_two_authors_none_is_proved",
            "tests.intake.mail.reading.test_own:test_control_headers_set_nothing_and_are_named",
        ),
    ),
    5: (
        "a gateway's answers tell who exists",
        (
            "tests.intake.doors.test_webhooks:test_whoever_is_refused_is_told_the_same",
            "tests.intake.doors.test_listener:test_what_is_for_others_is_refused_for_good",
            "tests.intake.doors.test_listener:test_a_door_does_not_tell_which_reply_addresses_are_good",
        ),
    ),
    6: (
        "headers of proxies are believed",
        (
            f"{HERE}:test_no_header_of_a_proxy_makes_somebody_known",
            f"{TAKING}:test_only_our_own_mail_server_gives_proof",
        ),
    ),
    10: (
        "scripts in a body, a subject, a name or a file's name",
        (
            f"{HERE}:test_nothing_that_a_mail_says_is_more_than_text",
            "tests.intake.test_as_sent:test_nothing_in_it_acts_or_comes_from_elsewhere",
            "tests.intake.mail.reading.test_markup:test_nothing_that_acts_survives",
            "tests.portal.test_hostile_words:test_what_is_typed_comes_out_as_text",
        ),
    ),
    11: ("active files", (f"{HERE}:test_a_file_of_a_mail_is_a_download_that_no_browser_interprets",)),
    12: ("a file's name becomes a path or code", (f"{HERE}:test_a_name_of_a_file_is_words_and_no_path",)),
    13: (
        "addresses of files are guessed or kept",
        (f"{HERE}:test_a_file_exists_for_nobody_who_may_not_read_its_message",),
    ),
    19: (
        "history and Cc reach who may not read them",
        (
            f"{HERE}:test_who_stands_in_cc_hears_nothing",
            "tests.incidents.test_mails:test_who_may_not_read_the_incident_any_more_gets_the_words_and_no_history",
            "tests.intake.test_as_sent:test_a_reply_of_the_team_has_no_page_and_repeats_no_notice_of_theirs",
        ),
    ),
    22: (
        "words are run as a template",
        (
            f"{HERE}:test_words_are_no_template",
            "tests.notify.test_letter_wordings:test_what_strangers_typed_is_never_looked_at_for_variables",
            "tests.notify.test_letter_wordings:test_a_template_is_no_language",
        ),
    ),
    26: (
        "a mail that takes its reader down",
        ("tests.intake.mail.reading.test_hostile:test_what_asks_for_too_much_is_refused_with_a_reason",),
    ),
    27: (
        "a poisoned mail comes again and again",
        (
            "tests.intake.test_loops:test_a_mail_that_cannot_be_read_waits_once_and_alarms_once",
            "tests.intake.test_trying_again:test_the_mails_behind_it_go_first_and_after_three_tries_it_waits_for_a_person",
            "tests.intake.test_trying_again:test_a_mail_whose_takers_are_gone_again_and_again_waits_for_a_person",
        ),
    ),
    28: (
        "mails that answer each other",
        (
            "tests.intake.test_loops:test_whoever_answers_every_mail_without_saying_so_gets_few",
            "tests.intake.test_loops:test_a_thousand_forged_senders_get_nothing",
            f"{TAKING}:test_what_a_machine_sent_is_no_answer_no_report_and_gets_nothing",
        ),
    ),
    29: (
        "tricks with addresses and lines",
        (
            "tests.intake.mail.reading.test_addresses:test_what_two_readers_could_read_differently_is_no_address",
            "tests.intake.mail.reading.test_addresses:test_a_name_stays_on_its_line_and_adds_no_recipient",
            "tests.intake.doors.test_listener:test_a_second_mail_cannot_hide_in_the_first",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("number", TRIED)
def test_each_class_is_tried_with_three_inputs_at_the_least(number: int) -> None:
    _name, tests = TRIED[number]
    inputs = 0
    for named in tests:
        module, _, function = named.partition(":")
        inputs += _inputs_of(getattr(import_module(module), function))
    assert inputs >= FEWEST


def _inputs_of(test: object) -> int:
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    return prod(len(mark.args[1]) for mark in marks)


# 4, 6: headers


@pytest.mark.parametrize(
    "header",
    [
        "X-Desk-Priority: 1",
        "X-Desk-Org: premier",
        "X-Zammad-Ticket-State: closed",
        "RT-Attach: 1",
        "X-Watchkeeper-Severity: 1",
    ],
)
def test_no_header_sets_a_field(cast, take, header: str) -> None:
    mail = take(header.encode() + b"\r\n" + a_mail(cast.basil.email))
    incident = mail.incident
    assert (incident.account, incident.severity, incident.state) == (cast.basic, 2, "new")


@pytest.mark.parametrize(
    "first", ["pia@premier.example", "Pia <pia@premier.example>", "pia@premier.example, x@y.example"]
)
def test_of_two_authors_none_is_proved(cast, take, first: str) -> None:
    from watchkeeper.people.models import Person

    Person.objects.create_person(
        "pia@premier.example", name="Pia", password=None, roles=["customer"], account=cast.premium
    )
    mail = take(f"From: {first}\r\n".encode() + a_mail(cast.petra.email))
    assert mail.effect == "report_unverified"


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-User: petra@premier.example", "CF-Connecting-IP: <b>10.0.0.1", "X-Remote-User: mia@vendor.example"],
)
def test_no_header_of_a_proxy_makes_somebody_known(cast, take, browser_of, header: str) -> None:
    mail = take(header.encode() + b"\r\n" + a_mail("mallory@elsewhere.example"))
    assert (mail.status, mail.person) == ("quarantined", None)
    page = browser_of(cast.ana).get(reverse("desk-mail-in", args=[mail.key])).content
    assert b"<b>10.0.0.1" not in page


# 10: scripts

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "javascript:alert(1)//",
    "[x](javascript:alert(1))",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_a_mail_says_is_more_than_text(cast, take, browser_of, words: str) -> None:
    name = words.replace("<", "").replace(">", "").replace('"', "")
    raw = a_mail(f'"{name}" <{cast.petra.email}>', f"{words}\n\n{words}", subject=words)
    incident = take(_with_file(raw, f"{words}.txt", "text/plain", b"x")).incident
    assert words in incident.messages.get(is_public=True).body
    pages = [
        browser_of(cast.petra).get(reverse("portal-incident", args=[incident.reference])),
        browser_of(cast.ana).get(reverse("desk-incident", args=[incident.reference])),
        browser_of(cast.ana).get(reverse("desk-mails-in") + "?status=taken"),
    ]
    for page in pages:
        content = page.content.decode().lower()
        assert "alert(1)</script>" not in content
        assert "<svg/onload" not in content
        assert "<img src=x" not in content
        assert 'href="javascript:' not in content
        assert "<math" not in content


# 11, 12, 13: files


@pytest.mark.parametrize(
    ("name", "media_type", "data"),
    [
        ("a.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("notes.txt", "text/html", b"<script>alert(1)</script>"),
        ("a.pdf", "application/pdf", b"%PDF-1.4 /OpenAction << /S /JavaScript >>"),
        ("gif.html", "image/gif", b"GIF89a/*<script>*/=alert(1)//</script>"),
        ("a.xml", "text/xml", b"<?xml-stylesheet href='https://evil.example/x.xsl'?><a/>"),
    ],
)
def test_a_file_of_a_mail_is_a_download_that_no_browser_interprets(
    cast, take, browser_of, name: str, media_type: str, data: bytes
) -> None:
    kept = _attached(take(_with_file(a_mail(cast.petra.email), name, media_type, data)).incident)
    answer = browser_of(cast.petra).get(reverse("attachment", args=[kept.key]))
    assert b"".join(answer.streaming_content) == data
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (".htaccess", "htaccess"),
        ("\u200b.htaccess", "htaccess"),
        ("..\u200b/..\u200b/.htaccess", "htaccess"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("<b>.txt", "<b>.txt"),
    ],
)
def test_a_name_of_a_file_is_words_and_no_path(cast, take, browser_of, name: str, shown: str) -> None:
    incident = take(_with_file(a_mail(cast.petra.email), name, "text/plain", b"x")).incident
    kept = _attached(incident)
    assert kept.name == shown
    assert len(kept.key) == 43
    assert name not in reverse("attachment", args=[kept.key])
    page = browser_of(cast.petra).get(reverse("portal-incident", args=[incident.reference])).content
    assert b"<b>.txt" not in page


@pytest.mark.parametrize("who", ["nobody", "another account", "who left", "another team", "a guess"])
def test_a_file_exists_for_nobody_who_may_not_read_its_message(cast, take, browser_of, who: str) -> None:
    kept = _attached(take(_with_file(a_mail(cast.petra.email), "a.log", "text/plain", b"x")).incident)
    path = reverse("attachment", args=[kept.key])
    browser = (
        Client()
        if who == "nobody"
        else browser_of({"another account": cast.basil, "another team": cast.bo}.get(who, cast.petra))
    )
    if who == "who left":
        cast.petra.is_active = False
        cast.petra.save()
    elif who == "another team":
        from watchkeeper.people.models import Team

        cast.premium.team.members.remove(cast.bo)
        Team.objects.create(name="Elsewhere").members.add(cast.bo)
    elif who == "a guess":
        path = reverse("attachment", args=["x" * 43])
    answer = browser.get(path)
    assert answer.status_code == (302 if who in ("nobody", "who left") else 404)
    assert not answer.streaming


def test_a_name_of_300_letters_is_cut_and_keeps_its_end(cast, take) -> None:
    kept = _attached(take(_with_file(a_mail(cast.petra.email), "a" * 300 + ".txt", "text/plain", b"x")).incident)
    assert len(kept.name) <= 200
    assert kept.name.endswith(".txt")


# 19: Cc


@pytest.mark.parametrize("cc", ["mallory@elsewhere.example", "basil@basic.example", "pia@premier.example, x@y.example"])
def test_who_stands_in_cc_hears_nothing(cast, take, cc: str) -> None:
    incident = take(a_mail(cast.petra.email, Cc=cc)).incident
    take(a_mail(cast.petra.email, "More.", to=reply_address(incident, cast.petra), Cc=cc))
    take(a_mail(cast.ana.email, "On it.", to=reply_address(incident, cast.ana), Cc=cc))
    verbs.resolve(incident, by=cast.ana, text="The cache.")
    strangers = [address.strip() for address in cc.split(",")]
    assert not Notice.objects.filter(recipient__in=strangers).exists()
    assert not any(each.lower() in {"cc", "bcc", "to"} for notice in Notice.objects.all() for each in notice.headers)
    assert list(incident.participants.values_list("person__email", flat=True)) == [cast.petra.email]


# 22: templates


@pytest.mark.parametrize(
    "words", ["{{7*7}}", "{% debug %}", "{0.__class__}", "${7*7}", "{title}", "#{7*7}", "<%= 7*7 %>"]
)
def test_words_are_no_template(cast, take, browser_of, words: str) -> None:
    incident = take(a_mail(cast.petra.email, f"It says {words} all day.", subject=f"Says {words}")).incident
    verbs.reply(incident, by=cast.ana, text=f"We saw {words}.")
    assert incident.title == f"Says {words}"
    receipt, answer = Notice.objects.filter(recipient=cast.petra.email).order_by("-step")
    assert f'We have your report "Says {words}".' in receipt.text
    assert f"We saw {words}." in answer.text
    assert receipt.subject == f"[{incident.reference}] Says {words}"
    stand_for_the_desk()
    page = browser_of(cast.petra).get(reverse("portal-incident", args=[incident.reference])).content.decode()
    from django.utils.html import escape

    assert escape(f"It says {words} all day.") in page


def _attached(incident: Incident) -> Attachment:
    return Attachment.objects.get(message__incident=incident)


def _with_file(raw: bytes, name: str, media_type: str, data: bytes) -> bytes:
    """A mail with a file, its name written as programs write such names (RFC 2231)."""
    from email import message_from_bytes

    letter = message_from_bytes(raw, _class=EmailMessage, policy=SMTP)
    main, _, sub = media_type.partition("/")
    letter.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return letter.as_bytes()
