"""One act on several incidents: what it would do is shown before, and done to each by itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.things import serve_elsewhere
from watchkeeper.core import timeline as t

BULK = "/desk/bulk"
KEY = re.compile(r'name="key" value="([0-9a-f-]{36})"')
ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
TAG = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    return re.sub(r"\s+", " ", TAG.sub(" ", html))


def told_of(answer, incident) -> str:
    """What the row of an incident says."""
    rows = [row for row in ROW.findall(answer.content.decode()) if incident.reference in row]
    assert len(rows) == 1, answer.content.decode()
    return words(rows[0])


def kinds(incident) -> list[str]:
    return list(incident.events.values_list("kind", flat=True))


@pytest.fixture
def asking(cast, browser_of):
    """``asking(act, *incidents)`` opens the preview, ``asking.step(step, **typed)`` sends its form."""

    class Asking:
        browser = browser_of(cast.ana)

        def __call__(self, act, *incidents, by=None):
            self.browser = browser_of(by) if by else self.browser
            self.asked = {"act": act, "of": [getattr(each, "reference", each) for each in incidents]}
            answer = self.browser.get(BULK, self.asked)
            found = KEY.search(answer.content.decode())
            self.asked["key"] = found[1] if found else ""
            return answer

        def step(self, step, **typed):
            return self.browser.post(BULK, {**self.asked, "step": step, **typed})

        def confirm(self, decided_by="", **typed):
            previewed = typed.get(decided_by, "")
            return self.step("confirm", previewed=previewed, **typed)

    return Asking()


def test_an_acknowledgement_of_several_tells_before_what_it_meets_and_then_meets_it(
    cast, report, breach, asking, clock
):
    late, on_time, done = report(cast.petra, 1), report(cast.ada, 1), report(cast.clara, 1)
    from watchkeeper.incidents import verbs

    verbs.acknowledge(done, by=cast.bo)
    breach(late)
    preview = asking("acknowledge", late, on_time, done)
    assert preview.status_code == 200
    assert "Acknowledgement too late, stays breached" in told_of(preview, late)
    assert "Acknowledgement met, due" in told_of(preview, on_time)
    assert "New → Acknowledged" in told_of(preview, on_time)
    assert "Nobody → Ana" in told_of(preview, on_time)
    assert "is acknowledged and can no longer be acknowledged" in told_of(preview, done)
    assert "Acknowledge: 2 incidents" in preview.content.decode()
    assert [t.ACKNOWLEDGED in kinds(each) for each in (late, on_time)] == [False, False]

    answer = asking.confirm(text="We are all on it.")
    assert "Acknowledged: 2 of 3 incidents" in words(answer.content.decode())
    for each in (late, on_time):
        each.refresh_from_db()
        assert each.state == "acknowledged"
        assert each.assignee == cast.ana
        assert each.messages.last().body == "We are all on it."
    assert "Bo acknowledged" in told_of(answer, done)
    assert kinds(done).count(t.ACKNOWLEDGED) == 1


def test_a_preview_writes_nothing(cast, report, asking):
    incident = report(cast.petra, 3)
    with CaptureQueriesContext(connection) as asked:
        asking("severity", incident)
        asking.step("preview", severity="1", reason="Everything stands.")
    written = [one["sql"] for one in asked if re.match(r"(?i)\s*(insert|update|delete)\b", one["sql"])]
    assert not [sql for sql in written if "session" not in sql]
    incident.refresh_from_db()
    assert incident.severity == 3


def test_a_severity_is_previewed_with_the_due_time_that_the_verb_then_gives(cast, report, asking):
    raised, there, outside = report(cast.petra, 3), report(cast.petra, 1), report(cast.basil, 3)
    before = raised.due_at
    assert "Then" not in asking("severity", raised, there, outside).content.decode()
    preview = asking.step("preview", severity="1", reason="Everything stands.")
    assert "Medium → Critical" in told_of(preview, raised)
    assert "The severity is Critical already" in told_of(preview, there)
    row = next(row for row in ROW.findall(preview.content.decode()) if raised.reference in row)
    answer = asking.confirm("severity", severity="1", reason="Everything stands.")
    assert "Severity changed: 2 of 3" in words(answer.content.decode())
    raised.refresh_from_db()
    assert raised.due_at < before
    for due_at in (before, raised.due_at):
        assert due_at.strftime("%Y-%m-%dT%H:%M:%S") in row
    outside.refresh_from_db()
    assert outside.severity == 1


def test_a_choice_that_was_not_looked_at_is_shown_first(cast, report, asking):
    incident = report(cast.petra, 3)
    asking("severity", incident)
    answer = asking.step("confirm", severity="1", previewed="2", reason="Everything stands.")
    assert "Change the severity: 1 incident" in answer.content.decode()
    incident.refresh_from_db()
    assert incident.severity == 3


def test_a_dispatch_goes_only_where_its_person_serves(cast, report, asking):
    own, others = report(cast.petra, 1), report(cast.basil, 1)
    serve_elsewhere(cast.basic)
    asking("dispatch", own, others, by=cast.mia)
    preview = asking.step("preview", to=cast.ana.pk)
    assert "Nobody → Ana" in told_of(preview, own)
    assert "does not serve" in told_of(preview, others)
    answer = asking.confirm("to", to=cast.ana.pk)
    assert "does not serve" in told_of(answer, others)
    own.refresh_from_db()
    others.refresh_from_db()
    assert (own.assignee, others.assignee) == (cast.ana, None)


@pytest.mark.parametrize(
    ("act", "typed", "kind"),
    [
        ("reply", {"text": "A fix is on its way."}, t.REPLIED),
        ("note", {"text": "The same router."}, t.NOTED),
    ],
)
def test_what_is_said_to_several_is_said_on_each(cast, report, asking, act, typed, kind):
    incidents = [report(cast.petra, 1), report(cast.ada, 1)]
    preview = asking(act, *incidents)
    expected = "No clock changes" if kind == t.NOTED else "Acknowledgement met"
    assert all(expected in told_of(preview, each) for each in incidents)
    asking.confirm(**typed)
    for each in incidents:
        assert each.messages.last().body == typed["text"]
        assert each.messages.last().is_public is (kind == t.REPLIED)


def test_an_outage_of_many_accounts_is_linked_to_one_incident_at_both_ends(cast, report, asking):
    parent, *children = report(cast.petra, 1), report(cast.ada, 1), report(cast.basil, 1)
    asking("link", parent, *children)
    assert "is this incident itself" in told_of(asking.step("preview", to=parent.reference), parent)
    answer = asking.confirm("to", to=parent.reference)
    assert "is this incident itself" in told_of(answer, parent)
    linked = [event.data["to"] for event in parent.events.filter(kind=t.LINKED)]
    assert sorted(linked) == sorted(each.reference for each in children)
    for each in children:
        assert each.events.get(kind=t.LINKED).data["to"] == parent.reference


def test_only_what_is_resolved_is_closed(cast, report, asking):
    from watchkeeper.incidents import verbs

    resolved, new = report(cast.petra, 1), report(cast.ada, 1)
    verbs.resolve(resolved, by=cast.ana, text="Fixed.")
    preview = asking("close", resolved, new)
    assert "Resolved → Closed" in told_of(preview, resolved)
    assert "must be resolved" in told_of(preview, new)
    asking.confirm(reason="Said so by phone.")
    for each, state in ((resolved, "closed"), (new, "new")):
        each.refresh_from_db()
        assert each.state == state


def test_a_form_that_is_sent_twice_acts_once(cast, report, asking):
    incidents = [report(cast.petra, 1), report(cast.ada, 1)]
    asking("reply", *incidents)
    asking.confirm(text="Once.")
    again = asking.confirm(text="Once.")
    assert "This form was sent before" in again.content.decode()
    assert all("Done before" in told_of(again, each) for each in incidents)
    assert [kinds(each).count(t.REPLIED) for each in incidents] == [1, 1]


def test_what_changed_since_the_preview_is_left_and_told(cast, report, asking):
    from watchkeeper.incidents import verbs

    taken, open_still = report(cast.petra, 1), report(cast.ada, 1)
    asking("acknowledge", taken, open_still)
    verbs.acknowledge(taken, by=cast.bo)
    answer = asking.confirm(text="Mine.")
    assert "Bo acknowledged" in told_of(answer, taken)
    open_still.refresh_from_db()
    assert open_still.state == "acknowledged"


def test_what_is_anothers_is_as_if_it_were_not_there(cast, report, asking):
    own, foreign = report(cast.petra, 1), report(cast.basil, 1)
    serve_elsewhere(cast.basic)
    answer = asking("note", own, foreign, "WK-ZZZZZZ")
    said = answer.content.decode()
    unseen = ", ".join(sorted([foreign.reference, "WK-ZZZZZZ"]))
    assert f"You see no incident called {unseen}." in said
    assert foreign.account.name not in said
    asking.confirm(text="For mine alone.")
    assert t.NOTED not in kinds(foreign)
    assert t.NOTED in kinds(own)
    alone, none = asking("note", foreign), asking("note", "WK-ZZZZZZ")
    assert (alone.status_code, none.status_code) == (422, 422)
    said_of_both = [
        words(answer.content.decode()).replace(name, "X")
        for answer, name in ((alone, foreign.reference), (none, "WK-ZZZZZZ"))
    ]
    assert said_of_both[0] == said_of_both[1]


def test_a_parent_elsewhere_is_none(cast, report, asking):
    own, foreign = report(cast.petra, 1), report(cast.basil, 1)
    serve_elsewhere(cast.basic)
    asking("link", own)
    answer = asking.step("preview", to=foreign.reference)
    assert answer.status_code == 422
    assert f"You see no incident called {foreign.reference}." in answer.content.decode()


@pytest.mark.parametrize(
    ("act", "of", "said"),
    [
        ("note", [f"WK-{number:06}" for number in range(101)], "101 incidents were chosen; at most 100"),
        ("note", [], "Tick at least one"),
        ("erase", ["WK-7F3K2Q"], "“erase” is nothing that is done to several incidents. These are: dispatch"),
        ("note", ["\0"], "You see no incident called"),
    ],
)
def test_what_cannot_be_asked_for_says_what_was_given_and_what_is_allowed(cast, asking, act, of, said):
    for answer in (asking(act, *of), asking.confirm(text="x")):
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_what_was_typed_stays_where_something_is_missing(cast, report, asking):
    incident = report(cast.petra, 3)
    asking("severity", incident)
    answer = asking.step("preview", severity="", reason="Everything stands.")
    assert answer.status_code == 422
    assert "Everything stands." in answer.content.decode()
    assert 'id="id_severity-errors"' in answer.content.decode()


def test_the_queue_offers_acts_on_several_to_those_who_may_alone(cast, report, browser_of):
    incident = report(cast.petra, 1)
    box = f'aria-label="Choose {incident.reference} {incident.title}"'
    assert box in browser_of(cast.ana).get("/desk/").content.decode()
    assert box not in browser_of(cast.axel).get("/desk/").content.decode()
    assert browser_of(cast.axel).get(BULK, {"act": "note", "of": incident.reference}).status_code == 404


def test_a_preview_asks_the_database_as_often_for_twenty_as_for_two(cast, report, asking, clock):
    def asked(incidents) -> int:
        asking("acknowledge", *incidents)
        with CaptureQueriesContext(connection) as few:
            asking("acknowledge", *incidents)
        return len(few)

    incidents = [report(cast.petra, 1) for _ in range(20)]
    clock.advance(timedelta(minutes=1))
    assert asked(incidents) == asked(incidents[:2])


def test_what_was_acknowledged_before_anything_was_promised_is_not_called_outside_its_level(cast, report, asking):
    from watchkeeper.incidents import verbs

    incident = report(cast.basil, 3)
    verbs.acknowledge(incident, by=cast.ana)
    asking("severity", incident)
    preview = asking.step("preview", severity="1", reason="Everything stands.")
    assert "Break-Fix promises nothing for Medium" in told_of(preview, incident)
    assert "Acknowledged before anything was promised" in told_of(preview, incident)
