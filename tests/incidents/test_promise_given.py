"""Which promise an incident is given, and that it keeps it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.cast import ALWAYS, POLICY
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.incidents import verbs
from watchkeeper.incidents.reading import standing_of
from watchkeeper.policies.models import Agreement, Licence
from watchkeeper.policies.publishing import publish


def acknowledgement_of(incident):
    return Commitment.objects.of_incident(incident.pk).get(metric="acknowledgement")


def test_a_licence_gives_the_level_it_includes(cast, report):
    assert acknowledgement_of(report(cast.basil, 1)).due_at == chicago("2026-03-04 16:00")


def test_an_agreement_gives_the_level_it_buys(cast, report):
    assert acknowledgement_of(report(cast.ada, 1)).due_at == chicago("2026-03-03 13:00")


def test_a_contracted_sla_overrides_what_it_names_and_leaves_the_rest(cast, report):
    assert acknowledgement_of(report(cast.clara, 1)).due_at == chicago("2026-03-02 10:30")
    assert acknowledgement_of(report(cast.clara, 2)).due_at == chicago("2026-03-02 14:00")


def test_the_narrowest_scope_wins(cast, report):
    Agreement.objects.create(
        account=cast.basic, level="premium", scope="environment", scope_value="production", period=ALWAYS
    )
    assert acknowledgement_of(report(cast.basil, 1, environment="production")).due_at == chicago("2026-03-02 12:00")
    assert acknowledgement_of(report(cast.basil, 1, environment="staging")).due_at == chicago("2026-03-04 16:00")


def test_without_licence_or_agreement_a_report_is_accepted_without_a_promise(cast, report):
    Licence.objects.filter(account=cast.basic).delete()
    incident = report(cast.basil, 1)
    assert (incident.state, incident.due_at, incident.look_again_at) == ("new", None, None)
    assert standing_of(incident).promise is None


def test_outside_the_level_a_report_is_accepted_and_kept_without_a_commitment(cast, report):
    incident = report(cast.basil, 3)
    assert not Commitment.objects.of_incident(incident.pk).exists()
    assert (incident.due_at, incident.look_again_at) == (None, None)


@pytest.mark.parametrize(("account_default", "expected"), [(None, 2), (4, 4)])
def test_a_report_without_a_severity_takes_the_accounts_default_else_the_policys(
    cast, report, account_default, expected
):
    cast.premium.default_severity = account_default
    cast.premium.save()
    assert report(cast.petra, None).severity == expected


def test_a_new_policy_version_changes_no_open_incident(cast, report, clock):
    before = report(cast.petra, 1)
    publish(POLICY.read_text().replace("within: 2h, goal: 15m", "within: 1h, goal: 15m"), valid_from=date(2026, 3, 1))
    verbs.note(before, by=cast.ana, text="still the old promise")
    assert acknowledgement_of(before).due_at == chicago("2026-03-02 12:00")
    assert acknowledgement_of(report(cast.petra, 1)).due_at == chicago("2026-03-02 11:00")


def test_an_upgrade_laid_on_an_open_incident_brings_the_due_time_forward_from_its_own_moment(cast, report, clock):
    incident = report(cast.basil, 1)
    Agreement.objects.create(account=cast.basic, level="premium", period=ALWAYS)
    clock.advance(timedelta(hours=1))
    verbs.apply_promise(incident, by=cast.ana)
    assert acknowledgement_of(incident).due_at == chicago("2026-03-02 13:00")


def test_two_agreements_of_one_scope_cannot_overlap(cast):
    with pytest.raises(IntegrityError, match="agreements_of_one_scope_never_overlap"), transaction.atomic():
        Agreement.objects.create(
            account=cast.premium, level="advanced", period=DateRange(date(2030, 1, 1), date(2031, 1, 1))
        )
