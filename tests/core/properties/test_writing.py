"""What is written of a policy or an SLA says the same: over everything shipped, and everything hypothesis makes up."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.core.policy_text import SMALL
from tests.core.properties import policy_documents
from tests.core.properties.policy_documents import Document, text_of
from tests.patience import examples
from watchkeeper.core.policy_file import PolicyFile, PolicyFileErrors, open_policy, open_sla, read_policy, read_sla
from watchkeeper.core.policy_file.writing import written, written_sla
from watchkeeper.policies import shipped

SHIPPED = {"production-support": shipped.shipped_policy(), **shipped.examples()}
GENERATED = settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))

SLAS = [
    "",
    "acknowledgement: {1: 1h}",
    "acknowledgement: {1: {hours: office}, 2: {goal: 5m}}",
    "acknowledgement: {1: {within: 2h, goal: 15m, published_as: Within minutes up to 2 hours}, 3: none}",
    "hours: office\nacknowledgement: {1: 2 business days, 2: as agreed, 3: {within: 4 elapsed hours, starts: receipt}}",
    "acknowledgement: {1: {hours: night}}\nhours: {night: {weekly: {every day: 22:00-06:00}, holidays: [DE, 12-24]}}",
    "on_call: night\ncontacts: {night: {phone: +1 555}}\nfeatures: [a named engineer]",
    "escalation: {}\nupdate: {1: 1h}\nresolution: {2: 9h}",
    "escalation: {eligible: none, ladder: [{after: 1h, tells: managers}], path: [Boss, {name: Desk, contact: desk}]}",
    "variants: [{when: {product: Gateway, agreed_since: 2026-01-01}, acknowledgement: {2: 1h}}]",
    "variants: [{when: {region: EU}, hours: office}, {when: {channel: phone}, acknowledgement: {1: none}}]",
    "limits: {of: cases, at_most: 10, each: month}\nchannels: {1: phone, others: [web, mail]}\nlanguages: [en, ja]",
]


def opened(path: str) -> PolicyFile:
    with open(path, encoding="utf-8") as file:
        return open_policy(file.read())


@pytest.mark.property
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_policy_is_written_back_whole(name: str) -> None:
    file = opened(SHIPPED[name])
    text = written(file.policy, holidays=file.holidays)
    again = open_policy(text, holidays=file.holidays)
    assert again.policy == file.policy
    assert again.holidays == file.holidays
    assert written(again.policy, holidays=again.holidays) == text


@pytest.mark.property
@pytest.mark.parametrize("name", SHIPPED)
def test_a_policy_written_without_its_countries_is_complete_in_itself(name: str) -> None:
    policy = opened(SHIPPED[name]).policy
    assert open_policy(written(policy), holidays={}).policy == policy


@pytest.mark.property
@given(policy_documents.policies())
@GENERATED
def test_any_policy_is_written_back_whole(document: Document) -> None:
    file = sound(document)
    assert read_policy(written(file.policy)) == file.policy
    with_countries = written(file.policy, holidays=file.holidays)
    assert read_policy(with_countries, holidays=file.holidays) == file.policy


def sound(document: Document) -> PolicyFile:
    try:
        return open_policy(text_of(document))
    except PolicyFileErrors:
        reject()


POLICY = read_policy(SMALL)
GOLD = POLICY.level("gold")


@pytest.mark.property
@pytest.mark.parametrize("terms", SLAS)
def test_an_sla_is_written_back_whole(terms: str) -> None:
    file = open_sla(f"sla: Acme 2026\n{terms}", POLICY, GOLD)
    assert read_sla(written_sla(file.sla, POLICY, GOLD), POLICY, GOLD, holidays={}) == file.sla
    with_countries = written_sla(file.sla, POLICY, GOLD, holidays=file.holidays)
    assert open_sla(with_countries, POLICY, GOLD, holidays=file.holidays) == file


@pytest.mark.property
@given(policy_documents.policies(), st.data())
@GENERATED
def test_any_sla_over_any_policy_is_written_back_whole(document: Document, data: st.DataObject) -> None:
    policy = sound(document).policy
    level = data.draw(st.sampled_from(policy.levels))
    known = {(target.metric, policy.severities[target.severity - 1].key) for target in level.targets}
    try:
        sla = read_sla(text_of(data.draw(policy_documents.slas(known))), policy, level)
    except PolicyFileErrors:
        reject()
    assert read_sla(written_sla(sla, policy, level), policy, level) == sla
