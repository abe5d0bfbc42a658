"""Doing what the table says with a mail: each effect is a verb of incidents, and its outcome a line of the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from watchkeeper.core import lifecycle
from watchkeeper.core import mail as core
from watchkeeper.core.policy import UnknownSeverity
from watchkeeper.core.said import Said, joined, sentence
from watchkeeper.incidents import moment, verbs
from watchkeeper.incidents.files import LARGEST, GivenFile
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.intake.mail.bounces import attach
from watchkeeper.intake.mail.letter import Letter
from watchkeeper.intake.mail.reading import pages
from watchkeeper.intake.mail.taking import orders
from watchkeeper.intake.mail.taking.evidence import WITHIN, Found
from watchkeeper.intake.mail.taking.written import body_of, severity_of, title_of
from watchkeeper.intake.models import MailPage, ReceivedMail
from watchkeeper.notify.models import Notice
from watchkeeper.people.models import Person

MOST_RECEIPTS = 5
"""So many receipts go to one address within the hour, however many reports come from there."""

SOURCE = "mail"


class Done(NamedTuple):
    """What became of a mail: for its row."""

    status: str
    effect: str
    why: str
    person: Person | None = None
    incident: Incident | None = None
    event: Event | None = None


def act(mail: ReceivedMail, letter: Letter, found: Found, decision: core.Decision) -> Done:
    """Do what was decided, as part of the caller's transaction."""
    return _EFFECTS[decision.effect](_Taken(mail, letter, found, decision))


class _Taken(NamedTuple):
    mail: ReceivedMail
    letter: Letter
    found: Found
    decision: core.Decision

    @property
    def data(self) -> dict[str, Any]:
        return data_of(self.letter, self.mail, by=self.found.person)

    @property
    def files(self) -> list[GivenFile]:
        return files_of(self.letter)

    def done(self, status: str, *more: Said, incident: Incident | None = None, event: Event | None = None) -> Done:
        why = joined(" ", [self.decision.why, *more])
        return Done(status, self.decision.effect, why, self.found.person, incident, event)


def _drop(taken: _Taken) -> Done:
    return taken.done(ReceivedMail.Status.DROPPED)


def _attach(taken: _Taken) -> Done:
    """To the delivery it is about; it is no entry anywhere, and answers nothing."""
    return taken.done(ReceivedMail.Status.DROPPED, attach(taken.letter))


def _quarantine(taken: _Taken) -> Done:
    return taken.done(ReceivedMail.Status.QUARANTINED)


def _say(taken: _Taken) -> Done:
    person, incident = taken.found.person, taken.found.incident
    assert person is not None, "nobody else speaks"
    assert incident is not None, "it goes on an incident"
    if incident.state == lifecycle.CLOSED:
        return _report_again(taken, person, incident)
    with _received(taken.mail, after=incident):
        said = orders.speak(incident, taken.letter, by=person, given_files=taken.files, **taken.data)
    why = [sentence("Not all that it asks for was done: {why}", why=said.refused)] if said.refused else []
    status = ReceivedMail.Status.TAKEN if said.event is not None else ReceivedMail.Status.QUARANTINED
    return taken.done(status, *why, incident=incident, event=said.event)


def _report_again(taken: _Taken, person: Person, closed: Incident) -> Done:
    """What is closed stays closed: an answer to it is a new incident, linked to it."""
    if not person.is_customer:
        words = sentence("{incident} is closed.", incident=closed.reference)
        return taken.done(ReceivedMail.Status.QUARANTINED, words)
    done = _report(taken, f"It answers a mail about {closed.reference}, which is closed.")
    assert done.incident is not None, "a report is an incident"
    verbs.link_as_reported_again(done.incident, closed=closed)
    is_closed = sentence("{incident} is closed.", incident=closed.reference)
    return done._replace(why=joined(" ", [done.why, is_closed]))


def _report(taken: _Taken, *notes: str) -> Done:
    person, letter = taken.found.person, taken.letter
    assert person is not None, "nobody else reports"
    assert person.account is not None, "a customer has an account"
    said = verbs.Report(title=title_of(letter), body=body_of(letter), severity=severity_of(letter))
    how: dict[str, Any] = {"given_files": taken.files, **taken.data, **_receipt(taken)}
    if taken.decision.effect == core.REPORT_UNVERIFIED:
        how["is_unverified"] = True
    with _received(taken.mail):
        try:
            incident = _reported(said, person, how)
        except UnknownSeverity:
            body = f"Severity: {letter.severity}\n\n{said.body}"
            incident = _reported(said._replace(severity=None, body=body), person, how)
    _remark(taken, incident, notes)
    return taken.done(ReceivedMail.Status.TAKEN, incident=incident, event=incident.events.order_by("number").first())


def _reported(said: verbs.Report, person: Person, how: dict[str, Any]) -> Incident:
    return verbs.report(said, account=person.account, by=person, channel=Incident.Channel.MAIL, **how)


def _receipt(taken: _Taken) -> dict[str, str]:
    """Whether there is a reason to send no receipt: too many went there, or it may answer one."""
    person = taken.found.person
    assert person is not None, "nobody else reports"
    sent = Notice.objects.filter(
        recipient=person.email, step__startswith="reported:", queued_at__gt=taken.mail.kept_at - WITHIN
    )
    if taken.letter.wants_no_answer:
        return {"no_receipt": f"its sender asked for none: {taken.letter.wants_no_answer}"}
    if taken.found.may_belong_to:
        return {"no_receipt": "it names another incident"}
    return {"no_receipt": "many were sent lately"} if sent.count() >= MOST_RECEIPTS else {}


def _remark(taken: _Taken, incident: Incident, notes: Sequence[str]) -> None:
    """Tell the team, and nobody else, what it may belong to, and what was tried with it."""
    named = [each.reference for each in taken.found.may_belong_to]
    lines = list(notes)
    if named and not notes:
        lines.append(f"The mail names {', '.join(named)}. It may belong there.")
    if taken.found.evidence.to_escalation:
        lines.append("It was sent to the escalation distribution.")
    if taken.letter.ignored:
        lines.append(f"It tried to set {', '.join(taken.letter.ignored)}. That was ignored.")
    too_large = [each.name for each in taken.letter.files if not _fits(each.data)]
    if too_large:
        lines.append(f"Too large to be kept apart from the mail: {', '.join(too_large)}.")
    if lines:
        verbs.remark(incident, "\n".join(lines))


def _escalate(taken: _Taken) -> Done:
    """Under the rules of the button; where they refuse it, what was written is kept and its author told why."""
    person, incident = taken.found.person, taken.found.incident
    assert person is not None, "nobody else escalates"
    assert incident is not None, "it names one"
    text = body_of(taken.letter)
    try:
        event = verbs.escalate(incident, by=person, text=text, **taken.data)
    except verbs.NotPossible as refused:
        if incident.state == lifecycle.CLOSED:
            return _report_again(taken, person, incident)
        with _received(taken.mail, after=incident):
            event = verbs.reply(
                incident, by=person, text=text, given_files=taken.files, meant_to_escalate=True, **taken.data
            )
        why = sentence("It was not escalated: {why}.", why=str(refused))
        return taken.done(ReceivedMail.Status.TAKEN, why, incident=incident, event=event)
    return taken.done(ReceivedMail.Status.TAKEN, incident=incident, event=event)


_EFFECTS: dict[str, Callable[[_Taken], Done]] = {
    core.DROP: _drop,
    core.ATTACH: _attach,
    core.SAY: _say,
    core.REPORT: _report,
    core.REPORT_UNVERIFIED: _report,
    core.ESCALATE: _escalate,
    core.QUARANTINE: _quarantine,
}


def _received(mail: ReceivedMail, after: Incident | None = None) -> Any:
    """When the mail counts: when it arrived, and on an incident not before what stands there already."""
    counts_from: datetime = mail.counts_from
    if after is not None:
        last = after.events.order_by("-number").values_list("at", flat=True)[0]
        counts_from = max(counts_from, last)
    return moment.past(counts_from, source=SOURCE)


def data_of(letter: Letter, mail: ReceivedMail, *, by: Person | None) -> dict[str, Any]:
    """What the event keeps of it: by this Message-ID others will answer; how its words are meant; where its page is.

    Of the team no page is shown: it repeats the notice that was answered, which is for the team.
    """
    plain = {"is_plain": True} if letter.is_plain else {}
    page = {"page": str(mail.key)} if letter.page and (by is None or by.is_customer) else {}
    return ({"message_id": letter.message_id} if letter.message_id else {}) | plain | page


def keep_page(letter: Letter, mail: ReceivedMail, event: Event | None) -> None:
    """Keep the page of a mail with the event it became, harmless whatever the child that read it made of it."""
    if event is not None and "page" in event.data:
        html = pages.harmless(letter.page)
        MailPage.objects.create(key=mail.key, account_id=event.account_id, event=event, html=html)


def files_of(letter: Letter) -> list[GivenFile]:
    return [GivenFile(each.name, each.media_type, each.data) for each in letter.files if _fits(each.data)]


def _fits(data: bytes) -> bool:
    return len(data) <= LARGEST
