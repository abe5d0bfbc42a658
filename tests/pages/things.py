"""One thing of each kind that an address can name: of one's own account, of another, and one that is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve

from tests.cast import ALWAYS, POLICY, Cast
from watchkeeper.incidents.files import GivenFile
from watchkeeper.incidents.leaving_links import leaving_link
from watchkeeper.incidents.models import Attachment, HandOver, Incident, ReplyTemplate, SavedView
from watchkeeper.intake.mail.keeping import keep
from watchkeeper.intake.models import MailPage, ReceivedMail
from watchkeeper.notify.models import Notice
from watchkeeper.notify.password_links.link import link_for
from watchkeeper.notify.wording.template import Template
from watchkeeper.office.letters.preview import Typed, carried
from watchkeeper.office.models import ImportedTable
from watchkeeper.office.publishing import drafts
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person, Team
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement, Licence, PolicyVersion, SignedCopy
from watchkeeper.premium.models import (
    AnnouncedChange,
    IncidentGroup,
    Proposal,
    Recommendation,
    RunBookNote,
    ServiceReview,
)
from watchkeeper.premium.models.guidance import Kind
from watchkeeper.premium.reviews import publication
from watchkeeper.premium.reviews.drafting import begin
from watchkeeper.premium.reviews.grouping.job import group
from watchkeeper.premium.reviews.periods import called
from watchkeeper.reports.attainment.monthly import ending_link
from watchkeeper.reports.models import Subscription

Names = tuple[Any, ...]
SERVED = frozenset({"manager", "engineer", "account executive", "customer", "customer manager"})
READ = frozenset({"manager", "account executive", "customer manager"})
OUTBOX = frozenset({"manager", "engineer"})
MANAGER = frozenset({"manager"})
ALL = frozenset({"nobody", "administrator"}) | SERVED
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Thing:
    """What an address names, in the arguments of its route; ``None`` where there is no such thing.

    ``own`` is of the premium account, or of the desk as a whole; ``foreign`` of an account that another team serves.
    Of those whom the door lets in, ``seen_by`` find the first, ``foreign_seen_by`` the second.
    """

    own: Names
    foreign: Names | None
    absent: Names | None
    seen_by: frozenset[str]
    foreign_seen_by: frozenset[str]


def one_of_each_role(cast: Cast) -> Mapping[str, Person | None]:
    """One person of every role of DOMAIN.md, all of them about the premium account, and nobody."""
    return {
        "customer": cast.petra,
        "customer manager": person("Paula", "customer_manager", account=cast.premium),
        "engineer": cast.ana,
        "manager": cast.mia,
        "account executive": cast.axel,
        "administrator": person("Adam", "administrator"),
        "nobody": None,
    }


def person(name: str, role: str, **fields: Any) -> Person:
    return Person.objects.create_person(f"{name}@x.example".lower(), name=name, password=None, roles=[role], **fields)


def things(cast: Cast, report: Callable[..., Incident]) -> Mapping[str, Thing]:
    """One of each kind, by what stands before it in an address."""
    serve_elsewhere(cast.basic)
    own, foreign = (_incident(reporter, report) for reporter in (cast.petra, cast.basil))
    incident = Thing((own.reference,), (foreign.reference,), ("WK-ZZZZZZ",), SERVED, MANAGER)
    accounts = (cast.premium, cast.basic)
    colleague = person("Pia", "customer", account=cast.premium)
    draft = drafts.open_draft(POLICY.read_text("utf-8"), based_on=PolicyVersion.objects.get(), note="x", by=cast.mia)
    return {
        "desk/incidents/": incident,
        "incidents/": incident,
        "attachments/": _of(_file(own), _file(foreign), "x" * 43, SERVED),
        "mails/": _of(_page(own), _page(foreign), _no_key(), SERVED),
        "desk/outbox/": _of(_mail(own), _mail(foreign), _no_key(), OUTBOX),
        "desk/mail-in/": Thing((_mail_in(cast.premium),), (_mail_in(cast.basic),), (_no_key(),), OUTBOX, MANAGER),
        "desk/accounts/": _of(*(account.slug for account in accounts), "none", READ),
        "desk/licences/": _of(*(Licence.objects.get(account=account).pk for account in accounts), 0, READ),
        "desk/agreements/": _of(*(_agreement(account).pk for account in accounts), 0, READ),
        "desk/signed-copies/": _of(*(_copy(account, "removed", cast) for account in accounts), "none", READ),
        "signed-copies/": _of(*(_copy(account, "read", cast) for account in accounts), "none", READ),
        "desk/people/": Thing((colleague.pk,), (cast.basil.pk,), (0,), ALL, ALL),
        "people/": Thing((colleague.pk,), (cast.basil.pk,), (0,), ALL, NOBODY),
        "desk/proposals/": _of(*(_proposal(account) for account in accounts), 0, SERVED),
        "desk/recommendations/": _of(*(_recommendation(account, cast) for account in accounts), "none", SERVED),
        "recommendations/": _of(*(_recommendation(account, cast) for account in accounts), "none", SERVED),
        "desk/places/": _of(*(account.slug for account in accounts), "none", SERVED),
        "desk/run-book/": _of(*(_note(account, cast) for account in accounts), 0, OUTBOX),
        "desk/changes/": _of(*(_change(account, cast) for account in accounts), "none", OUTBOX),
        "changes/": _of(*(_change(account, cast) for account in accounts), "none", SERVED),
        "desk/import/": Thing((_table("accounts", done=True),), (_table("licences"),), (_no_key(),), ALL, NOBODY),
        "desk/hand-overs/": _of(*(_hand_over(one, cast) for one in (own, foreign)), 0, OUTBOX),
        "desk/views/": Thing((_view(cast.mia),), (_view(cast.bo),), (0,), MANAGER, NOBODY),
        "attainment/parts/": Thing(("months",), None, ("accounts",), ALL, NOBODY),
        "attainment/charts/": Thing(("months",), None, ("speed",), ALL, NOBODY),
        "attainment/files/": Thing(("figures.csv",), None, ("figures.pdf",), ALL, NOBODY),
        "desk/attainment/files/": Thing(("figures.csv",), None, ("figures.pdf",), ALL, NOBODY),
        "desk/attainment/parts/": Thing(("months",), None, ("none",), ALL, NOBODY),
        "desk/attainment/charts/": Thing(("months",), None, ("speed",), ALL, NOBODY),
        "desk/templates/": Thing((_template(cast.mia),), None, (0,), ALL, NOBODY),
        "desk/letters/": Thing(("receipt.de",), None, ("receipt.xx",), ALL, NOBODY),
        "desk/letters/pages/": Thing((_letter(),), None, ("unsigned",), ALL, NOBODY),
        "desk/reviews/": _of(*(_review(account, "2025-Q4").pk for account in accounts), 0, SERVED),
        "desk/review-groups/": _of(*(_group(account) for account in accounts), 0, SERVED),
        "reviews/": Thing(
            (_published(cast.premium, cast),), (_published(cast.basic, cast),), ("2020-Q1",), READ, NOBODY
        ),
        "desk/policy/drafts/": Thing((draft.pk,), None, (0,), ALL, NOBODY),
        "desk/policy/versions/": Thing((1,), None, (77,), ALL, NOBODY),
        "support-levels/": Thing((1,), None, (77,), ALL, NOBODY),
        "new-password/": Thing(_link(colleague), None, None, ALL, NOBODY),  # others are told so
        "unfollow/": Thing((_leaving(own, cast.petra),), None, ("WK-ZZZZZZ.1.signed",), ALL, NOBODY),
        "attainment-mail/": Thing((_mail_end(cast.mia),), None, ("1.signed",), ALL, NOBODY),
        "words/": Thing(("de",), None, ("xx",), ALL, NOBODY),
        "set-up/link/": Thing(("used",), None, None, NOBODY, NOBODY),
    }


def serve_elsewhere(account: Account) -> None:
    """Give an account to another team and another executive."""
    team = Team.objects.create(name="Elsewhere")
    team.members.add(person("Elias", "engineer"))
    account.team, account.account_executive = team, person("Xenia", "account_executive")
    account.save()


def _of(own: Any, foreign: Any, absent: Any, seen_by: frozenset[str]) -> Thing:
    return Thing((own,), (foreign,), (absent,), seen_by, MANAGER)


def _no_key() -> str:
    return "00000000-0000-0000-0000-000000000000"


def _incident(reporter: Person, report: Callable[..., Incident]) -> Incident:
    return report(reporter, 1, given_files=[GivenFile("trace.log", "text/plain", b"boom")])


def _file(incident: Incident) -> str:
    return Attachment.objects.get(message__incident=incident).key


def _mail(incident: Incident) -> str:
    notice = Notice.objects.for_incident(incident.pk).first()
    assert notice is not None
    return str(notice.pk)


def _mail_in(account: Account) -> str:
    mail = keep(f"From: pen@{account.slug}.example\n\nIt is down.".encode(), door="lmtp")
    ReceivedMail.objects.filter(pk=mail.pk).update(status="quarantined", account=account, settled_at=clock.now())
    return str(mail.key)


def _letter() -> str:
    return carried(Typed("receipt", "de", Template("{title}", "{promise}")))


def _page(incident: Incident) -> str:
    event = incident.events.get(number=1)
    return str(MailPage.objects.create(account=incident.account, event=event, html="<p>It is down.</p>").key)


def _agreement(account: Account) -> Agreement:
    return Agreement.objects.get_or_create(account=account, defaults={"level": "premium", "period": ALWAYS})[0]


def _copy(account: Account, what_for: str, cast: Cast) -> str:
    key = f"{account.slug}-{what_for}"
    SignedCopy.objects.create(
        account=account,
        agreement=_agreement(account),
        key=key,
        name="contract.pdf",
        size=0,
        digest="",
        given_at=clock.now(),
        given_by=cast.mia,
    )
    return key


def _proposal(account: Account) -> int:
    return Proposal.objects.create(
        account=account,
        sort="worst",
        name="Router",
        kind=Kind.PROACTIVE_GUIDANCE,
        says="Router had 3 incidents",
        threshold="3 or more",
        evidence=[],
        proposed_at=clock.now(),
    ).pk


def _recommendation(account: Account, cast: Cast) -> str:
    now = clock.now()
    return Recommendation.objects.create(
        account=account,
        kind=Kind.PROACTIVE_GUIDANCE,
        title="More memory",
        text="Give it more memory.",
        owner=cast.mia,
        due_on=now.date(),
        state=Recommendation.State.SENT,
        written_at=now,
        sent_at=now,
        sent_by=cast.mia,
    ).key


def _note(account: Account, cast: Cast) -> int:
    now = clock.now()
    return RunBookNote.objects.create(account=account, text="Two nodes.", changed_at=now, changed_by=cast.mia).pk


def _change(account: Account, cast: Cast) -> str:
    now = clock.now()
    return AnnouncedChange.objects.create(
        account=account,
        title="New certificates",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        announced_at=now,
        announced_by=cast.mia,
    ).key


def _review(account: Account, period: str) -> ServiceReview:
    review, is_new = begin(account, called(period, "America/Chicago")[1], "quarter", by=None)
    if is_new:
        group(review.pk)
        stand_for_the_desk()
    return review


def _group(account: Account) -> int:
    review = _review(account, "2025-Q4")
    return IncidentGroup.objects.create(review=review, account=account, place=1, suggested="Routing").pk


def _published(account: Account, cast: Cast) -> str:
    """Of each account another period, so that an address names the review of one of them alone."""
    period = "2025-Q3" if account == cast.premium else "2025-Q2"
    publication.publish(_review(account, period), seen=1, by=cast.mia)
    return period


def _view(owner: Person) -> int:
    return SavedView.objects.create(owner=owner, name="Mine", asks="q=503").pk


def _hand_over(incident: Incident, cast: Cast) -> int:
    note = HandOver.objects.create(written_by=cast.bo, written_at=clock.now(), text="Look at it.")
    note.incidents.add(incident)
    return note.pk


def _template(by: Person) -> int:
    return ReplyTemplate.objects.create(name="Hello", text="Hello", changed_by=by, changed_at=clock.now()).pk


def _table(kind: str, *, done: bool = False) -> str:
    now = clock.now()
    kept = ImportedTable.objects.create(
        kind=kind,
        file_name=f"{kind}.csv",
        checked_at=now,
        done_at=now if done else None,
        outcome={"steps": [], "beside": [], "read_as": "UTF-8, with commas"},
    )
    return str(kept.key)


def _leaving(incident: Incident, person: Person) -> str:
    return leaving_link(incident, person).rpartition("/")[2]


def _mail_end(person: Person) -> str:
    Subscription.begin(person, None, at=clock.now(), last_month="2026-02")
    return ending_link(Subscription.objects.get(person=person)).rpartition("/")[2]


def _link(person: Person) -> Names:
    return tuple(resolve(urlsplit(link_for(person).url).path).kwargs.values())
