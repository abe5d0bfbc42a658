"""The trail holds: nothing is changed or removed by the application, and what the owner changes is found."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.cast import raise_curtain
from watchkeeper.incidents import verbs
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.models import Event, Incident, Message, PublishedReport
from watchkeeper.people.wall import for_the_desk


@pytest.fixture
def incident(cast, report):
    made = report(cast.petra, 1)
    verbs.acknowledge(made, by=cast.ana)
    verbs.note(made, by=cast.ana, text="looks like the upstream pool")
    verbs.reply(made, by=cast.petra, text="It is worse now.")
    return made


def test_an_untouched_chain_holds(cast, incident):
    assert first_flaw(cast.premium) is None


def test_numbers_on_a_timeline_and_in_an_account_have_no_gaps(cast, incident, report):
    report(cast.petra, 2)
    assert list(incident.events.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    chain = Event.objects.filter(account=cast.premium).order_by("account_number")
    assert list(chain.values_list("account_number", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("statement", ["update incidents_event set kind = 'noted'", "delete from incidents_event"])
def test_the_application_may_not_change_or_remove_an_event(incident, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_application_may_not_empty_the_events(incident):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("truncate incidents_event")


def test_a_changed_message_is_found(cast, incident):
    Message.objects.filter(body__contains="upstream").update(body="nothing to see")
    flaw = first_flaw(cast.premium)
    assert (flaw.account_number, flaw.why) == (4, "changed: the message is not the one that was written")


def test_erased_content_leaves_the_chain_whole(cast, incident):
    message = Message.objects.get(body__contains="upstream")
    message.body, message.salt, message.erased_at = "", "", incident.received_at
    message.save()
    assert first_flaw(cast.premium) is None


TAMPERING = {
    "an event's kind is changed": ("update incidents_event set kind = 'replied' where account_number = 3", 3),
    "a time is changed": ("update incidents_event set at = at - interval '1 hour' where account_number = 2", 2),
    "an event is removed": (
        "delete from incidents_message where event_id = (select id from incidents_event where account_number = 2);"
        "delete from incidents_event where account_number = 2",
        2,
    ),
    "two events change places": (
        "update incidents_event set account_number = account_number + 1000 where account_number in (2, 3);"
        "update incidents_event set account_number = 1005 - account_number where account_number > 1000",
        2,
    ),
    "a published report is changed": ("update incidents_publishedreport set cause = 'Nobody knows.'", 6),
    "a published report is removed": ("delete from incidents_publishedreport", 6),
}


@pytest.mark.parametrize("tampering", TAMPERING, ids=str)
def test_what_the_owner_of_the_database_does_to_it_is_found_at_the_first_bad_row(committed_db, tampering):
    with for_the_desk():
        cast = raise_curtain()
        made = verbs.report(
            verbs.Report("Down", "All of it", 1), account=cast.premium, by=cast.petra, channel=Incident.Channel.PORTAL
        )
        verbs.acknowledge(made, by=cast.ana)
        verbs.note(made, by=cast.ana, text="looks like the upstream pool")
        verbs.resolve(made, by=cast.ana, text="Fixed.")
        verbs.publish_report(made, by=cast.ana, written=dict.fromkeys(PublishedReport.SECTIONS, "A full disk."))
        assert first_flaw(cast.premium) is None
    statements, first_bad = TAMPERING[tampering]
    with connections["owner"].cursor() as owner:
        owner.execute(statements)
    with for_the_desk():
        assert first_flaw(cast.premium).account_number == first_bad
