"""What a table does to the desk: all of it or nothing, as often as one likes, and each row answers for itself."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.notify.models import Notice
from watchkeeper.office.importing import carrying
from watchkeeper.office.importing.carrying import Checked, Given
from watchkeeper.office.importing.kinds import KINDS
from watchkeeper.people.models import Account, Person, Team
from watchkeeper.policies.models import Agreement, Licence

pytestmark = pytest.mark.usefixtures("cast")


def imported(kind: str, text: str, **how) -> Checked:
    return carrying.carry_out(Given(KINDS[kind], f"{kind}.csv", text.encode(), **how), by=None)


def problems(kind: str, text: str, **how) -> list[str]:
    checked = imported(kind, text, **how)
    return [str(problem) for problem in checked.plan.problems]


def steps(kind: str, text: str, **how) -> list[tuple]:
    checked = imported(kind, text, **how)
    assert checked.plan.problems == []
    return [tuple(step) for step in checked.plan.steps]


# accounts

ACCOUNTS = """\
name;slug;team;account_executive;default_severity;sees_only_own
Acme Ltd;acme;North;axel@vendor.example;High;yes
Basic;basic;Gateway;axel@vendor.example;;no
"""


def test_an_account_is_added_with_all_that_its_row_says():
    says = ("team: North", "account executive: Axel", "default severity: 2", "sees only own: yes")
    assert steps("accounts", ACCOUNTS) == [(2, "added", "Acme Ltd (acme)", says)]
    acme = Account.objects.get(slug="acme")
    assert (acme.name, acme.team.name, acme.account_executive.name) == ("Acme Ltd", "North", "Axel")
    assert (acme.default_severity, acme.sees_only_own) == (2, True)


def test_an_account_says_where_its_customer_is():
    text = "name,zone,place,region\nBasic,Europe/Berlin,de-by,EMEA\n"
    assert steps("accounts", text)[0][3] == ("zone: none → Europe/Berlin", "place: none → DE-BY", "region: none → EMEA")
    basic = Account.objects.get(slug="basic")
    assert (basic.zone, basic.place, basic.region) == ("Europe/Berlin", "DE-BY", "EMEA")


def test_a_second_run_of_the_same_file_changes_nothing():
    imported("accounts", ACCOUNTS)
    plan = imported("accounts", ACCOUNTS).plan
    assert (plan.added, plan.changed, plan.unchanged, plan.beside) == (0, 0, 2, [])


def test_a_changed_row_changes_the_account_and_says_what():
    imported("accounts", ACCOUNTS)
    changed = ACCOUNTS.replace("Acme Ltd;acme;North", "Acme plc;acme;Gateway").replace(";yes", ";no")
    assert steps("accounts", changed) == [
        (
            2,
            "changed",
            "acme",
            ("name: Acme Ltd → Acme plc", "team: North → Gateway", "sees only own: yes → no"),
        )
    ]
    assert Account.objects.get(slug="acme").name == "Acme plc"


def test_a_column_that_is_left_out_changes_nothing_and_an_empty_cell_empties():
    imported("accounts", ACCOUNTS)
    assert steps("accounts", "name,team\nAcme Ltd,\n") == [(2, "changed", "acme", ("team: North → none",))]
    acme = Account.objects.get(slug="acme")
    assert (acme.team, acme.default_severity) == (None, 2)


def test_without_a_slug_an_account_is_found_by_its_name_and_a_new_one_gets_a_free_slug():
    assert steps("accounts", "name\nBASIC\nÄcme & Co.\nAcme Co\n")[1:] == [
        (3, "added", "Äcme & Co. (acme-co)", ()),
        (4, "added", "Acme Co (acme-co-2)", ()),
    ]
    assert Account.objects.get(slug="basic").name == "BASIC"


def test_a_team_that_is_not_there_is_added_and_said():
    assert imported("accounts", ACCOUNTS).plan.beside == ["team North is added"]
    assert Team.objects.filter(name="North").count() == 1


REFUSED_ACCOUNTS = {
    "name\n": [],
    "name,slug\n,acme\n": ["line 2, name: is empty; write what the customer is called"],
    "name,slug\nAcme,Acme Ltd\n": [
        "line 2, slug: “Acme Ltd” is not a slug; write small letters, digits and hyphens, as acme-ltd"
    ],
    "name,slug\nBasic,other\n": ["line 2, name: “Basic” is the account basic; write that slug, or another name"],
    "name,slug\nPremier,basic\n": ["line 2, name: “Premier” is the name of the account premier; each needs its own"],
    "name,slug\nA,a\nB,a\n": ["line 3: is about a, as line 2 is; an account stands in a table once"],
    "name,account_executive\nA,ana@vendor.example\n": [
        "line 2, account_executive: “ana@vendor.example” is not an account executive of this desk; "
        "did you mean axel@vendor.example?"
    ],
    "name,account_executive\nA,axel\n": [
        "line 2, account_executive: “axel” is not a mail address; write one as name@host.example"
    ],
    "name,default_severity\nA,0\n": [
        "line 2, default_severity: “0” is not a severity of the policy; there are critical,"
    ],
    "name,zone\nA,Berlin\n": ['line 2, zone: "Berlin" is not an IANA zone'],
    "name,place\nA,Bavaria\n": ['line 2, place: "BAVARIA" is not a country code; write US, or DE-BY for a region'],
    "name,sees_only_own\nA,perhaps\n": ["line 2, sees_only_own: “perhaps” is neither yes nor no"],
    f"name\n{'x' * 201}\n": [f"line 2, name: “{'x' * 57}…” has 201 characters; at most 200 are kept"],
}


@pytest.mark.parametrize("text", REFUSED_ACCOUNTS, ids=range(len(REFUSED_ACCOUNTS)))
def test_an_account_that_cannot_be_is_refused_by_line_and_column(text):
    before = list(Account.objects.values())
    found = problems("accounts", text)
    assert len(found) == len(REFUSED_ACCOUNTS[text])
    for said, begins in zip(found, REFUSED_ACCOUNTS[text], strict=True):
        assert said.startswith(begins)
    assert list(Account.objects.values()) == before


def test_one_bad_row_among_good_ones_keeps_all_of_them_out():
    found = problems("accounts", "name,team\nAcme,North\nBasic,\nBad,\n,\nX,y,z\n,East\n")
    assert [said.split(":")[0] for said in found] == ["line 6", "line 7, name"]
    assert not Account.objects.filter(name="Acme").exists()
    assert not Team.objects.filter(name="North").exists()
    assert Account.objects.get(slug="basic").team is not None


# people

PEOPLE = """\
email,name,account,roles,teams,zone,active
Nora@Vendor.example,Nora,,engineer; manager,Gateway; North,Europe/Oslo,
kim@basic.example,"=1+1",Basic,,,,
kai@basic.example,Kai,basic,customer manager,,Europe/Berlin,no
"""


def test_people_of_the_vendor_and_of_customers_are_added():
    assert steps("people", PEOPLE) == [
        (2, "added", "Nora <nora@vendor.example>", ("engineer and manager of the vendor, Gateway and North",)),
        (3, "added", "=1+1 <kim@basic.example>", ("customer of Basic",)),
        (4, "added", "Kai <kai@basic.example>", ("customer manager of Basic",)),
    ]
    nora, kim, kai = (Person.objects.get(email=f"{who}.example") for who in ("nora@vendor", "kim@basic", "kai@basic"))
    assert (nora.roles, nora.zone, {team.name for team in nora.teams.all()}) == (
        ["engineer", "manager"],
        "Europe/Oslo",
        {"Gateway", "North"},
    )
    assert (kim.name, kim.account.slug, kim.roles, kim.is_active) == ("=1+1", "basic", ["customer"], True)
    assert (kai.roles, kai.is_active) == (["customer_manager"], False)
    assert not any(person.has_usable_password() for person in (nora, kim, kai))


def test_people_who_are_imported_again_stay_as_they_are():
    imported("people", PEOPLE)
    plan = imported("people", PEOPLE).plan
    assert (plan.added, plan.changed, plan.unchanged) == (0, 0, 3)


def test_what_changes_about_somebody_is_said():
    imported("people", PEOPLE)
    changed = PEOPLE.replace("engineer; manager,Gateway; North,Europe/Oslo,", "engineer,East,,no")
    assert steps("people", changed) == [
        (
            2,
            "changed",
            "nora@vendor.example",
            (
                "roles: engineer, manager → engineer",
                "zone: Europe/Oslo → none",
                "active: yes → no",
                "teams: Gateway, North → East",
            ),
        )
    ]
    nora = Person.objects.get(email="nora@vendor.example")
    assert ([team.name for team in nora.teams.all()], nora.is_active) == (["East"], False)


def test_a_table_of_names_alone_touches_nothing_else():
    imported("people", PEOPLE)
    assert steps("people", "email,name\nnora@vendor.example,Nora B.\nmia@vendor.example,Mia\n") == [
        (2, "changed", "nora@vendor.example", ("name: Nora → Nora B.",))
    ]
    nora = Person.objects.get(email="nora@vendor.example")
    assert (nora.roles, nora.teams.count()) == (["engineer", "manager"], 2)


REFUSED_PEOPLE = {
    "email,name\nada,Ada\n": ["line 2, email: “ada” is not a mail address"],
    "email,name\nada@x.example,\n": ["line 2, name: is empty"],
    "email,name\nada@x.example,Ada\n": ["line 2, roles: is empty; one of the vendor's people has at least one role"],
    "email,name,account\nx@y.example,X,Bassic\n": [
        "line 2, account: “Bassic” is not the slug or name of an account; did you mean basic?"
    ],
    "email,name,roles\nx@y.example,X,king\n": [
        "line 2, roles: “king” is not a role; there are customer, customer_manager"
    ],
    "email,name,roles\nx@y.example,X,customer\n": ["line 2, roles: customer belongs to an account"],
    "email,name,account,roles\nx@y.example,X,basic,engineer\n": [
        "line 2, roles: engineer is for the vendor's own people, who have no account"
    ],
    "email,name,account,teams\nx@y.example,X,basic,Gateway\n": ["line 2, teams: is for the vendor's own people"],
    "email,name,account\nana@vendor.example,Ana,basic\n": [
        "line 2, account: ana@vendor.example belongs to the vendor, and nobody changes sides"
    ],
    "email,name,account\nbasil@basic.example,Basil,premier\n": [
        "line 2, account: basil@basic.example belongs to the account basic"
    ],
    "email,name,account\nx@y.example,X,basic\nX@Y.example,X,basic\n": [
        "line 3, email: x@y.example stands in line 2 already"
    ],
    "email,name,account,zone\nx@y.example,X,basic,Europe/Wien\n": [
        'line 2, zone: "Europe/Wien" is not an IANA zone; write a name such as Europe/Vienna'
    ],
    "email,name,active\nmia@vendor.example,Mia,no\n": ["leaves the desk without a manager who may sign in; keep one"],
    "email,name,roles\nmia@vendor.example,Mia,engineer\n": ["leaves the desk without a manager who may sign in"],
}


@pytest.mark.parametrize("text", REFUSED_PEOPLE, ids=range(len(REFUSED_PEOPLE)))
def test_a_person_who_cannot_be_is_refused_by_line_and_column(text):
    before = list(Person.objects.values())
    found = problems("people", text)
    assert len(found) == len(REFUSED_PEOPLE[text]) == 1
    assert found[0].startswith(REFUSED_PEOPLE[text][0])
    assert list(Person.objects.values()) == before


def test_nobody_is_mailed_unless_somebody_says_so():
    imported("people", PEOPLE)
    assert not Notice.objects.exists()


def test_new_people_who_may_sign_in_are_mailed_a_link_where_that_is_asked(settings):
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url("smtp://mail.example.com")
    imported("people", PEOPLE + "mia@vendor.example,Mia,,manager,Gateway,,\n", invites=True)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {"nora@vendor.example", "kim@basic.example"}


def test_invitations_are_refused_where_no_mail_could_go_or_too_many_would(settings, monkeypatch):
    settings.WATCHKEEPER_SMTP = None
    assert "no mail server is set" in problems("people", PEOPLE, invites=True)[0]
    settings.WATCHKEEPER_SMTP = SmtpServer.from_url("smtp://mail.example.com")
    monkeypatch.setattr(carrying, "MOST_INVITED", 1)
    assert "2 people would be mailed at once, and at most 1 are" in problems("people", PEOPLE, invites=True)[0]
    assert not Person.objects.filter(email="kim@basic.example").exists()


# licences


def test_licences_are_added_and_their_ends_changed():
    Licence.objects.all().delete()
    text = (
        "account,from,to,last_day\nBasic,2026-01-01,2027-01-01,\npremier,2026-01-01,,2026-12-31\nadvance,2026-03-01,,\n"
    )
    assert steps("licences", text) == [
        (2, "added", "Basic, from 2026-01-01", ("until 2026-12-31",)),
        (3, "added", "Premier, from 2026-01-01", ("until 2026-12-31",)),
        (4, "added", "Advance, from 2026-03-01", ("without end",)),
    ]
    assert imported("licences", text).plan.unchanged == 3
    assert steps("licences", text.replace("2026-03-01,,", "2026-03-01,,2026-03-31")) == [
        (4, "changed", "Advance, from 2026-03-01", ("ends: without end → until 2026-03-31",))
    ]
    assert Licence.objects.get(account__slug="advance").period.upper == date(2026, 4, 1)


def test_a_licence_is_made_longer_by_the_one_that_follows_it():
    Licence.objects.all().delete()
    imported("licences", "account,from,to\nbasic,2025-01-01,2026-01-01\n")
    assert len(steps("licences", "account,from,to\nbasic,2026-01-01,2027-01-01\nbasic,2025-01-01,2026-01-01\n")) == 1


REFUSED_LICENCES = {
    "account,from\nbasic,2026-01-01\n": "line 2, from: overlaps the one from 2020-01-01, which the desk has already",
    "account,from,to\nnobody,2101-01-01,\n": "line 2, account: “nobody” is not the slug or name of an account",
    "account,from\nbasic,31.01.2101\n": "line 2, from: “31.01.2101” is not a date; write year-month-day, as 2026-01-31",
    "account,from\nbasic,2101-02-30\n": "line 2, from: “2101-02-30” is not a date",
    "account,from\nbasic,\n": "line 2, from: is empty",
    "account,from,to\nbasic,2101-01-01,2101-01-01\n": "line 2, to: ends before it begins on 2101-01-01",
    "account,from,last_day\nbasic,2101-01-02,2101-01-01\n": "line 2, last_day: ends before it begins",
    "account,from,to,last_day\nbasic,2101-01-01,2102-01-01,2101-12-31\n": "line 2, last_day: stands beside to",
    "account,from\nbasic,2101-01-01\nBasic,2101-01-01\n": "line 3, from: basic from 2101-01-01 stands in line",
    "account,from\nbasic,2102-01-01\nbasic,2101-01-01\n": "line 2, from: overlaps line 3, from 2101-01-01",
}


@pytest.mark.parametrize("text", REFUSED_LICENCES, ids=range(len(REFUSED_LICENCES)))
def test_a_licence_that_cannot_be_is_refused_by_line_and_column(text):
    before = list(Licence.objects.values())
    (said,) = problems("licences", text)
    assert said.startswith(REFUSED_LICENCES[text])
    assert list(Licence.objects.values()) == before


# agreements

SLA = "sla: Basic 2101\nacknowledgement:\n  1: {within: 1h}\n"
AGREEMENTS = f"""\
account,level,product,environment,from,to,sla
Basic,Premium,,,2101-01-01,2102-01-01,"{SLA}"
basic,advanced,Gateway,,2101-01-01,,
basic,advanced,,production,2101-01-01,,
"""


def test_agreements_are_added_with_what_they_cover_and_their_sla():
    assert steps("agreements", AGREEMENTS) == [
        (2, "added", "Basic, everything, from 2101-01-01", ("premium, until 2101-12-31, with an SLA",)),
        (6, "added", "Basic, Gateway, from 2101-01-01", ("advanced, without end",)),
        (7, "added", "Basic, production, from 2101-01-01", ("advanced, without end",)),
    ]
    added = Agreement.objects.filter(account__slug="basic")
    assert {(one.level, one.scope, one.scope_value) for one in added} == {
        ("premium", "all", ""),
        ("advanced", "product", "Gateway"),
        ("advanced", "environment", "production"),
    }
    assert added.get(scope="all").sla_text == SLA.strip()
    assert imported("agreements", AGREEMENTS).plan.unchanged == 3


def test_what_changes_in_an_agreement_is_said():
    imported("agreements", AGREEMENTS)
    changed = AGREEMENTS.replace("within: 1h", "within: 30m").replace("advanced,Gateway", "premium,Gateway")
    changed = changed.replace("2102-01-01", "2103-01-01")
    assert [(step[0], step[3]) for step in steps("agreements", changed)] == [
        (2, ("ends: until 2101-12-31 → until 2102-12-31", "SLA: other words")),
        (6, ("level: advanced → premium",)),
    ]


def test_an_agreement_keeps_its_sla_where_the_table_does_not_speak_of_slas():
    imported("agreements", AGREEMENTS)
    assert steps("agreements", "account,level,from\nbasic,premium,2101-01-01\n")[0][3] == (
        "ends: until 2101-12-31 → without end",
    )
    assert Agreement.objects.get(account__slug="basic", scope="all").sla_text == SLA.strip()


def test_an_sla_may_lie_in_a_file_beside_the_table():
    text = "account,level,from,sla_file\nbasic,premium,2101-01-01,basic.yaml\n"
    assert problems("agreements", text) == [
        "line 2, sla_file: “basic.yaml” is no file given beside the table; none was given"
    ]
    assert len(steps("agreements", text, sla_files={"basic.yaml": SLA})) == 1
    assert Agreement.objects.get(account__slug="basic").sla_text == SLA.strip()


REFUSED_AGREEMENTS = {
    "account,level,from\nbasic,gold,2101-01-01\n": "line 2, level: “gold” is not a level of the policy; there are",
    "account,level,from\npremier,premium,2026-01-01\n": "line 2, from: overlaps the one from 2020-01-01",
    "account,level,product,environment,from\nbasic,premium,A,B,2101-01-01\n": "line 2, environment: stands beside",
    'account,level,from,sla\nbasic,premium,2101-01-01,"sla: X\nacknowledgment: {1: 4h}"\n': (
        "line 2, sla: the SLA is unsound: acknowledgment"
    ),
    "account,level,from,sla,sla_file\nbasic,premium,2101-01-01,sla: X,x.yaml\n": "line 2, sla_file: stands beside sla",
    "account,level,from\nbasic,premium,2101-01-01\nbasic,advanced,2101-01-01\n": "line 3, from: the same begins on",
    "account,level,from\nbasic,premium,2101-01-01\nbasic,advanced,2101-06-01\n": "line 3, from: overlaps line 2",
}


@pytest.mark.parametrize("text", REFUSED_AGREEMENTS, ids=range(len(REFUSED_AGREEMENTS)))
def test_an_agreement_that_cannot_be_is_refused_by_line_and_column(text):
    before = list(Agreement.objects.values())
    said = problems("agreements", text, sla_files={"x.yaml": "sla: X"})[0]
    assert said.startswith(REFUSED_AGREEMENTS[text])
    assert list(Agreement.objects.values()) == before


def test_what_a_table_says_of_the_past_is_written_whatever_others_hold_now():
    """Each row is judged by how the desk will be, not by the order of the file."""
    text = "account,level,from,to\nbasic,premium,2103-01-01,\nbasic,premium,2101-01-01,2102-01-01\n"
    imported("agreements", text)
    between = "account,level,from,to\nbasic,advanced,2102-01-01,2103-01-01\n"
    assert len(steps("agreements", between)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_checked_table_writes_nothing(kind):
    tables = {
        "accounts": ACCOUNTS,
        "people": PEOPLE,
        "licences": "account,from\nbasic,2101-01-01\n",
        "agreements": AGREEMENTS,
    }
    before = [list(model.objects.values()) for model in (Account, Person, Team, Licence, Agreement)]
    assert carrying.check(Given(KINDS[kind], "x.csv", tables[kind].encode())).plan.steps
    assert [list(model.objects.values()) for model in (Account, Person, Team, Licence, Agreement)] == before
