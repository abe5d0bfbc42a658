"""Reply templates: what managers keep, what variables stand for on an incident, and that people's words stay words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.incidents.desk.reply_templates import pages
from watchkeeper.incidents.desk.reply_templates.variables import VARIABLES, NotWritten, checked
from watchkeeper.incidents.models import ReplyTemplate
from watchkeeper.people import clock as desk_clock
from watchkeeper.people.wall import stand_for_the_desk

HELLO = "Hello {{ customer }}, about {{reference}}: {{ engineer }}"
EVIL = "{{7*7}} {% debug %} {0.__class__} {{ account }}"


@pytest.fixture
def write(cast, browser_of):
    """``write(person, name=…, text=…)``: what that person gets for a new template, having followed."""

    def written(person, **given):
        answer = browser_of(person).post(reverse("desk-new-template"), given, follow=True)
        stand_for_the_desk()
        return answer

    return written


@pytest.fixture
def keep(cast):
    def kept(text, name="Hello"):
        return ReplyTemplate.objects.create(name=name, text=text, changed_by=cast.mia, changed_at=desk_clock.now())

    return kept


@pytest.fixture
def offered(browser_of):
    """``offered(person, incident)``: the choices that their page asks for."""

    def choices(person, incident, **headers):
        asked = reverse("desk-incident-templates", args=[incident.reference])
        answer = browser_of(person).get(asked, headers={"HX-Request": "true"} | headers)
        stand_for_the_desk()
        return words_of(answer.content)

    return choices


def test_a_manager_writes_one_and_the_team_reads_it(cast, write, browser_of):
    page = words_of(write(cast.mia, name="  Say   hello ", text=HELLO).content)
    assert "The template Say hello is kept." in page
    read = words_of(browser_of(cast.ana).get(reverse("desk-templates")).content)
    assert HELLO in read
    assert "by Mia" in read
    assert "Change Say hello" not in read


def test_only_managers_write_and_customers_know_nothing_of_them(cast, write, browser_of, keep):
    kept = keep(HELLO)
    assert write(cast.ana, name="Mine", text="Hi").status_code == 404
    for name in ("desk-template", "desk-template-removal"):
        assert browser_of(cast.ana).post(reverse(name, args=[kept.pk]), {}).status_code == 404
    assert browser_of(cast.petra).get(reverse("desk-templates")).status_code == 404
    stand_for_the_desk()
    assert list(ReplyTemplate.objects.all()) == [kept]


def test_it_is_changed_and_removed(cast, keep, browser_of):
    kept, browser = keep(HELLO), browser_of(cast.mia)
    page = words_of(
        browser.post(reverse("desk-template", args=[kept.pk]), {"name": "Hi", "text": "Hi."}, follow=True).content
    )
    assert "The template Hi is kept." in page
    page = words_of(browser.post(reverse("desk-template-removal", args=[kept.pk]), follow=True).content)
    assert "The template Hi is removed." in page
    assert "No template yet" in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ color }} and {{7*7}}", "{{ color }}, {{ 7*7 }} stands for nothing; write {{ reference }}, {{ title }}"),
        ("{{ due|safe }}", "{{ due|safe }} stands for nothing"),
        ("{{ incident.account }}", "{{ incident.account }} stands for nothing"),
        ("{{ }}", "stands for nothing"),
        ("{{\nreference", "A {{ is not ended by }}"),
        ("  ", "This field is required."),
        ("x" * (pages.LONGEST + 1), "This has 10,001 characters; a template may have 10,000."),
    ],
)
def test_what_stands_for_nothing_is_refused_with_what_there_is_and_what_was_typed_stays(cast, write, text, says):
    answer = write(cast.mia, name="Wrong", text=text)
    assert answer.status_code == 422
    assert says in words_of(answer.content)
    assert 'value="Wrong"' in answer.content.decode()
    assert not ReplyTemplate.objects.exists()


def test_a_name_is_taken_once(cast, write, keep):
    keep(HELLO)
    answer = write(cast.mia, name="Hello", text="Hi")
    assert "Another template is called that already; choose another name." in words_of(answer.content)


def test_there_are_only_so_many(cast, write, keep, monkeypatch):
    monkeypatch.setattr(pages, "AT_MOST", 1)
    keep(HELLO)
    assert "There are 1 templates already" in words_of(write(cast.mia, name="More", text="Hi").content)


def test_every_variable_stands_for_what_the_incident_has(cast, keep, report, offered):
    incident = report(cast.petra, 1, product="Gateway")
    keep(" | ".join(f"{{{{ {name} }}}}" for name in VARIABLES))
    words = [
        incident.reference,
        "The gateway answers 503",
        "Petra",
        "Premier",
        "Critical",
        "Gateway",
        "Mon 2 Mar 2026, 12:00 CT (18:00 UTC)",
        "Ana",
        f"http://127.0.0.1:8000/incidents/{incident.reference}",
    ]
    assert " | ".join(words) in offered(cast.ana, incident)


def test_where_an_incident_has_nothing_of_the_kind_the_meaning_stands_in_brackets(cast, keep, report, offered):
    keep("Due {{ due }} for {{ product }}")
    assert "Due [when the next promise is due] for [the product it is about]" in offered(
        cast.ana, report(cast.basil, 5)
    )


def test_what_people_typed_is_never_looked_at_again(cast, keep, report, offered):
    incident = report(cast.petra, 1, title=EVIL)
    keep("{{ title }} {% debug %} {0.__class__} <b>bold</b>")
    assert f"{EVIL} {{% debug %}} {{0.__class__}} <b>bold</b>" in offered(cast.ana, incident)


def test_what_is_no_variable_stays_as_it_is():
    text = "{% debug %} {0.__class__} { reference } }} %(reference)s $reference"
    assert checked(text) == text
    with pytest.raises(NotWritten, match=r"write \{\{ reference \}\}"):
        checked(EVIL)


def test_templates_of_an_incident_are_for_who_sees_it_and_may_reply(cast, keep, report, browser_of):
    keep(HELLO)
    address = reverse("desk-incident-templates", args=[report(cast.petra).reference])
    page = words_of(browser_of(cast.ana).get(address).content)
    assert "Back to the incident" in page
    for person in (cast.petra, cast.axel):
        assert browser_of(person).get(address).status_code == 404
