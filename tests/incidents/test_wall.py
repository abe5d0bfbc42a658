"""The second wall: what a transaction sees is decided by PostgreSQL, whatever a query forgets."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from watchkeeper.clocks.models import Commitment
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.people.wall import NoTransaction, stand_as, stand_for, stand_for_the_desk


@pytest.fixture
def two_accounts(cast, report):
    report(cast.petra, 1)
    report(cast.clara, 1)
    return cast


def test_a_customer_sees_the_rows_of_their_account_alone(two_accounts):
    stand_as(two_accounts.petra)
    assert {incident.account_id for incident in Incident.objects.all()} == {two_accounts.premium.pk}
    assert {event.account_id for event in Event.objects.all()} == {two_accounts.premium.pk}
    assert {row.account_id for row in Commitment.objects.all()} == {two_accounts.premium.pk}


def test_the_desk_sees_all(two_accounts):
    stand_for_the_desk()
    assert Incident.objects.count() == 2


@pytest.mark.parametrize("nobody", [None, "anonymous"])
def test_who_stands_for_nobody_sees_nothing(two_accounts, nobody):
    stand_as(nobody)
    assert not Incident.objects.exists()
    assert not Event.objects.exists()


def test_nobody_writes_into_another_account(two_accounts):
    foreign = Incident.objects.get(account=two_accounts.contracted)
    stand_for(two_accounts.premium)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Incident.objects.create(
            account=two_accounts.contracted,
            channel="portal",
            policy_version_id=foreign.policy_version_id,
            title="not mine",
            severity=1,
            received_at=foreign.received_at,
            stands_at=foreign.received_at,
        )


@pytest.mark.django_db
def test_the_tests_run_as_a_role_that_no_wall_lets_through():
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute("select count(*) from pg_class where relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_every_table_with_an_account_stands_behind_the_wall():
    ours = ("policies", "clocks", "notify", "incidents", "premium")
    with_account = {
        model._meta.db_table
        for room in ours
        for model in apps.get_app_config(room).get_models()
        if any(field.name == "account" for field in model._meta.fields)
    }
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    assert with_account - walled == set()


def test_standing_outside_a_transaction_is_refused(committed_db):
    with pytest.raises(NoTransaction, match=r"inside transaction\.atomic"):
        stand_for_the_desk()
