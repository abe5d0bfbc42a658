from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from tests.core.policy_text import SMALL, changed, problems, read, target
from watchkeeper.core import clock
from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours
from watchkeeper.core.policy import Contact
from watchkeeper.core.policy_file import PolicyFileErrors, open_policy, read_policy
from watchkeeper.core.published import page, plain
from watchkeeper.core.within import Within

SMALL_POLICY = read_policy(SMALL)


def test_severities_are_numbered_in_the_order_of_the_file() -> None:
    assert [(s.number, s.key, s.name, s.definition) for s in SMALL_POLICY.severities] == [
        (1, "1", "Critical", "Down."),
        (2, "2", "High", ""),
        (3, "3", "Medium", ""),
    ]
    assert SMALL_POLICY.default_severity == 2


def test_levels_stand_in_the_order_of_the_file_with_their_words() -> None:
    basic, gold = SMALL_POLICY.levels
    assert (basic.key, basic.name, basic.title, basic.included_in_licence) == ("basic", "Basic", "Basic", True)
    assert not gold.included_in_licence


def test_a_target_is_its_length_alone_or_a_mapping() -> None:
    assert target(SMALL_POLICY, "basic", 1)._replace(severity=2) == target(SMALL_POLICY, "basic", 2)


def test_a_target_is_counted_in_its_own_hours_else_in_the_levels() -> None:
    assert target(SMALL_POLICY, "gold", 1).operating.name == "always"
    assert target(SMALL_POLICY, "gold", 3).operating.name == "office"


def test_a_goal_stands_beside_the_limit() -> None:
    gold = target(SMALL_POLICY, "gold", 1)
    assert (gold.within.length, gold.goal and gold.goal.length) == (timedelta(hours=2), timedelta(minutes=15))


def test_elapsed_counting_holds_for_limit_and_goal_and_may_start_on_receipt() -> None:
    policy = read("2: {within: 4h}", "2: {within: 4h, goal: 1h, counting: elapsed, starts: receipt}")
    within, goal = target(policy, "gold", 2).within, target(policy, "gold", 2).goal
    assert goal is not None
    assert (within.counting, within.starts, goal.counting) == ("elapsed", "receipt", "elapsed")


def test_business_days_may_have_a_cut_off_for_the_limit_and_the_goal() -> None:
    found = target(
        read("2: {within: 4h}", "2: {within: 2 business days, goal: 1 business day, cut_off: 12:00}"), "gold", 2
    )
    assert found.goal is not None
    assert found.within.cut_off == found.goal.cut_off == timedelta(hours=12)


def test_a_cut_off_is_for_the_limit_in_business_days_and_leaves_a_goal_in_hours_alone() -> None:
    found = target(read("2: {within: 4h}", "2: {within: 2 business days, goal: 4h, cut_off: 12:00}"), "gold", 2)
    assert (found.within.cut_off, found.goal) == (timedelta(hours=12), Within.parse("4h"))


def test_what_may_be_escalated_may_be_said_for_all_levels() -> None:
    text = SMALL.replace("    escalation: {eligible: [1, 2]}\n", "").replace(
        "levels:", "escalation: {eligible: [1]}\nlevels:"
    )
    assert [level.escalation.eligible for level in read_policy(text).levels] == [{1}, {1}]
    none = text.replace("eligible: [1]", "eligible: none")
    assert [level.escalation.eligible for level in read_policy(none).levels] == [frozenset(), frozenset()]


def test_steps_of_the_ladder_may_count_from_the_receipt_for_some_severities() -> None:
    step = "after: 2 elapsed hours, since: receipt, while: unacknowledged, severities: [1, High], tells: managers"
    ladder = f"ladder: [{{{step}}}]"
    (rung,) = read("levels:", f"escalation: {{{ladder}}}\nlevels:").levels[0].escalation.ladder
    assert (rung.since, rung.lasts, rung.severities) == ("receipt", "unacknowledged", {1, 2})
    assert (rung.after.counting, rung.after.starts) == ("elapsed", "receipt")


def test_the_way_of_escalations_and_when_customers_may_take_it_is_published() -> None:
    tier = "{name: Tier 3, hours: office, after: at once}"
    path = f"path: [Support triage, {{name: Duty manager, contact: desk, after: 2h, says: by telephone}}, {tier}]"
    policy = read("levels:", f"escalation: {{customer_after: 4h, {path}}}\nlevels:")
    (note,) = [note for note in page(policy).levels[0].notes if note.heading == "Escalation"]
    assert note.lines == (
        "a customer may escalate from 4 h after the report on, breached or not",
        "1. Support triage",
        "2. Duty manager: after 2 h, by telephone, desk@vendor.example",
        "3. Tier 3: at once, Office Hours",
    )


def test_a_second_scale_is_the_customers_own_and_stands_on_the_page_beside_the_matrix() -> None:
    scales = "priorities: {1: {name: Urgent, definition: Before all else.}, Later: }\n"
    scales += "severity_matrix: {all: {now: 1, soon: 2}, some: {now: 2, soon: 3}}\n"
    policy = read("default_severity: 2", f"{scales}default_severity: 2")
    assert [(note.heading, note.lines) for note in page(policy).notes] == [
        ("Severity by impact and urgency", ("all: now → Critical, soon → High", "some: now → High, soon → Medium")),
        ("The customer’s own priority", ("Urgent: Before all else.", "Later")),
    ]
    assert plain(page(policy))["notes"][1]["lines"] == ("Urgent: Before all else.", "Later")
    (problem,) = problems(changed("default_severity: 2", "priorities: {1: {nome: Urgent}}\ndefault_severity: 2"))
    assert 'a priority has no "nome"; did you mean name?' in problem


def test_business_days_need_no_counting() -> None:
    assert target(read("2: {within: 4h}", "2: next business day"), "gold", 2).within.until_closing


def test_the_only_calendar_of_a_policy_need_not_be_named() -> None:
    one_calendar = changed("  always: around the clock\n", "").replace("    hours: always\n", "")
    assert target(read_policy(one_calendar), "gold", 1).operating.name == "office"


def test_without_rules_every_severity_of_a_level_may_be_escalated() -> None:
    assert SMALL_POLICY.level("basic").escalation.eligible == {1, 2}
    assert SMALL_POLICY.level("gold").escalation.eligible == {1, 2}
    assert read("eligible: [1, 2]", "eligible: none").level("gold").escalation.eligible == frozenset()


def test_the_policys_rules_hold_for_a_level_unless_it_has_its_own() -> None:
    general = (
        "escalation: {answer: 30m, warnings: [1/4, 80%], ladder: [{after: 1h, tells: [managers, on call]}]}\nlevels:"
    )
    policy = read("levels:", general)
    basic, gold = (level.escalation for level in policy.levels)
    assert basic.answer_within == gold.answer_within == Within.parse("30m")
    assert basic.warnings == (Fraction(1, 4), Fraction(4, 5))
    assert basic.ladder[0].tells == ("managers", "on call")
    assert (gold.warnings, gold.ladder) == (basic.warnings, basic.ladder)
    own = read_policy(changed("levels:", general).replace("{eligible: [1, 2]}", "{eligible: [1], warnings: [0.9]}"))
    assert own.level("gold").escalation.warnings == (Fraction(9, 10),)
    assert own.level("gold").escalation.answer_within == basic.answer_within


def test_contacts_have_addresses_each_a_recipient_of_its_own() -> None:
    assert SMALL_POLICY.contacts["escalation"].emails == ("first@vendor.example", "second@vendor.example")
    assert SMALL_POLICY.contacts["desk"] == Contact("Desk", ("desk@vendor.example",))


def test_a_level_is_watched_by_the_contact_on_call_or_the_one_it_names() -> None:
    policy = read("contacts:", "contacts:\n  on_call: {phone: '+1 555'}\n  night: {phone: '+1 556'}")
    assert policy.level("gold").on_call == policy.contacts["on_call"]
    named = changed("contacts:", "contacts:\n  night: {phone: '+1 556'}").replace(
        "    hours: always", "    hours: always\n    on_call: night"
    )
    assert read_policy(named).level("gold").on_call == Contact("Night", phone="+1 556")
    assert SMALL_POLICY.level("gold").on_call is None


def test_yaml_words_are_read_as_they_are_written() -> None:
    policy = read("name: Gold", "name: no")
    assert policy.level("gold").name == "no"
    assert read("policy: small", "policy: 1e3").name == "1e3"
    assert read("zone_label: CT", "zone_label: ~").zone_label is None


def test_a_text_over_several_lines_is_one_line() -> None:
    assert read("name: Gold", "name: |\n      Gold\n      and more").level("gold").name == "Gold and more"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert read_policy("\ufeff" + SMALL.replace("\n", "\r\n")) == SMALL_POLICY


# Operating hours


def hours(weekly: str) -> Hours:
    policy = read('{monday-friday: "08:00-17:00"}', weekly)
    return policy.operating["office"].hours


def counted(of: Hours, start: str, end: str) -> timedelta:
    """Operating time between two local times in Chicago, in winter."""
    return clock.counted(of, datetime.fromisoformat(f"{start}-06:00"), datetime.fromisoformat(f"{end}-06:00"))


WEEK = ("2026-01-05T00:00", "2026-01-12T00:00")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("weekly", "a_week_has"),
    [
        ('{monday-friday: "08:00-17:00"}', 45 * HOUR),
        ("{monday-friday: 08:00-17:00}", 45 * HOUR),
        ("{mon-thu: 08:00–17:00, Friday: 8:00-15:00}", 43 * HOUR),
        ("{sunday-thursday: 09:00-18:00}", 45 * HOUR),
        ('{"saturday, sunday": 10:00-12:00}', 4 * HOUR),
        ('{monday: ["08:00-12:00", "13:00-17:00"]}', 8 * HOUR),
        ('{monday: "08:00-12:00, 13:00-17:00"}', 8 * HOUR),
        ("{every day: all day}", 168 * HOUR),
        ("{every day: 00:00-24:00}", 168 * HOUR),
        ("{every day: 20:00-24:00, }", 28 * HOUR),
        ("around the clock", 168 * HOUR),
        ("24x7", 168 * HOUR),
        ("24x5", 120 * HOUR),
        ("sunday 14:00 - friday 17:00", 123 * HOUR),
        ("friday 17:00 - friday 09:00", 160 * HOUR),
        ("monday 08:00 - monday 08:00", 168 * HOUR),
        ("[monday 08:00 - monday 12:00, wednesday 22:00 - thursday 06:00]", 12 * HOUR),
        ("{monday-friday: 22:00-06:00}", 40 * HOUR),
        ("{monday-thursday: 08:00-17:00, friday: closed}", 36 * HOUR),
    ],
)
def test_weekly_hours_can_be_written_as_vendors_write_them(weekly: str, a_week_has: timedelta) -> None:
    following_week = ("2026-01-12T00:00", "2026-01-19T00:00")
    assert counted(hours(weekly), *following_week) == a_week_has


def test_a_window_over_midnight_belongs_to_the_day_it_opens_on() -> None:
    night = hours("{friday: 22:00-06:00}")
    assert counted(night, "2026-01-09T00:00", "2026-01-10T00:00") == 2 * HOUR
    assert counted(night, "2026-01-10T00:00", "2026-01-11T00:00") == 6 * HOUR


def test_a_stretch_may_end_in_another_zone() -> None:
    weekend = hours("friday 17:00 - monday 10:00 Australia/Sydney")
    # Friday 17:00 in Chicago is 23:00 UTC; Monday 10:00 in Sydney, in its summer, is Sunday 23:00 UTC.
    assert counted(weekend, *WEEK) == 48 * HOUR


def test_a_desk_that_follows_the_sun_is_open_wherever_it_is_day() -> None:
    regions = (
        "    regions:\n"
        "      - {zone: Europe/Berlin, weekly: {monday-friday: 09:00-17:00}}\n"
        "      - {zone: America/Chicago, weekly: {monday-friday: 09:00-17:00}, holidays: [2026-01-06]}\n"
    )
    policy = read('    weekly: {monday-friday: "08:00-17:00"}\n', regions)
    # Berlin is open 08:00–16:00 UTC, Chicago 15:00–23:00 UTC: fifteen hours a day, one overlapping.
    assert counted(policy.operating["office"].hours, "2026-01-05T00:00", "2026-01-06T00:00") == 15 * HOUR
    assert counted(policy.operating["office"].hours, "2026-01-06T00:00", "2026-01-07T00:00") == 8 * HOUR


def test_hours_stand_in_their_own_zone_where_they_name_one() -> None:
    policy = read("  office:\n", "  office:\n    zone: Europe/Berlin\n    zone_label: MEZ\n")
    office = policy.operating["office"]
    assert (office.zone, office.zone_label, office.hours.zone) == ("Europe/Berlin", "MEZ", "Europe/Berlin")
    assert SMALL_POLICY.operating["office"].zone_label == "CT"


def test_around_the_clock_is_open_always_and_its_days_are_local() -> None:
    always = SMALL_POLICY.operating["always"].hours
    assert counted(always, *WEEK) == clock.counted(AROUND_THE_CLOCK, *map(in_chicago, WEEK))
    assert always.zone == "America/Chicago"


def in_chicago(local: str) -> datetime:
    return datetime.fromisoformat(f"{local}-06:00")


def test_single_days_and_exceptions_close_shorten_and_open_days() -> None:
    policy = read(
        "    published_as: Office Hours",
        "    holidays: [2026-01-06, 2026-01-07]\n"
        '    exceptions: {2026-01-07: "10:00-12:00", 2026-01-08: closed, 2026-01-10: [08:00-09:00, 10:00-11:00]}',
    )
    office = policy.operating["office"].hours
    days = [counted(office, f"2026-01-{day:02}T00:00", f"2026-01-{day + 1:02}T00:00") / HOUR for day in range(5, 11)]
    assert days == [9, 0, 2, 0, 9, 2]


def test_a_stored_version_keeps_the_days_it_was_published_with() -> None:
    text = changed("    published_as: Office Hours", "    holidays: US")
    stored = {"US": frozenset({date(2026, 1, 6)})}
    file = open_policy(text, holidays=stored)
    assert file.holidays == {"US": (date(2026, 1, 6),)}
    assert counted(file.policy.operating["office"].hours, *WEEK) == 36 * HOUR
    assert "stored without the holidays of" in str(failure(text, holidays={}))


def failure(text: str, **how: object) -> PolicyFileErrors:
    with pytest.raises(PolicyFileErrors) as raised:
        open_policy(text, **how)  # type: ignore[arg-type]
    return raised.value


# What is wrong with a file


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{within: 4 hrz}", '.within: "4 hrz" is not a duration; write 4h, 90m or 2 business days'),
        ("4", '.within: "4" is not a duration'),
        ("{within: 2 days}", '.within: "2 days" is not a duration; a day has no fixed length; write 24h, 2 business'),
        ("{within: 0h}", '.within: "0h" leaves no time at all'),
        ("{within: -4h}", '.within: "-4h" is not a duration'),
        ("{within: 99999999h}", '.within: "99999999h" is not a duration'),
        ("{within: 100000h}", ".within: a window is at most 3650 days, not 100000 h"),
        ("{goal: 1h}", ".within: is missing; write the length promised"),
        ("{within: }", ".within: is missing; write a length, as 4h"),
        ("{within: [4h]}", ".within: must be one value, not a list or mapping"),
        ("[4h]", ": must be a length, as 8h, or a mapping"),
        ("{within: 4h, gaol: 1h}", '.gaol: a target has no "gaol"; did you mean goal?'),
        (
            "{within: 4h, x: 1}",
            '.x: a target has no "x"; it has at_least, counting, cut_off, each, from, goal, hours, published_as, ',
        ),
        ("{within: 4h, counting: lapsed}", '.counting: "lapsed" is no counting; write operating or elapsed'),
        ("{within: 4h, cut_off: 12:00}", ".cut_off: is for business days; 4 h has no day that a report could miss"),
        (
            "{within: 1 business day, cut_off: noon}",
            '.cut_off: "noon" is no time of day; write 00:00 to 24:00, as 12:00',
        ),
        ("{within: 4h, starts: receipt}", ".starts: on receipt is for counting: elapsed"),
        ("{within: 4h, starts: once}", '.starts: "once" is no start; write opening or receipt'),
        ("{within: 4h, hours: offices}", '.hours: "offices" is not the name of hours; write one of office, always'),
        ("4h\n      High: 5h", "names severity 2 a second time; each has one target a metric"),
    ],
)
def test_a_mistake_in_a_target_is_named_with_its_place_line_and_remedy(written: str, said: str) -> None:
    (problem,) = problems(changed("2: {within: 4h}", f"2: {written}"))
    assert problem.startswith("gold.acknowledgement.")
    assert said in problem
    assert problem.endswith("(line 32)" if "High" in written else "(line 31)")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("8am-5pm", 'holds no time of day in "8am"; write 00:00 to 24:00, as in 08:00-17:00'),
        ('"08:00-25:00"', 'holds no time of day in "25:00"'),
        ('"08:60-17:00"', 'holds no time of day in "08:60"'),
        ('"08:00-08:00"', "ends when it begins; a whole day is 00:00-24:00"),
        ('"24:00-08:00"', "opens at 24:00; write 00:00 under the next day"),
        ("08:00", 'is not a window; write "08:00-17:00", "all day" or closed'),
        ("", 'has no times; write "08:00-17:00", a list of windows, or closed'),
        ('["08:00-12:00", "11:00-17:00"]', "hours.office.weekly.monday-friday: 08:00–12:00 overlaps 11:00–17:00"),
        ("closed", "hours.office: never opens; give it a window"),
    ],
)
def test_a_mistake_in_a_window_is_named_with_its_remedy(written: str, said: str) -> None:
    (problem,) = problems(changed('"08:00-17:00"', written))
    assert problem.startswith("hours.office")
    assert said in problem


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{monday-freitag: all day}", '"monday-freitag" names no days; write monday-friday, sat, sun or every day'),
        ('{"mon-fri, mon": all day}', '"mon-fri, mon" names a day twice'),
        ("{mon-fri: all day, mon: closed}", "hours.office.weekly.mon: names a day that mon-fri has already"),
        ("{mon - tue - wed: all day}", '"mon - tue - wed" names no days'),
        ("8x5", '"8x5" says how long and not when; write {monday-friday: "08:00-17:00"}'),
        ("weekdays", '"weekdays" is not a stretch of days; write "sunday 14:00 - friday 17:00"'),
        ("[monday 09:00 - monday 10:00 Asia/Tokyo]", "hours.office: never opens"),
        ("[monday 09:00 - tuesday 10:00 Mars/Base]", '"Mars/Base" is not an IANA zone'),
        ("", "hours.office.weekly: is missing; write"),
    ],
)
def test_a_mistake_in_a_week_is_named_with_its_remedy(written: str, said: str) -> None:
    (problem,) = problems(changed('{monday-friday: "08:00-17:00"}', written))
    assert said in problem


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("holidays: [2026-02-30]", '"2026-02-30" is no day of any calendar'),
        ("exceptions: {24.12.2026: closed}", '"24.12.2026" is not a date; write it as 2026-12-24'),
        ("exceptions: {2026-12-24: [08:00-12:00, 11:00-13:00]}", "2026-12-24: 08:00–12:00 overlaps 11:00–13:00"),
        ("zone: Mars/Base", '"Mars/Base" is not an IANA zone; write a name such as'),
        ("regions: Berlin", "regions: must be a list of mappings"),
        ("regions: [Berlin]", "regions: must be a list of mappings"),
        ("open: always", 'hours has no "open"'),
    ],
)
def test_a_mistake_in_the_rest_of_a_calendar_is_named_with_its_remedy(written: str, said: str) -> None:
    found = problems(changed("published_as: Office Hours", written))
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{emails: first at vendor}", 'contacts.desk.emails: "first at vendor" is not a mail address; write it as'),
        ('{emails: "a@b.example\\r\\nBcc: c@d.example"}', "is not a mail address"),
        ("{emails: a@b.example, x: 1}", 'contacts.desk.x: a contact has no "x"'),
        ("{phone: 1}", "contacts.desk: has no emails; it is told where nobody is assigned and nobody is on call"),
        ("desk@vendor.example", "contacts.desk: must be a mapping with name, emails and phone"),
    ],
)
def test_a_mistake_in_a_contact_is_named_with_its_remedy(written: str, said: str) -> None:
    (problem,) = problems(changed("{emails: desk@vendor.example}", written))
    assert said in problem


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{warnings: [half]}", 'escalation.warnings: "half" is not a part of the window; write 1/2 or 80%'),
        ("{warnings: [1/0]}", '"1/0" is not a part of the window'),
        ("{warnings: [3/2]}", '"3/2" is not between 0 and 1'),
        ("{answer: soon}", 'escalation.answer: "soon" is not a duration'),
        ("{ladder: 1h}", "escalation.ladder: must be a list of steps"),
        ("{ladder: [1h]}", "escalation.ladder: step 1 must be a mapping with after and tells"),
        ("{ladder: [{after: 1h}]}", "escalation.ladder.1.tells: is missing; write who is told"),
        ("{ladder: [{tells: managers}]}", "escalation.ladder.1.after: is missing; write how long after the breach"),
        ("{ladder: [{after: 1h, tells: managers, since: noon}]}", '"noon" is no beginning of a step; write breach or'),
        ("{ladder: [{after: 1h, tells: managers, while: open}]}", ".while: is for since: receipt"),
        (
            "{ladder: [{after: 1h, tells: managers, since: receipt, while: asleep}]}",
            '"asleep" is no state a step waits',
        ),
        ("{ladder: [{after: 1h, tells: managers, severities: 9}]}", '"9" is not a severity'),
        ("{path: Boss}", "escalation.path: must be a list of names"),
        ("{path: [[Boss]]}", "escalation.path: tier 1 must be a name or a mapping"),
        ("{path: [{says: Call}]}", "escalation.path.1.name: is missing; write who it is"),
        ("{path: [{name: Boss, contact: boss}]}", '"boss" is not the name of a contact'),
        ("{customer_after: soon}", 'escalation.customer_after: "soon" is not a duration'),
        ("{ladder: [{after: 1h, tells: boss}]}", '"boss" is nobody to tell; write one of assignee, managers'),
        ("{ladder: [{after: 1h, tells: boss}]}", "distribution, on call, escalation, desk"),
        ("none", "escalation: must be a mapping of keys and values"),
    ],
)
def test_a_mistake_in_the_escalation_rules_is_named_with_its_remedy(written: str, said: str) -> None:
    (problem,) = problems(changed("levels:\n", f"escalation: {written}\nlevels:\n"))
    assert said in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("default_severity: 2", "default_severity: 9", '"9" is not a severity; write one of 1 (Critical), 2 (High)'),
        ("default_severity: 2\n", "", "default_severity: is missing; write the severity a report without one gets"),
        ("policy: small", "policy:", "policy: is missing; name the policy"),
        ("zone: America/Chicago", "zone: America/Chicgo", '"America/Chicgo" is not an IANA zone; write a name such as'),
        ("zone: America/Chicago\n", "", "zone: is missing; write the zone local times are meant in"),
        ("hours: office", "hours: standard", 'basic.hours: "standard" is not the name of hours; write one of office'),
        ("    hours: always\n", "", "gold.hours: is missing; write one of office, always"),
        ("in_licence: yes", "in_licence: on", '"on" is neither yes nor no'),
        ("name: Gold", "included_in_licence: yes", "a licence includes one level, and basic is marked already"),
        ("name: Gold", "nmae: Gold", 'gold.nmae: a level has no "nmae"; did you mean name?'),
        ("name: Gold", "on_call: nobody", '"nobody" is not the name of a contact; write one of escalation, desk'),
        ("[1, 2]", "[1, 9]", 'gold.escalation.eligible: "9" is not a severity'),
        ("  gold:", "  basic:", '"basic" is given a second time, first in line 19; keep one of the two (line 26)'),
        ("levels:\n", "levels: none\nterms:\n", "levels: must be a mapping of keys and values"),
        ("vendor: Example", "vendor: Example\nclose_after: soon", '"soon" is not a number of days; write 14 days'),
        ("vendor: Example", "vendor: Example\nclose_after: 0 days", '"0 days" is not a number of days'),
        ("vendor: Example", "vendr: Example", 'vendr: a policy has no "vendr"; did you mean vendor?'),
        ("always: around the clock", "always: [all day]", "hours.always: must be"),
        ("  3: Medium", "  3: [Medium]", "severities.3: must be a name or a mapping with name and definition"),
        ("  3: Medium", "  3: high", "severities.3: shares a key or name with severity 2; each needs its own (line 8)"),
        ("  3: Medium", "  3: {name: 1}", "severities.3: shares a key or name with severity 1"),
        ("severities:\n", "severities: {}\nterms:\n", "severities: is empty; write the scale, the most severe first"),
        ("  3: Medium", "  3: {nam: Medium}", 'severities.3.nam: a severity has no "nam"; did you mean name?'),
    ],
)
def test_a_mistake_elsewhere_is_named_with_its_remedy(old: str, new: str, said: str) -> None:
    found = problems(changed(old, new))
    assert said in found[0]


def test_a_severity_that_can_never_be_breached_cannot_be_escalated() -> None:
    assert problems(changed("    included_in_licence: yes", "    escalation: {eligible: [1, 3]}")) == [
        "basic.escalation.eligible: severity 3 (Medium) has no target at this level, so it is never breached and never "
        "escalated; give it a target or take it out (line 22)"
    ]


def test_a_step_for_severities_that_no_level_promises_anything_for_never_comes() -> None:
    ladder = "escalation:\n  ladder:\n    - {after: 1h, tells: managers, severities: [3]}\nlevels:\n"
    text = changed("levels:\n", ladder).replace("      3: {within: 8h, hours: office}\n", "")
    (problem,) = problems(text)
    assert problem.startswith("escalation.ladder.1.severities: are promised nothing, so this step never comes; write")
    assert problem.endswith("(line 20)")
    assert problems(text.replace("tells: managers", "tells: managers, since: receipt")) == []


def test_all_problems_of_a_file_are_told_at_once_in_its_order() -> None:
    text = changed("zone: America/Chicago", "zone: CST").replace("{within: 4h}", "4 hrz").replace("15m", "soon")
    assert [problem.rpartition("(")[2] for problem in problems(text)] == ["line 3)", "line 30)", "line 31)"]


def test_one_mistake_is_one_problem_and_not_its_consequences_too() -> None:
    assert len(problems(changed('"08:00-17:00"', "8-17"))) == 1
    assert len(problems(changed("  1: {name: Critical, definition: Down.}", "  1: []"))) == 1
    assert len(problems(changed("first@vendor.example, second@vendor.example", "first"))) == 1


def test_a_problem_holds_its_parts() -> None:
    (problem,) = failure(changed("2: {within: 4h}", "2: {within: 4 hrz}")).problems
    assert (problem.path, problem.line, problem.found) == ("gold.acknowledgement.2.within", 31, "4 hrz")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'there are no "key: value" lines'),
        ("- a list", 'there are no "key: value" lines'),
        ("a text", 'there are no "key: value" lines'),
        ("\tpolicy: x", "a tab stands where only spaces may; indent with spaces (line 1)"),
        ("policy: x\nhours:\n\tstandard: y", "a tab stands where only spaces may; indent with spaces (line 3)"),
        ("policy: x\x00", "the character '\\x00' is not allowed"),
        ("policy: 'x", "a quote is opened and never closed"),
        ("policy: [x", "a bracket is opened and never closed"),
        ("policy: a: b", "a second colon in one line; put text that holds a colon in quotes (line 1)"),
        ("policy: @vendor", "text may not begin with @; put it in quotes"),
        ("policy: x\n zone: y", "a second colon in one line"),
        ("hours:\n  a: 1\n b: 2", "indented unlike its neighbours"),
        ("policy: &name x\ntitle: *name", "&name names a value to be repeated; write values out"),
        ("policy: *name", "*name repeats another place"),
        ("policy: !!python/object/apply:os.system x", "the tag"),
        ("%YAML 1.1\n---\npolicy: x", "a line that begins with % is a YAML directive"),
        ("policy: x\n---\npolicy: y", "a second document begins"),
        ("? [policy]: x\n: y", "a list or mapping stands where a key should"),
        (": x", "a key is missing before the colon"),
        ("policy: x\npolicy: y", '"policy" is given a second time, first in line 1; keep one of the two (line 2)'),
        ("[" * 5_000, "more than 12 levels deep"),
        ("a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 500)), "more than 12 levels deep"),
        ("policy: " + "x" * 250_000, "the file has 250,008 characters; a policy has at most 250,000"),
    ],
)
def test_what_is_no_policy_at_all_is_said_and_never_a_traceback(text: str, said: str) -> None:
    (problem,) = problems(text)
    assert said in problem


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20)
    )
    assert problems(bomb) == ["&a names a value to be repeated; write values out, anchors are not allowed (line 1)"]


def test_a_quoted_text_in_a_message_is_short_and_printable() -> None:
    (problem,) = problems(changed("2: {within: 4h}", '2: {within: "' + "\\u202e\\x1b[31m" + "x" * 500 + '"}'))
    assert len(problem) < 200
    assert "\u202e" not in problem
    assert "\x1b" not in problem


def test_reports_in_every_hour_of_a_year_are_due_after_they_are_received() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for level in SMALL_POLICY.levels:
        for promised in level.targets:
            for hour in range(0, 365 * 24, 7):
                received = start + hour * HOUR
                assert promised.within.due_at(promised.operating.hours, received) > received


def test_a_contact_that_is_told_of_a_step_needs_an_address() -> None:
    silent = changed("  desk: {", "  boss: {phone: 1}\n  desk: {").replace(
        "levels:\n", "escalation: {ladder: [{after: 1h, tells: [boss, desk]}]}\nlevels:\n"
    )
    (problem,) = problems(silent)
    assert 'ladder.1.tells: "boss" has no emails, so nothing can be told there; give it an address' in problem
    told = read_policy(silent.replace("{phone: 1}", "{emails: boss@vendor.example}"))
    assert told.level("gold").escalation.ladder[0].tells == ("boss", "desk")
