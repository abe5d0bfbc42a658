"""`watchkeeper demo`: an empty desk is filled with a past that is honest about itself, and mails nobody.

It is filled once for all these tests, in a transaction that they only read in and that is undone in the end.
"""

from __future__ import annotations

import os
import stat
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from tests.config.desk_commands import call

from watchkeeper.config import demo
from watchkeeper.config.demo import sign_ins
from watchkeeper.core import lifecycle
from watchkeeper.incidents import evidence
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import stand_for_the_desk


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def filled(var, django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("WATCHKEEPER_VAR", str(var))
        stand_for_the_desk()
        yield demo.fill()
        transaction.set_rollback(True)


def test_there_are_four_customers_and_some_forty_incidents_in_every_state(filled):
    assert Account.objects.count() == 4
    assert 40 <= Incident.objects.count() <= 45
    assert set(Incident.objects.values_list("state", flat=True)) == set(lifecycle.STATES)
    assert Incident.objects.filter(is_breached=True, may_be_escalated=True).exists()
    assert Incident.objects.open().filter(is_breached=False, due_at__isnull=False).exists()


def test_every_event_names_the_demo_and_is_recorded_when_the_desk_was_filled(filled):
    assert set(Event.objects.values_list("source", flat=True)) == {"demo"}
    assert not Event.objects.filter(recorded_at__lt=clock.now() - timedelta(minutes=10)).exists()
    assert not Event.objects.filter(at__gt=F("recorded_at")).exists()


def test_every_chain_holds_and_every_row_equals_its_timeline(filled):
    assert [evidence.first_flaw(account) for account in Account.objects.all()] == [None] * 4
    assert call("rebuild", "--check") == 0


def test_what_would_have_been_said_is_kept_and_nothing_waits_to_be_sent(filled):
    assert Notice.objects.count() > 50
    assert set(Notice.objects.values_list("status", flat=True)) == {"kept"}
    assert not Notice.objects.filter(queued_at__gt=F("finished_at")).exists()
    assert Notice.objects.filter(queued_at__lt=clock.now() - timedelta(days=5)).exists()


def test_the_password_is_random_opens_the_desk_and_is_kept_for_this_user_alone(filled, var):
    lena = next(sign_in for sign_in in filled if sign_in.name == "Lena Fischer")
    assert Person.objects.get(email=lena.email).check_password(lena.password)
    assert len(lena.password) >= 16
    assert stat.S_IMODE(os.stat(var / sign_ins.FILE).st_mode) == 0o600


def test_filled_once_it_only_says_again_how_to_sign_in(filled, capsys):
    before = Incident.objects.count()
    assert demo.fill() == filled
    assert call("demo") == 0
    assert filled[0].password in capsys.readouterr().out
    assert Incident.objects.count() == before
