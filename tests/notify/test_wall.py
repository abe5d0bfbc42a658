"""Notices stand behind the wall between accounts, and what was said stays said."""

import pytest
from django.db import DatabaseError, transaction

from tests.notify.stage import new_incident, saying_of
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.answer import accepted
from watchkeeper.notify.models import Attempt, Notice
from watchkeeper.people.wall import stand_for, stand_for_the_desk

pytestmark = pytest.mark.usefixtures("at_the_desk")


@pytest.fixture
def acme():
    incident = new_incident("Acme")
    outbox.queue(saying_of(incident_id=incident.pk, account_id=incident.account_id))
    return incident.account


@pytest.fixture
def bolt():
    return new_incident("Bolt").account


def test_an_account_sees_its_own_notices_and_no_others(acme, bolt) -> None:
    outbox.queue(saying_of(step="the operator's"))

    stand_for(acme)
    assert Notice.objects.get().account_id == acme.pk
    stand_for(bolt)
    assert not Notice.objects.exists()
    stand_for(None)
    assert not Notice.objects.exists()


def test_attempts_are_seen_with_their_notice(acme, bolt, settings) -> None:
    Notice.objects.update(status="queued", finished_at=None)
    outbox.finish(outbox.claim(Notice.objects.get().pk), accepted("250 ok"))

    stand_for(acme)
    assert Attempt.objects.count() == 1
    stand_for(bolt)
    assert Attempt.objects.count() == 0


def test_a_customers_deed_can_say_something_of_its_own_account_only(acme, bolt) -> None:
    stand_for(acme)
    outbox.queue(saying_of(step="answered:3", account_id=acme.pk))

    for account_id in (bolt.pk, None):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            outbox.queue(saying_of(step="answered:4", account_id=account_id))


@pytest.mark.parametrize("rows", [Notice.objects, Attempt.objects], ids=["notices", "attempts"])
def test_the_application_deletes_nothing_that_was_said(rows, acme) -> None:
    stand_for_the_desk()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows.all()._raw_delete("default")
