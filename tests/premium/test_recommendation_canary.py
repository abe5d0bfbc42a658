"""Words of another account stand on no page of this room, for nobody whom they do not concern."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.pages.addresses import addresses
from tests.pages.things import serve_elsewhere
from tests.premium.recommended import customer_manager, proposed, reports, sent
from tests.stage import chicago
from watchkeeper.notify.models import Notice
from watchkeeper.people.doors import DOORS
from watchkeeper.people.models import Team
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, DesignatedEngineer
from watchkeeper.premium.guidance import acts as guidance
from watchkeeper.premium.models import AnnouncedChange, Proposal, Recommendation, RunBookNote
from watchkeeper.premium.places import acts as places
from watchkeeper.premium.places.acts import Part

MONDAY = chicago("2026-03-02 10:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OURS = ("recommendation", "proposal", "change", "place", "run-book")


@pytest.fixture
def two_accounts(cast, clock, report):
    """Premier and Contracted have all of it, and each has words of its own; Ana serves Premier alone."""
    serve_elsewhere(cast.contracted)
    Team.objects.get(name="Gateway").members.remove(cast.bo)
    for account, reporter, word, engineer in (
        (cast.premium, cast.petra, "kingfisher", cast.ana),
        (cast.contracted, cast.clara, "hoopoe", cast.mia),
    ):
        customer_manager(account, name=f"Manager-{word}")
        named = {"component": f"{word} component", "title": f"{word} title", "product": f"{word} product"}
        reports(report, reporter, [MONDAY + n * HOUR for n in range(3)], clock.set, **named)
        reports(
            report, reporter, [MONDAY + 3 * HOUR + n * HOUR for n in range(3)], clock.set, component=f"{word} other"
        )
        first, _second = [each for each in proposed() if each.account == account]
        found = sent(first, by=cast.mia, text=f"{word} text")
        guidance.decline(found, by=account.people.get(name=f"Manager-{word}"), reason=f"{word} reason")
        part = Part(f"{word} environment", "", f"{word} component")
        places.write_note(account, by=cast.mia, part=part, text=f"{word} note")
        places.announce(
            account,
            by=reporter,
            title=f"{word} change",
            text=f"{word} words",
            part=part,
            starts_at=MONDAY,
            ends_at=MONDAY + 30 * DAY,
        )
        agreement = Agreement.objects.get(account=account)
        DesignatedEngineer.objects.create(account=account, agreement=agreement, person=engineer)
    return cast


def paths(word: str) -> list[str]:
    """Every page of this room that is about the account with that word, and those that are about all of them."""
    stand_for_the_desk()
    names = {
        "desk/recommendations/": Recommendation.objects.get(text__contains=word).key,
        "recommendations/": Recommendation.objects.get(text__contains=word).key,
        "desk/proposals/": Proposal.objects.get(account__in=_accounts(word), state="open").pk,
        "desk/places/": AnnouncedChange.objects.get(title__contains=word).account.slug,
        "desk/run-book/": RunBookNote.objects.get(text__contains=word).pk,
        "desk/changes/": AnnouncedChange.objects.get(title__contains=word).key,
        "changes/": AnnouncedChange.objects.get(title__contains=word).key,
        "desk/incidents/": AnnouncedChange.objects.get(title__contains=word).account.incidents.first().reference,
    }
    found = []
    for address in addresses():
        if "GET" in DOORS[address.name].methods and any(word in address.name for word in OURS):
            found.append(reverse(address.name, args=[names[address.before]] if address.before else ()))
    slug = names["desk/places/"]
    shows = [f"/desk/recommendations?show={show}" for show in ("proposed", "under-way", "ended")]
    return [*found, *shows, *(f"{show}&account={slug}" for show in shows), f"/desk/recommendations/new?account={slug}"]


def _accounts(word: str) -> list[int]:
    return list(AnnouncedChange.objects.filter(title__contains=word).values_list("account", flat=True))


def read(browser, paths: list[str]) -> str:
    """All that stands on these pages, of those that are there."""
    words = []
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code in (200, 204, 302, 404), path
        words.append(b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode())
    stand_for_the_desk()
    return "\n".join(words)


def test_nobody_reads_a_word_of_an_account_that_is_not_theirs(two_accounts, browser_of):
    cast = two_accounts
    paula = cast.premium.people.get(name="Manager-kingfisher")
    everywhere = [*paths("kingfisher"), *paths("hoopoe")]
    assert len(everywhere) > 40
    for who in (cast.petra, paula, cast.ana):
        said = read(browser_of(who), everywhere)
        assert "kingfisher" in said, f"{who} reads their own"
        assert "hoopoe" not in said, f"{who} reads another's"
    for who in (cast.basil, cast.ada):
        said = read(browser_of(who), everywhere)
        assert "kingfisher" not in said
        assert "hoopoe" not in said
    both = read(browser_of(cast.mia), everywhere)
    assert "kingfisher" in both
    assert "hoopoe" in both


def test_customers_read_no_word_that_is_the_teams_own(two_accounts, browser_of):
    cast = two_accounts
    manager = cast.premium.people.get(name="Manager-kingfisher")
    for who in (cast.petra, manager):
        said = read(browser_of(who), paths("kingfisher"))
        assert "kingfisher text" in said
        assert "kingfisher note" not in said, "the run book"
        assert "kingfisher other had" not in said, "a proposal"
        assert "3 or more within" not in said, "a threshold"


def test_mails_speak_of_the_account_of_their_reader(two_accounts):
    for notice in Notice.objects.filter(step__startswith="recommendation-sent"):
        own, other = ("kingfisher", "hoopoe") if "premier" in notice.recipient else ("hoopoe", "kingfisher")
        assert own in notice.text + notice.subject
        assert other not in notice.text + notice.subject
