"""Mail that waits for a person: seen on the desk, read again, reported for its sender, or left."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.intake.mails import a_mail
from tests.stage import chicago
from watchkeeper.incidents.models import Incident
from watchkeeper.intake.models import ReceivedMail
from watchkeeper.notify.models import Notice

HOSTILE = "<script>alert('mail')</script>"


@pytest.fixture
def waiting(cast, take) -> ReceivedMail:
    mail = take(a_mail("sam@elsewhere.example", f"Severity: 1\n\n{HOSTILE} is down.", subject=f"Help {HOSTILE}"))
    assert mail.status == "quarantined"
    return mail


def test_it_stands_first_with_why_it_waits(cast, browser_of, waiting) -> None:
    page = browser_of(cast.ana).get(reverse("desk-mails-in")).content.decode()
    assert "sam@elsewhere.example" in page
    assert "Nobody here has its sender" in page


@pytest.mark.parametrize("name", ["desk-mails-in", "desk-mail-in"])
def test_what_it_says_is_text(cast, browser_of, waiting, name) -> None:
    args = [waiting.key] if name == "desk-mail-in" else []
    page = browser_of(cast.ana).get(reverse(name, args=args)).content.decode()
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_the_file_is_what_came_and_no_browser_interprets_it(cast, browser_of, waiting) -> None:
    answer = browser_of(cast.ana).get(reverse("desk-mail-in-file", args=[waiting.key]))
    assert b"".join(answer.streaming_content) == bytes(waiting.raw.data)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_reported_for_a_customer_its_clock_counts_from_when_it_came(cast, browser_of, waiting, clock) -> None:
    clock.set(chicago("2026-03-02 11:30"))
    answer = browser_of(cast.ana).post(
        reverse("desk-mail-in-report", args=[waiting.key]), {"email": cast.petra.email.upper()}
    )
    incident = Incident.objects.get()
    assert answer.status_code == 302
    assert (incident.reporter, incident.severity, incident.received_at) == (cast.petra, 1, waiting.counts_from)
    assert incident.events.get(number=1).source == "quarantine"
    assert Notice.objects.filter(recipient=cast.petra.email, step="reported:1").exists()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.incident, waiting.settled_by) == ("taken", incident, cast.ana)


def test_it_is_reported_once(cast, browser_of, waiting) -> None:
    ana = browser_of(cast.ana)
    for _ in range(2):
        ana.post(reverse("desk-mail-in-report", args=[waiting.key]), {"email": cast.petra.email})
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "nobody@elsewhere.example", "ana@vendor.example", "no address"])
def test_whom_it_is_for_must_be_a_customer_and_what_was_typed_stays(cast, browser_of, waiting, typed) -> None:
    answer = browser_of(cast.ana).post(reverse("desk-mail-in-report", args=[waiting.key]), {"email": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode() or not typed
    waiting.refresh_from_db()
    assert waiting.status == "quarantined"


def test_left_without_effect_it_is_kept_as_it_came(cast, browser_of, waiting) -> None:
    browser_of(cast.ana).post(reverse("desk-mail-in-dropping", args=[waiting.key]))
    waiting.refresh_from_db()
    assert (waiting.status, waiting.settled_by) == ("dropped", cast.ana)
    assert HOSTILE.encode() in bytes(waiting.raw.data)


def test_read_again_it_is_judged_by_what_is_known_now(cast, browser_of, waiting, take) -> None:
    from watchkeeper.people.models import Person

    Person.objects.create_person(
        "sam@elsewhere.example", name="Sam", password=None, roles=["customer"], account=cast.premium
    )
    browser_of(cast.ana).post(reverse("desk-mail-in-again", args=[waiting.key]))
    from tests.intake.reading_here import ReadsHere
    from watchkeeper.intake.mail.taking import take_one

    assert take_one(ReadsHere(), is_slow=True)
    waiting.refresh_from_db()
    assert waiting.incident.reporter.name == "Sam"
    assert waiting.incident.received_at == waiting.counts_from


def test_a_door_that_does_not_work_is_told_above_them(cast, browser_of) -> None:
    from django.utils import timezone

    from watchkeeper.intake.models import DoorFault

    DoorFault.objects.create(door="mailbox desk@imap.example", fault="LOGIN <failed>", since=timezone.now())
    page = browser_of(cast.ana).get(reverse("desk-mails-in")).content.decode()
    assert "A door for mail does not work" in page
    assert "LOGIN &lt;failed&gt;" in page
