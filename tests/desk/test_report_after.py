"""The report after an incident: prefilled from the record, kept as a draft, published in versions that never change."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.reading import hidden, words_of
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.core import timeline as t
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import PublishedReport, ReportDraft
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import stand_as, stand_for_the_desk
from watchkeeper.policies.models import Agreement

SLA = """\
sla: With a report
acknowledgement:
  1: {within: 30m, goal: 10m}
post_incident_report:
  1: 5 calendar days
"""
PARTS = {
    "summary": "The gateway answered **503** for an hour.",
    "impact": "No orders.",
    "timeline": "- 10:00: it began",
    "cause": "A full disk.",
    "done": "We made room.",
    "to_do": "An alarm at 80 %.",
}


@pytest.fixture
def solved(cast, report, clock):
    """An incident of Clara's, whose SLA promises a report within five days, that Ana solved after an hour."""
    stand_for_the_desk()
    Agreement.objects.filter(account=cast.contracted).update(sla_text=SLA)
    incident = report(cast.clara, 1)
    verbs.reply(incident, by=cast.ana, text="Restart it.", reached="workaround")
    clock.set(chicago("2026-03-02 11:00"))
    verbs.resolve(incident, by=cast.ana, text="Fixed.")
    return incident


@pytest.fixture
def at_the_desk(browser_of):
    def page(who, incident, resource):
        return browser_of(who).get(f"/desk/incidents/{incident.reference}/{resource}")

    return page


@pytest.fixture
def write(browser_of):
    def written(who, incident, resource="report/draft", **parts):
        return browser_of(who).post(f"/desk/incidents/{incident.reference}/{resource}", {"seen": 0, **PARTS, **parts})

    return written


def test_the_form_begins_with_what_the_record_says_and_shows_until_when_it_is_promised(cast, solved, at_the_desk):
    verbs.confirm(solved, by=cast.clara)
    page = words_of(at_the_desk(cast.ana, solved, "report/draft").content)
    assert (
        "- Mon 2 Mar 2026, 10:00 CT: Received from Clara at Critical\n"
        "- Mon 2 Mar 2026, 10:00 CT: Acknowledged by Ana\n"
        "- Mon 2 Mar 2026, 10:00 CT: Workaround reached\n"
        "- Mon 2 Mar 2026, 11:00 CT: Resolved by Ana\n"
        "- Mon 2 Mar 2026, 11:00 CT: Confirmed as solved by Clara"
    ).replace("\n", " ") in page
    assert "Report after the incident" in page
    assert "due Sat 7 Mar, 11:00 CT" in page


def test_a_draft_is_kept_for_the_team_and_the_customer_sees_nothing_of_it(cast, solved, at_the_desk, write, browser_of):
    assert write(cast.ana, solved, cause="CANARY <b>").status_code == 302
    page = at_the_desk(cast.bo, solved, "report/draft").content.decode()
    assert "CANARY &lt;b&gt;</textarea>" in page
    assert "by Ana." in words_of(page.encode())
    for address in (f"/incidents/{solved.reference}", f"/incidents/{solved.reference}/report"):
        assert "CANARY" not in browser_of(cast.clara).get(address).content.decode()
    stand_as(cast.clara)
    assert not ReportDraft.objects.exists()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(cast, solved, write):
    write(cast.ana, solved, cause="Ana's words")
    late = write(cast.bo, solved, cause="Bo's words")
    assert late.status_code == 409
    assert "Ana saved the draft meanwhile" in words_of(late.content)
    assert "Bo&#x27;s words</textarea>" in late.content.decode()
    stand_for_the_desk()
    assert ReportDraft.objects.get().cause == "Ana's words"
    knowingly = write(cast.bo, solved, cause="Bo's words", seen=hidden(late.content, "seen"))
    assert knowingly.status_code == 302
    assert write(cast.ana, solved, cause="Ana's again", seen=1).status_code == 409
    stand_for_the_desk()
    assert ReportDraft.objects.get().cause == "Bo's words"


def test_publishing_shows_it_to_the_customer_tells_who_follows_and_meets_the_promise(cast, solved, write, browser_of):
    verbs.confirm(solved, by=cast.clara)  # a promise of a report is not settled by the end
    answer = write(cast.ana, solved, "report/publication")
    assert answer.url == f"/desk/incidents/{solved.reference}/report"
    page = browser_of(cast.clara).get(f"/incidents/{solved.reference}/report").content
    assert "<strong>503</strong>" in page.decode()
    for words in ("Root cause A full disk.", "What will be done An alarm at 80 %.", "Version 1 of 1"):
        assert words in words_of(page)
    assert "Read the report" in words_of(browser_of(cast.clara).get(f"/incidents/{solved.reference}").content)
    stand_for_the_desk()
    told = Notice.objects.for_incident(solved.pk).get(step__startswith=t.REPORT_PUBLISHED)
    assert told.recipient == cast.clara.email
    assert f"/incidents/{solved.reference}/report" in told.text
    kept = Commitment.objects.get(incident_id=solved.pk, metric="post_incident_report")
    assert (kept.outcome, kept.done_at) == ("met", chicago("2026-03-02 11:00"))


def test_a_correction_is_a_new_version_and_the_old_one_stays_as_it_was(cast, solved, write, at_the_desk, browser_of):
    write(cast.ana, solved, "report/publication")
    write(cast.bo, solved, "report/publication", cause="A wrong setting.", seen=1)
    clara = browser_of(cast.clara)
    newest = words_of(clara.get(f"/incidents/{solved.reference}/report").content)
    assert "Root cause A wrong setting." in newest
    assert "Version 2 of 2" in newest
    oldest = words_of(clara.get(f"/incidents/{solved.reference}/report?version=1").content)
    assert "Root cause A full disk." in oldest
    assert "This version was corrected" in oldest
    assert clara.get(f"/incidents/{solved.reference}/report?version=3").status_code == 404
    assert "Version 1 Mon 2 Mar" in words_of(at_the_desk(cast.axel, solved, "report").content)
    stand_for_the_desk()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        PublishedReport.objects.filter(version=1).update(cause="Nothing.")


@pytest.mark.parametrize("part", PARTS)
def test_what_is_published_says_something_in_every_part(cast, solved, write, part):
    answer = write(cast.ana, solved, "report/publication", **{part: "  "})
    assert answer.status_code == 422
    assert "A published report says something here; where there is nothing, say that." in words_of(answer.content)
    stand_for_the_desk()
    assert not PublishedReport.objects.exists()


def test_before_the_resolution_it_is_kept_as_a_draft_and_not_published(cast, report, write, at_the_desk):
    incident = report(cast.petra, 1)
    assert write(cast.ana, incident).status_code == 302
    page = words_of(at_the_desk(cast.ana, incident, "report/draft").content)
    assert "It can be published once the incident is resolved." in page
    refused = write(cast.ana, incident, "report/publication", seen=1, cause="Too early")
    assert refused.status_code == 409
    assert "Too early</textarea>" in refused.content.decode()
    stand_for_the_desk()
    assert ReportDraft.objects.get().cause == PARTS["cause"]  # what was not published was not kept either


def test_where_none_is_promised_the_team_may_write_one_all_the_same(cast, report, write, browser_of):
    incident = report(cast.petra, 2)
    verbs.resolve(incident, by=cast.ana, text="Fixed.")
    assert write(cast.ana, incident, "report/publication").status_code == 302
    assert "A full disk." in words_of(browser_of(cast.petra).get(f"/incidents/{incident.reference}/report").content)


def test_an_account_executive_reads_and_does_not_write(cast, solved, write, at_the_desk):
    assert at_the_desk(cast.axel, solved, "report").status_code == 200
    assert at_the_desk(cast.axel, solved, "report/draft").status_code == 404
    assert write(cast.axel, solved, "report/publication").status_code == 404
