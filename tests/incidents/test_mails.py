"""What the mails of a conversation carry for each who gets them."""

from __future__ import annotations

import pytest

from tests.notify.stage import NAMED_SERVER
from watchkeeper.incidents import verbs
from watchkeeper.notify.models import Notice


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.WATCHKEEPER_SMTP = NAMED_SERVER


def mail(incident, event, person) -> Notice:
    """What a person is told of an event."""
    return Notice.objects.get(
        incident_id=incident.pk, step=f"{event.kind}:{event.number}", recipient=person.email, channel="mail"
    )


# From whom


@pytest.mark.parametrize("verb", ["acknowledge", "reply", "ask", "resolve"])
def test_what_an_engineer_says_comes_from_them_by_name(cast, report, verb):
    incident = report(cast.petra)
    event = getattr(verbs, verb)(incident, by=cast.ana, text="We look into it.")
    assert mail(incident, event, cast.petra).speaker == "Ana"


def test_what_a_customer_says_comes_from_them(cast, report):
    incident = report(cast.petra)
    verbs.acknowledge(incident, by=cast.ana, text="Mine.")
    event = verbs.reply(incident, by=cast.petra, text="Thank you.")
    assert mail(incident, event, cast.ana).speaker == "Petra"


def test_what_the_desk_says_by_itself_comes_from_nobody_by_name(cast, report):
    incident = report(cast.petra)
    verbs.classify(incident, by=cast.ana, severity=2, reason="Milder")
    automatic = Notice.objects.filter(incident_id=incident.pk, headers__has_key="Auto-Submitted")
    assert automatic.filter(recipient=cast.petra.email).count() == 2  # the receipt, and the change
    assert set(automatic.values_list("speaker", flat=True)) == {""}
