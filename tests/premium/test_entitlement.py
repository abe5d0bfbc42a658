"""What an account holds beside its targets: by its level, by its SLA, and only in words that the desk understands."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import ALWAYS
from tests.corpus.policy_reference import PAGE
from watchkeeper.core import features
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.entitlement import accounts_holding, entitlement_of, first_level_with, holds

ADDED = """\
sla: With reviews
features: [Monthly service-reviews, a fruit basket]
"""


def test_premium_brings_everything_and_the_other_levels_nothing(cast):
    now = clock.now()
    assert entitlement_of(cast.premium, at=now).features == frozenset(features.FEATURES)
    assert entitlement_of(cast.advanced, at=now).features == frozenset()
    assert entitlement_of(cast.basic, at=now).features == frozenset()


def test_an_sla_may_add_one_and_the_desk_says_what_it_does_not_understand(cast):
    Agreement.objects.filter(account=cast.advanced).update(sla_text=ADDED)
    held = entitlement_of(cast.advanced, at=clock.now())
    assert held.features == {features.SERVICE_REVIEWS}
    assert held.words == ("Monthly service-reviews", "a fruit basket")
    assert held.reviewed_each == features.MONTH
    assert entitlement_of(cast.premium, at=clock.now()).reviewed_each == features.QUARTER


def test_an_agreement_that_ended_brings_nothing(cast):
    now = clock.now()
    Agreement.objects.filter(account=cast.premium).delete()
    assert not holds(cast.premium, features.SERVICE_REVIEWS, at=now)


def test_the_accounts_that_hold_a_feature_are_found_among_all(cast):
    stand_for_the_desk()
    found = accounts_holding(features.ONGOING_SUPPORT, at=clock.now())
    assert found == [cast.contracted, cast.premium]


def test_they_are_found_with_as_many_questions_however_many_there_are(cast, django_assert_num_queries):
    stand_for_the_desk()
    now = clock.now()
    with CaptureQueriesContext(connection) as few:
        accounts_holding(features.SERVICE_REVIEWS, at=now)
    for number in range(10):
        account = Account.objects.create(name=f"Another {number}", slug=f"another-{number}")
        Agreement.objects.create(account=account, level="premium", period=ALWAYS)
    with django_assert_num_queries(len(few)):
        assert len(accounts_holding(features.SERVICE_REVIEWS, at=now)) == 12


def test_what_a_variant_brings_in_some_circumstances_is_asked_of_each_account(cast):
    stand_for_the_desk()
    sla = "sla: In one region\nvariants:\n  - {when: {region: EMEA}, features: [service reviews]}\n"
    Agreement.objects.filter(account=cast.advanced).update(sla_text=sla)
    assert cast.advanced not in accounts_holding(features.SERVICE_REVIEWS, at=clock.now())
    Account.objects.filter(pk=cast.advanced.pk).update(region="EMEA")
    assert cast.advanced in accounts_holding(features.SERVICE_REVIEWS, at=clock.now())


def test_the_level_to_ask_for_is_the_lowest_that_brings_it(cast):
    level = first_level_with(features.SERVICE_REVIEWS, policy_in_force(clock.now()))
    assert level is not None
    assert level.key == "premium"


def test_a_feature_is_understood_however_it_is_written():
    written = ["Performance-Optimisation  recommendations", "STRATEGIC INSIGHTS"]
    assert features.features_in(written) == {
        features.PERFORMANCE_OPTIMIZATION,
        features.STRATEGIC_INSIGHTS,
        features.SERVICE_REVIEWS,
    }
    assert features.features_in(["health checks"]) == frozenset()


def test_the_reference_of_the_policy_lists_every_word_that_is_understood():
    page = PAGE.read_text("utf-8")
    listed = page.partition("### Features that the desk keeps")[2].partition("\n## ")[0]
    for word in features.BROUGHT_BY:
        assert f"| `{word}` |" in listed
