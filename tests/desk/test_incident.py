"""One incident at the desk: what the page tells, what it offers, and what becomes of an act."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def address(incident, act: str = "incident") -> str:
    return reverse(f"desk-{act}", args=[incident.reference])


def page_of(browser, incident) -> str:
    answer = browser.get(address(incident))
    assert answer.status_code == 200
    return answer.content.decode()


def stand() -> None:
    from watchkeeper.people.wall import stand_for_the_desk

    stand_for_the_desk()


def test_one_click_acknowledges_with_the_name_of_who_clicked(cast, browser_of, report):
    incident = report(cast.petra, 1)
    browser = browser_of(cast.ana)
    assert ">Acknowledge<" in page_of(browser, incident)
    answer = browser.post(address(incident, "acknowledgement"), follow=True)
    page = answer.content.decode()
    assert "Ana has your report and is working on it." in page
    assert ">Acknowledge<" not in page
    incident.refresh_from_db()
    assert incident.state == "acknowledged"


def test_an_acknowledgement_can_be_written_in_ones_own_words(cast, browser_of, report):
    incident = report(cast.petra, 1)
    browser_of(cast.ana).post(address(incident, "acknowledgement"), {"text": "Ana here, I am on it."})
    assert "Ana here, I am on it." in page_of(browser_of(cast.bo), incident)


def test_a_second_acknowledgement_loses_to_the_first_and_is_told_whose_that_was(cast, browser_of, report):
    incident = report(cast.petra, 1)
    ana, bo = browser_of(cast.ana), browser_of(cast.bo)
    assert ana.post(address(incident, "acknowledgement")).status_code == 302
    answer = bo.post(address(incident, "acknowledgement"), {"text": "Bo takes it."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"Ana acknowledged {incident.reference} first" in page
    assert "Bo takes it." in page, "what was written is not lost"
    stand()
    assert incident.events.filter(kind="acknowledged").count() == 1


@pytest.mark.parametrize("act", ["replies", "questions", "notes"])
def test_what_is_written_comes_with_its_files(cast, browser_of, report, act):
    incident = report(cast.petra, 1)
    file = SimpleUploadedFile("gateway.log", b"503 503", content_type="text/plain")
    answer = browser_of(cast.ana).post(address(incident, act), {"text": "See the log.", "files": [file]}, follow=True)
    page = answer.content.decode()
    assert "See the log." in page
    assert "gateway.log" in page
    link = re.search(r'href="(/attachments/[^"]+)"', page)[1]
    given = browser_of(cast.bo).get(link)
    assert b"".join(given.streaming_content) == b"503 503"


def test_a_note_is_marked_and_stays_among_the_team(cast, browser_of, report):
    incident = report(cast.petra, 1)
    browser_of(cast.ana).post(address(incident, "notes"), {"text": "canary-of-the-note"})
    page = page_of(browser_of(cast.bo), incident)
    assert "canary-of-the-note" in page
    assert page.count('class="message" data-kind="note"') == 1
    portal = browser_of(cast.petra).get(reverse("portal-incident", args=[incident.reference]))
    assert portal.status_code == 200
    assert "canary-of-the-note" not in portal.content.decode()


def test_an_empty_text_is_refused_beside_its_field_and_says_nothing(cast, browser_of, report):
    incident = report(cast.petra, 1)
    answer = browser_of(cast.ana).post(address(incident, "questions"), {"text": "   "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This field is required." in page
    assert re.search(r'value="questions" checked', page), "the composer stays on the side that was chosen"
    stand()
    assert incident.events.count() == 1


def test_a_text_that_the_database_could_not_keep_is_refused_and_no_fault(cast, browser_of, report):
    incident = report(cast.petra, 1)
    answer = browser_of(cast.ana).post(address(incident, "replies"), {"text": "a\0b"})
    assert answer.status_code == 422


def test_what_was_typed_survives_when_the_incident_was_closed_meanwhile(cast, browser_of, report):
    from watchkeeper.incidents import verbs

    incident = report(cast.petra, 1)
    verbs.withdraw(incident, by=cast.petra, reason="It was us.")
    answer = browser_of(cast.ana).post(address(incident, "replies"), {"text": "A long and careful reply."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "an incident that is closed cannot be replied" in page.lower()
    assert "A long and careful reply." in page


def test_a_refused_dialog_stands_open_with_what_was_typed(cast, browser_of, report):
    incident = report(cast.petra, 1)
    answer = browser_of(cast.ana).post(
        address(incident, "severity"), {"severity": "1", "reason": "Because it is so bad."}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The severity is Critical already" in page
    assert "Because it is so bad." in page
    assert 'id="dialog-severity"' not in page, "the form stands on the page and not a second time in a dialog"


def test_the_page_offers_what_state_and_role_allow(cast, browser_of, report, breach):
    from watchkeeper.incidents import verbs

    incident = report(cast.petra, 1)
    always = {"links", "outage", "calls", "erasures"}
    acts = {"acknowledgement", "dispatch", "severity", "subject", "merge", "promise"} | always
    assert offered(browser_of(cast.ana), incident) == acts
    assert offered(browser_of(cast.mia), incident) == acts | {"exclusions"}
    assert offered(browser_of(cast.axel), incident) == set()
    verbs.escalate(breach(incident), by=cast.petra, text="Nobody answers.")
    assert offered(browser_of(cast.axel), incident) == {"escalation-answer", "escalation-end"}
    verbs.answer_escalation(incident, by=cast.axel, text="I have it.")
    assert offered(browser_of(cast.axel), incident) == {"escalation-end"}
    verbs.resolve(incident, by=cast.ana, text="The route is back.")
    assert offered(browser_of(cast.ana), incident) == {"reopening", "closure"} | always
    verbs.confirm(incident, by=cast.petra)
    assert offered(browser_of(cast.ana), incident) == always


def offered(browser, incident) -> set[str]:
    return set(re.findall(r'<dialog class="dialog" id="dialog-([a-z-]+)"', page_of(browser, incident)))


def test_a_promise_is_told_with_its_goal_its_due_time_and_why(cast, browser_of, report):
    incident = report(cast.clara, 1)
    page = page_of(browser_of(cast.ana), incident)
    for words in ("What was promised", ">30 min<", "Goal", "internal", "Why this time?", "support open"):
        assert words in page, words


def test_a_promise_kept_late_names_who_kept_it_and_how_late(cast, browser_of, report, breach):
    from watchkeeper.incidents import verbs

    incident = breach(report(cast.clara, 1))
    verbs.acknowledge(incident, by=cast.bo)
    page = page_of(browser_of(cast.ana), incident)
    assert "done 1 min late" in page
    assert "by Bo" in page


def test_outside_the_level_the_page_says_which_level_would_promise_something(cast, browser_of, report):
    page = page_of(browser_of(cast.ana), report(cast.basil, 3))
    assert "Break-Fix promises nothing for Medium; Premium would" in page


def test_the_timeline_names_everybody_and_the_source_of_a_time_that_is_not_the_desks(cast, browser_of, report, breach):
    from watchkeeper.incidents import verbs

    incident = report(cast.clara, 1)
    verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    breach(incident)
    page = page_of(browser_of(cast.ana), incident)
    for words in (
        "reported this at Critical",
        "dispatched it to Bo",
        "found the promise breached: acknowledgement at Critical",
        "counts from the due time",
    ):
        assert words in page, words


def test_every_kind_of_event_can_be_told():
    from watchkeeper.core import timeline
    from watchkeeper.incidents.desk.incident import history

    kinds = {value for name, value in vars(timeline).items() if name.isupper() and isinstance(value, str)}
    assert set(history._TELLINGS) == kinds


def test_a_severity_raise_is_told_with_its_reason(cast, browser_of, report):
    incident = report(cast.petra, 3)
    browser = browser_of(cast.ana)
    browser.post(address(incident, "severity"), {"severity": "1", "reason": "All of it is down now."})
    page = page_of(browser, incident)
    assert "raised the severity from Medium to Critical" in page
    assert "All of it is down now." in page


def test_a_link_is_seen_from_both_ends(cast, browser_of, report):
    one, other = report(cast.petra, 1), report(cast.ada, 1)
    browser = browser_of(cast.ana)
    browser.post(address(one, "links"), {"to": other.reference})
    assert address(other) in page_of(browser, one)
    assert address(one) in page_of(browser, other)


def test_the_notices_of_an_incident_stand_on_its_page(cast, browser_of, report):
    page = page_of(browser_of(cast.ana), report(cast.petra, 1))
    assert "Who was told" in page
    assert cast.petra.email in page


def test_a_later_promise_is_the_managers_to_decide_and_needs_a_reason(cast, browser_of, report):
    incident = report(cast.petra, 1)
    given = {"supersedes": "on", "reason": "Agreed with the customer."}
    assert browser_of(cast.ana).post(address(incident, "promise"), given).status_code == 403
    assert browser_of(cast.mia).post(address(incident, "promise"), {"supersedes": "on"}).status_code == 422
    assert browser_of(cast.mia).post(address(incident, "promise"), given).status_code == 302


def test_the_pieces_are_sent_again_only_when_the_timeline_has_grown(cast, browser_of, report, clock):
    from watchkeeper.incidents import verbs

    incident = report(cast.petra, 1)
    ana = browser_of(cast.ana)
    pulse = re.search(r'hx-get="([^"]+)"', page_of(ana, incident))[1]
    clock.advance(timedelta(minutes=3))
    assert ana.get(pulse, headers={"HX-Request": "true"}).status_code == 204
    verbs.note(incident, by=cast.bo, text="Seen.")
    assert ana.get(pulse, headers={"HX-Request": "true"}).status_code == 200


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
        "![x](https://tracker.example/pixel.png)",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "{{ settings.SECRET_KEY }}{% debug %}",
        "<math><mtext></table></math><img src=x onerror=alert(1)>",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_hostile_words_do_no_harm_wherever_they_stand(cast, browser_of, report, hostile):
    from watchkeeper.incidents import verbs

    incident = report(cast.petra, 1, title=hostile[:200], body=hostile, product=hostile[:200])
    verbs.note(incident, by=cast.ana, text=hostile)
    verbs.classify(incident, by=cast.ana, severity=2, reason=hostile)
    page = page_of(browser_of(cast.ana), incident)
    elements = Elements(page)
    assert elements.tags.isdisjoint({"img", "iframe", "math", "embed", "object"})
    assert all(source.startswith("/static/") for source in elements.scripts)
    assert not [link for link in elements.links if link.lower().startswith(("javascript:", "data:"))]
    assert not [name for name in elements.attributes if name.startswith("on") or name == "style"]
    assert "the tests sign with this" not in page


class Elements(HTMLParser):
    """What a browser would make of a page: its tags, attributes, links and the sources of its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.attributes.update(given)
        self.links.update(filter(None, (given.get("href"), given.get("action"), given.get("formaction"))))
        if tag == "script":
            self.scripts.append(given.get("src") or "inline")


def test_markup_that_somebody_wrote_is_read_as_they_wrote_it(cast, browser_of, report):
    page = page_of(browser_of(cast.ana), report(cast.petra, 1, body="It answers <b>503</b> & nothing else"))
    assert "It answers &lt;b&gt;503&lt;/b&gt; &amp; nothing else" in page


def test_a_shell_comment_stays_as_it_was_written(cast, browser_of, report):
    page = page_of(browser_of(cast.ana), report(cast.petra, 1, body="# curl -v the gateway\nsecond line"))
    assert "# curl -v the gateway<br>" in page
