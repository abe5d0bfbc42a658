"""Whom a role stands for, and who stands in where it stands for nobody."""

from __future__ import annotations

import pytest

from watchkeeper.core.policy import ACCOUNT_EXECUTIVE, ASSIGNEE, DISTRIBUTION, MANAGERS, ON_CALL, ROLES_TOLD, Contact
from watchkeeper.escalation.recipients import NobodyToTell, recipients
from watchkeeper.incidents.reading import standing_of
from watchkeeper.policies.versions import policy_of


@pytest.fixture
def told(cast, report):
    """``told(roles, assignee=…)``: the addresses behind these roles on an incident of Premier."""
    incident = report(cast.petra)

    def addresses(*roles, assignee=None):
        found = recipients(
            roles,
            account=incident.account,
            assignee=assignee,
            policy=policy_of(incident.policy_version),
            promise=standing_of(incident).promise,
        )
        return [recipient.address for recipient in found]

    addresses.account = incident.account
    return addresses


@pytest.mark.parametrize("role", ROLES_TOLD)
def test_every_role_a_policy_may_name_reaches_somebody(told, role):
    assert told(role)


def test_without_an_assignee_the_one_on_call_is_meant(cast, told):
    assert told(ASSIGNEE) == told(ON_CALL) == ["oncall@vendor.example"]
    assert told(ASSIGNEE, assignee=cast.ana) == ["ana@vendor.example"]


def test_without_an_account_executive_the_managers_are_meant(cast, told):
    assert told(ACCOUNT_EXECUTIVE) == ["axel@vendor.example"]
    told.account.account_executive = None
    assert told(ACCOUNT_EXECUTIVE) == ["mia@vendor.example"]


def test_an_address_in_two_roles_is_told_once(cast, told):
    assert told(ASSIGNEE, MANAGERS, assignee=cast.mia) == ["mia@vendor.example"]


def test_the_distribution_is_every_address_of_its_contact(told):
    assert told(DISTRIBUTION) == ["escalation@vendor.example"]


def test_a_contact_is_told_at_each_of_its_addresses(told):
    director = Contact("Director", ("director@vendor.example", "deputy@vendor.example"))
    assert told(director, MANAGERS) == [*director.emails, "mia@vendor.example"]


def test_a_role_nobody_knows_is_refused_with_those_there_are(told):
    with pytest.raises(NobodyToTell, match="write one of assignee, managers"):
        told("the board")
