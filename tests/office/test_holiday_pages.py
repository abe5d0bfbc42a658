"""``/desk/policy/holidays``: from a list or a file to a draft of the policy, day by day, and nothing holds by it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import POLICY
from tests.office.test_holiday_files import file_of
from tests.reading import words_of
from watchkeeper.core.policy_file import read_policy
from watchkeeper.office.models import PolicyDraft
from watchkeeper.office.publishing import drafts
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import PolicyVersion

TEXT = POLICY.read_text(encoding="utf-8")
START = "/desk/policy/holidays"
CALENDAR = file_of(
    "SUMMARY:New Year|DTSTART;VALUE=DATE:20260101",
    "SUMMARY:Good Friday|DTSTART;VALUE=DATE:20260403",
    "SUMMARY:Founders' Day|DTSTART;VALUE=DATE:20260404",
    "SUMMARY:Christmas|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=YEARLY",
    "SUMMARY:Early closing|DTSTART:20261224T130000",
)


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


def give(browser, content: bytes = CALENDAR, *, name: str = "days.ics", **more):
    form = {"file": SimpleUploadedFile(name, content), "calendar": "standard", "into": "new", **more}
    answer = browser.post(f"{START}/file", form)
    stand_for_the_desk()
    return answer


def rows(page: bytes) -> list[tuple[str, bool, str]]:
    """Each proposed day: the value of its box (empty without one), whether it is ticked, and the words of its row."""
    body = page.decode()
    found = re.findall(r"<tr>\s*<td data-label=\"Take\">(.*?)</td>(.*?)</tr>", body, re.DOTALL)
    return [
        (unescape(box.partition('value="')[2].partition('"')[0]), "checked" in box, words_of(rest.encode()))
        for box, rest in found
    ]


def accept(browser, days: list[str], **more):
    answer = browser.post(f"{START}/drafts", {"day": days, "calendar": "standard", "into": "new", **more})
    stand_for_the_desk()
    return answer


def holidays_of(text: str) -> set[str]:
    (schedule,) = read_policy(text).operating["standard"].hours.schedules
    return {day.isoformat() for day in schedule.holidays}


def test_the_pages_are_for_managers_and_unknown_to_others(cast, browser_of, client):
    for person in (cast.ana, cast.axel, cast.petra):
        browser = browser_of(person)
        assert [browser.get(page).status_code for page in (START, f"{START}/country")] == [404, 404]
        assert [browser.post(page).status_code for page in (f"{START}/file", f"{START}/drafts")] == [404, 404]
    assert client.get(START).url.startswith("/sign-in")


def test_a_file_is_shown_day_by_day_with_what_each_day_is_already(mia):
    page = give(mia).content
    assert rows(page)[:3] == [
        ("2026-04-03 Good Friday", True, "Fri 3 Apr 2026 Good Friday new"),
        ("2026-04-04 Founders' Day", False, "Sat 4 Apr 2026 Founders' Day closed anyway"),
        ("2026-12-25 Christmas", True, "Fri 25 Dec 2026 Christmas new"),
    ]
    words = words_of(page)
    assert "into a new draft of version 1: 8 days ahead, 6 of them new" in words
    assert "1 day in the past Thu 1 Jan 2026 · New Year" in words
    assert "19 Early closing It begins at 13:00; taken are whole days." in words
    assert not PolicyDraft.objects.exists(), "looking writes nothing"


def test_what_is_there_already_or_has_an_exception_cannot_be_ticked(cast, mia):
    there = "    holidays: [2026-04-03]\n    exceptions: {2026-12-25: 08:00-12:00}\n    published_as: Standard Hours\n"
    PolicyVersion.objects.create(
        number=2,
        text=TEXT.replace("    published_as: Standard Hours\n", there, 1),
        valid_from=date(2026, 6, 1),
        published_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    first, _saturday, christmas, *_ = rows(give(mia).content)
    assert first == ("", False, "Fri 3 Apr 2026 Good Friday there already")
    assert christmas[:2] == ("", False)
    assert "has an exception" in christmas[2]


def test_accepting_writes_the_ticked_days_with_their_names_into_a_draft_and_nothing_holds_by_it(cast, mia):
    answer = accept(mia, ["2026-12-25 Christmas", "2026-04-03 Good Friday"], source="days.ics")
    draft = PolicyDraft.objects.get()
    assert answer.url == f"/desk/policy/drafts/{draft.pk}/"
    assert (draft.note, draft.author, draft.based_on.number) == (
        "2 holidays for standard, from days.ics",
        cast.mia,
        1,
    )
    added = "    holidays:\n      - 2026-04-03  # Good Friday\n      - 2026-12-25  # Christmas\n"
    before = PolicyVersion.objects.get().text
    after = "    published_as: Standard Hours\n"
    assert draft.text == before.replace(after, after + added, 1)
    assert PolicyVersion.objects.count() == 1


def test_further_holidays_can_go_into_the_same_draft(cast, mia):
    accept(mia, ["2026-12-25 Christmas"])
    draft = PolicyDraft.objects.get()
    shown = give(mia, into=str(draft.pk)).content
    assert ("", False, "Fri 25 Dec 2026 Christmas there already") in rows(shown)
    accept(mia, ["2026-12-25 Christmas", "2026-04-03 Good Friday"], into=str(draft.pk))
    draft.refresh_from_db()
    assert draft.revision == 2
    assert holidays_of(draft.text) == {"2026-04-03", "2026-12-25"}
    assert draft.text.count("2026-12-25") == 1


def test_a_draft_that_is_unsound_or_closed_takes_none(cast, mia):
    version = PolicyVersion.objects.get()
    broken = drafts.open_draft("policy: x", based_on=version, note="Oops", by=cast.mia)
    answer = give(mia, into=str(broken.pk))
    assert answer.status_code == 422
    assert "The draft “Oops” is no sound policy: zone: is missing" in words_of(answer.content)
    drafts.discard(broken, by=cast.mia)
    assert give(mia, into=str(broken.pk)).status_code == 422
    answer = accept(mia, ["2026-12-25 x"], into=str(broken.pk))
    assert answer.url == START
    assert "There is no such open draft any more" in words_of(mia.get(START).content)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"days": []}, "No day was ticked, so nothing was written."),
        ({"days": ["2026-12-25"], "calendar": "nights"}, "These hours are not in the policy any more"),
        ({"days": ["2026-12-25"], "into": "%00"}, "There is no such open draft any more."),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_written(mia, posted, said):
    assert accept(mia, posted.pop("days"), **posted).url == START
    assert said in words_of(mia.get(START).content)
    stand_for_the_desk()
    assert not PolicyDraft.objects.exists()


def test_days_that_are_no_dates_are_a_bad_request(mia):
    assert accept(mia, ["tomorrow"]).status_code == 400


def test_a_name_stays_a_comment_whatever_it_says(mia):
    accept(mia, ["2026-12-25 x\n      - 2030-01-01\u2028# <script>alert(1)</script>"])
    draft = PolicyDraft.objects.get()
    assert holidays_of(draft.text) == {"2026-12-25"}
    assert "<script>alert" not in mia.get(f"/desk/policy/drafts/{draft.pk}/").content.decode()


def test_a_country_is_chosen_then_its_regions_and_days(mia):
    page = mia.get(f"{START}?country=DE").content.decode()
    assert '<option value="BY">Bayern (BY)</option>' in page
    assert "Catholic" in page
    assert '<option value="US" selected>' in mia.get(START).content.decode(), "the zone of the policy is in the US"
    asked = "country=DE&region=BY&categories=public&first_year=2026&last_year=2026&calendar=standard&into=new"
    shown = mia.get(f"{START}/country?{asked}").content
    assert ("2026-06-04 Corpus Christi", True, "Thu 4 Jun 2026 Corpus Christi new") in rows(shown)
    assert "Germany, Bayern" in words_of(shown)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("region=XX", "Select a valid choice. XX is not one of the available choices."),
        ("categories=fun", "Select a valid choice. fun is not one of the available choices."),
        ("first_year=2030", "The last year comes after the first"),
        ("first_year=1&last_year=99999999", "they are 1 to 10 years from 1990 to 2100"),
        ("first_year=soon", "Enter a whole number."),
        ("calendar=premium2", "Select a valid choice."),
        ("into=7", "Select a valid choice."),
    ],
)
def test_a_country_that_is_asked_for_wrongly_says_what_is_allowed(mia, asked, said):
    given = {"country": "DE", "categories": "public", "first_year": "2026", "last_year": "2027"}
    given |= {"calendar": "standard", "into": "new"} | dict(part.split("=") for part in asked.split("&"))
    answer = mia.get(f"{START}/country", given)
    assert answer.status_code == 422
    assert said in words_of(answer.content)


def test_a_country_that_nobody_knows_is_said_to_be_none(mia):
    assert "is no country with known holidays" in words_of(mia.get(f"{START}?country=XX%00").content)
    assert mia.get(f"{START}/country?country=XX").url == START


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "days.ics: line 1: is no iCalendar file in UTF-8"),
        (b"", "days.ics: line 1: is no iCalendar file"),
        (b"BEGIN:VCALENDAR\nDTSTART;;X:1\n", 'days.ics: line 2: "DTSTART;;X:1" is no property'),
        (b"x" * 10_000_000, "days.ics has 10,000,000 bytes; at most 1,000,000 are read."),
        (b'{"scotland": {"events": []}}', "days.ics: has days of divisions; choose among Scotland"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(mia, content, said):
    answer = give(mia, content)
    assert answer.status_code == 422
    assert said in words_of(answer.content)


def test_days_without_an_end_are_named_and_not_taken(mia):
    page = give(mia, file_of("SUMMARY:Standup|DTSTART;VALUE=DATE:20260101|RRULE:FREQ=DAILY")).content
    words = words_of(page)
    assert "No day can be taken from it" in words
    assert "2 Standup It recurs without an end, daily; a calendar of holidays says until when." in words


def test_bank_holidays_are_taken_by_their_division(mia):
    content = b'{"scotland": {"events": [{"title": "Burns", "date": "2027-01-25", "notes": ""}]}}'
    page = give(mia, content, name="bank-holidays.json", division="scotland").content
    assert rows(page) == [("2027-01-25 Burns", True, "Mon 25 Jan 2027 Burns new")]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("20260102", "This calendar is over Its last day was 2 January 2026: nothing in it lies ahead."),
        ("20260703", "This calendar ends soon It knows no day after 3 July 2026."),
    ],
)
def test_a_calendar_that_is_over_or_nearly_so_is_warned_of(mia, until, said):
    assert said in words_of(give(mia, file_of(f"SUMMARY:Last|DTSTART;VALUE=DATE:{until}")).content)


def test_one_that_goes_on_is_not_warned_of(mia):
    assert "This calendar" not in words_of(give(mia).content)


def test_more_days_than_anybody_looks_at_are_refused(mia):
    every = "DTSTART;VALUE=DATE:20260401|RRULE:FREQ=DAILY;COUNT=600"
    answer = give(mia, file_of(every))
    assert answer.status_code == 422
    assert "600 days lie ahead; at most 500 are proposed at once." in words_of(answer.content)


def test_a_region_of_hours_that_follow_the_sun_has_holidays_of_its_own(cast, mia):
    sun = (
        "  standard:\n    regions:\n      - {zone: Europe/London, weekly: {monday-friday: 09:00-17:00}}\n"
        "      - {zone: America/Chicago, weekly: {monday-friday: 08:00-17:00}}\n    published_as: Standard Hours\n"
    )
    a, b = TEXT.index("  standard:\n"), TEXT.index("  premium:\n", TEXT.index("hours:\n"))
    PolicyVersion.objects.create(
        number=2,
        text=TEXT[:a] + sun + TEXT[b:],
        valid_from=date(2026, 1, 1),
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert "standard, Europe/London" in words_of(mia.get(START).content)
    accept(mia, ["2026-08-31 Summer"], calendar="standard/1")
    london, chicago = read_policy(PolicyDraft.objects.get().text).operating["standard"].hours.schedules
    assert london.holidays == {date(2026, 8, 31)}
    assert not chicago.holidays


def test_hours_of_one_word_alone_leave_nothing_to_choose(cast, mia):
    text = TEXT.replace('    weekly: {monday-friday: "08:00-17:00"}', "    weekly: around the clock")
    text = re.sub(
        r"  (standard|premium):\n    weekly: around the clock.*\n    published_as.*\n",
        r"  \1: around the clock\n",
        text,
    )
    PolicyVersion.objects.create(
        number=2, text=text, valid_from=date(2026, 1, 1), published_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert "No hours that could have holidays" in words_of(mia.get(START).content)
