"""The outbox, the list of escalations, and reporting for a customer."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape


def test_the_outbox_shows_what_was_said_and_how_far_it_came(cast, browser_of, report):
    incident = report(cast.petra, 1)
    page = browser_of(cast.ana).get(reverse("desk-outbox")).content.decode()
    assert cast.petra.email in page
    assert incident.reference in page


def test_a_mail_can_be_read_whole(cast, browser_of, report):
    from watchkeeper.notify.models import Notice

    for notice in Notice.objects.for_incident(report(cast.petra, 1).pk):
        page = browser_of(cast.mia).get(reverse("desk-mail", args=[notice.pk])).content.decode()
        assert escape(notice.text) in page
        assert str(notice.pk) in page


def test_what_stands_in_place_of_an_erased_mail_is_said_in_the_language_of_the_page(cast, browser_of, report):
    from watchkeeper.notify.models import Notice

    report(cast.petra, 1)
    notice = Notice.objects.first()
    notice.text = Notice.REDACTED
    notice.save()
    mia = browser_of(cast.mia)
    address = reverse("desk-mail", args=[notice.pk])
    assert Notice.REDACTED in mia.get(address).content.decode()
    mia.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    assert "(gelöscht: Es hätte nicht geschrieben werden sollen)" in mia.get(address).content.decode()


def test_a_hostile_mail_is_text(cast, browser_of, report):
    from watchkeeper.notify.models import Notice

    report(cast.petra, 1, title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    ana = browser_of(cast.ana)
    for notice in Notice.objects.all():
        page = ana.get(reverse("desk-mail", args=[notice.pk])).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("status=kept", True), ("status=failed", False), ("q=PETRA@", True), ("q=nobody@", False), ("status=odd", True)],
)
def test_the_outbox_is_narrowed_by_status_and_search(cast, browser_of, report, query, is_found):
    report(cast.petra, 1)
    page = browser_of(cast.ana).get(f"{reverse('desk-outbox')}?{query}").content.decode()
    assert (cast.petra.email in page) is is_found


def test_a_sign_in_mail_is_for_one_pair_of_eyes(cast, browser_of, clock):
    from watchkeeper.notify.models import Notice
    from watchkeeper.people import clock as desk_clock

    now = desk_clock.now()
    secret = Notice.objects.create(
        step="sign-in:1",
        urgency="sign_in",
        recipient="bo@vendor.example",
        channel="mail",
        subject="Your way in",
        text="canary-of-the-secret",
        status=Notice.Status.KEPT,
        next_attempt_at=now,
        queued_at=now,
        finished_at=now,
    )
    mia = browser_of(cast.mia)
    assert "Your way in" not in mia.get(reverse("desk-outbox")).content.decode()
    assert mia.get(reverse("desk-mail", args=[secret.pk])).status_code == 404


def test_the_outbox_costs_the_same_however_much_it_shows(cast, browser_of, report):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ana = browser_of(cast.ana)
    report(cast.petra, 1)
    ana.get(reverse("desk-outbox"))  # the process asks once whether the desk has been set up
    with CaptureQueriesContext(connection) as few:
        ana.get(reverse("desk-outbox"))
    for _ in range(4):
        report(cast.ada, 1)
    with CaptureQueriesContext(connection) as many:
        ana.get(reverse("desk-outbox"))
    assert len(many) == len(few)
