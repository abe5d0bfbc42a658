"""Which door every address has: for whom it opens, by which methods, and the act of ``access`` that it takes.

``doorkeeper.Doorkeeper`` lets nobody past it, and an address without a row here opens to nobody. What lies behind a
door belongs to somebody too: the view asks for it among what the reader sees, and what is not theirs is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest

from watchkeeper.people import access
from watchkeeper.people.models import Person


class Side(Enum):
    """For whom a door is. To who stands on the other side of the house the address does not exist."""

    ANYBODY = "anybody, signed in or not"
    SIGNED_IN = "whoever is signed in"
    DESK = "people of the vendor"
    PORTAL = "people of an account"
    MACHINES = "machines, which are asked for a secret of their own"


@dataclass(frozen=True)
class Door:
    """One address. ``act`` is what a role must allow; empty: nothing more than the side.

    To who may not do the act the address does not exist. Where the act is done to a thing that they see
    (``tells``), the view tells them instead that they may not.
    """

    side: Side
    methods: tuple[str, ...]
    act: str = ""
    tells: bool = False

    def opens_to(self, person: Person) -> bool:
        """Whether somebody who is signed in comes in."""
        if self.side in (Side.DESK, Side.PORTAL) and person.is_customer is not (self.side is Side.PORTAL):
            return False
        return self.tells or not self.act or access.may(person, self.act)


def _page(side: Side, act: str = "") -> Door:
    return Door(side, ("GET", "HEAD"), act)


def _form(side: Side, act: str = "") -> Door:
    return Door(side, ("GET", "HEAD", "POST"), act)


def _post(side: Side, act: str = "") -> Door:
    return Door(side, ("POST",), act)


def _verb(side: Side, act: str) -> Door:
    return Door(side, ("POST",), act, tells=True)


_API = Door(Side.MACHINES, ())
_ANYBODY, _SIGNED_IN, _DESK, _PORTAL = Side.ANYBODY, Side.SIGNED_IN, Side.DESK, Side.PORTAL
_OUTBOX, _POLICY, _REHEARSE = "read the outbox", "publish policy", "rehearse policy"
_MAIL_IN, _SETTLE = "read mail that came in", "settle mail that came in"
_WHAT_IF = "ask what if"
_READ, _MANAGE = "read agreements", "manage agreements"
_WORD = "word letters"
_RECOMMEND, _PLACES, _ANNOUNCE = "write recommendations", "read places", "announce changes"
_ATTAINMENT = "read attainment"
_PEOPLE, _OWN_PEOPLE = "manage people", "manage own people"
_REVIEWS, _OWN_REVIEWS = "read reviews", "read own reviews"

DOORS: Mapping[str, Door] = {
    # signing in, and one's own account
    "start": _page(_ANYBODY),
    "sign-in": _form(_ANYBODY),
    "sign-out": _post(_ANYBODY),
    "language": _post(_ANYBODY),
    "words": _page(_ANYBODY),
    "my-account": _form(_SIGNED_IN),
    "my-password": _post(_SIGNED_IN),
    "password-forgotten": _form(_ANYBODY),
    "password-link-asked-for": _page(_ANYBODY),
    "new-password": _form(_ANYBODY),
    # what is promised
    "support-levels": _page(_ANYBODY),
    "support-levels-json": _page(_ANYBODY),
    "support-levels-pdf": _page(_ANYBODY),
    "support-levels-version": _page(_ANYBODY),
    "support-levels-version-json": _page(_ANYBODY),
    "support-levels-version-pdf": _page(_ANYBODY),
    "portal-terms": _page(_PORTAL),
    "portal-terms-pdf": _page(_PORTAL),
    # the portal
    "portal-incidents": _page(_PORTAL),
    "portal-report": _form(_PORTAL, "report"),
    "portal-report-promise": _page(_PORTAL, "report"),
    "portal-report-similar": _page(_PORTAL, "report"),
    "portal-report-joining": _verb(_PORTAL, "ask to join"),
    "portal-incident": _page(_PORTAL),
    "portal-incident-report": _page(_PORTAL),
    "portal-answers": _verb(_PORTAL, "answer"),
    "portal-escalation": _verb(_PORTAL, "escalate"),
    "portal-withdrawal": _verb(_PORTAL, "withdraw"),
    "portal-confirmation": _verb(_PORTAL, "confirm"),
    "portal-reopening": _verb(_PORTAL, "reopen"),
    "portal-rating": _verb(_PORTAL, "rate"),
    "portal-disputes": _verb(_PORTAL, "dispute"),
    "portal-severity": _verb(_PORTAL, "raise severity"),
    "portal-participants": _verb(_PORTAL, "add participants"),
    "portal-departures": _verb(_PORTAL, "leave"),
    "portal-attainment": _page(_PORTAL),
    "portal-recommendations": _page(_PORTAL),
    "portal-recommendation": _page(_PORTAL),
    "portal-recommendation-decision": _verb(_PORTAL, "answer recommendations"),
    "portal-recommendation-completion": _verb(_PORTAL, "finish recommendations"),
    "portal-changes": _page(_PORTAL),
    "portal-changes-calendar": _page(_PORTAL),
    "portal-new-change": _form(_PORTAL, _ANNOUNCE),
    "portal-change-calling-off": _post(_PORTAL, _ANNOUNCE),
    "portal-attainment-behind": _page(_PORTAL),
    "portal-attainment-part": _page(_PORTAL),
    "portal-attainment-chart": _page(_PORTAL),
    "portal-attainment-file": _page(_PORTAL),
    "portal-what-if": _page(_PORTAL, _WHAT_IF),
    "portal-what-if-further": _post(_PORTAL, _WHAT_IF),
    "portal-what-if-file": _page(_PORTAL, _WHAT_IF),
    "portal-attainment-subscription": _post(_PORTAL, "subscribe to attainment"),
    "attainment-mail-end": _form(_ANYBODY),  # who has the link
    "unfollow": _form(_ANYBODY),  # who has the link
    "portal-people": _page(_PORTAL, _OWN_PEOPLE),
    "portal-new-person": _form(_PORTAL, _OWN_PEOPLE),
    "portal-person": _form(_PORTAL, _OWN_PEOPLE),
    "portal-person-link": _post(_PORTAL, _OWN_PEOPLE),
    # files of both sides
    "attachment": _page(_SIGNED_IN),
    "signed-copy": _page(_SIGNED_IN, "read signed copies"),
    "mail-as-sent": _page(_SIGNED_IN),
    # the desk
    "desk-queue": _page(_DESK),
    "desk-wall": _page(_DESK),
    "desk-bulk": _form(_DESK, "act on several"),
    "desk-saved-views": _post(_DESK),
    "desk-saved-view-removal": _post(_DESK),
    "desk-hand-over": _form(_DESK, "hand over"),
    "desk-hand-over-reading": _post(_DESK, "hand over"),
    "desk-report": _form(_DESK, "report"),
    "desk-escalations": _page(_DESK),
    "desk-outbox": _page(_DESK, _OUTBOX),
    "desk-mail": _page(_DESK, _OUTBOX),
    "desk-incident": _page(_DESK),
    "desk-incident-report": _page(_DESK),
    "desk-incident-report-draft": _form(_DESK, "write report"),
    "desk-incident-report-publication": _post(_DESK, "write report"),
    "desk-presence": _post(_DESK),
    "desk-acknowledgement": _verb(_DESK, "acknowledge"),
    "desk-replies": _verb(_DESK, "reply"),
    "desk-questions": _verb(_DESK, "ask"),
    "desk-notes": _verb(_DESK, "note"),
    "desk-resolution": _verb(_DESK, "resolve"),
    "desk-dispatch": _verb(_DESK, "dispatch"),
    "desk-severity": _verb(_DESK, "classify"),
    "desk-subject": _verb(_DESK, "classify"),
    "desk-resumption": _verb(_DESK, "resume"),
    "desk-closure": _verb(_DESK, "close"),
    "desk-reopening": _verb(_DESK, "reopen"),
    "desk-escalation-answer": _verb(_DESK, "answer escalation"),
    "desk-escalation-end": _verb(_DESK, "answer escalation"),
    "desk-exclusions": _verb(_DESK, "exclude"),
    "desk-dispute-answer": _verb(_DESK, "answer dispute"),
    "desk-merge": _verb(_DESK, "merge"),
    "desk-links": _verb(_DESK, "link"),
    "desk-outage": _verb(_DESK, "link"),
    "desk-outage-end": _verb(_DESK, "link"),
    "desk-calls": _verb(_DESK, "log a call"),
    "desk-erasures": _verb(_DESK, "redact"),
    "desk-undoing": _verb(_DESK, "take back"),
    "desk-participants": _verb(_DESK, "add participants"),
    "desk-departures": _verb(_DESK, "remove participants"),
    "desk-sender-confirmation": _verb(_DESK, "confirm sender"),
    "desk-promise": _verb(_DESK, "apply promise"),
    # what other terms would have come to
    "desk-what-if": _page(_DESK, _WHAT_IF),
    "desk-what-if-further": _post(_DESK, _WHAT_IF),
    "desk-what-if-file": _page(_DESK, _WHAT_IF),
    # mail that came in
    "desk-mails-in": _page(_DESK, _MAIL_IN),
    "desk-mail-in": _page(_DESK, _MAIL_IN),
    "desk-mail-in-file": _page(_DESK, _MAIL_IN),
    "desk-mail-in-again": _post(_DESK, _SETTLE),
    "desk-mail-in-report": _post(_DESK, _SETTLE),
    "desk-mail-in-dropping": _post(_DESK, _SETTLE),
    # what the team says again and again
    "desk-templates": _page(_DESK, "reply"),
    "desk-incident-templates": _page(_DESK, "reply"),
    "desk-new-template": _form(_DESK, "keep templates"),
    "desk-template": _form(_DESK, "keep templates"),
    "desk-template-removal": _post(_DESK, "keep templates"),
    # the words of letters
    "desk-letters": _page(_DESK, _WORD),
    "desk-letter": _form(_DESK, _WORD),
    "desk-letter-preview": _post(_DESK, _WORD),
    "desk-letter-page": _page(_DESK, _WORD),
    "desk-letter-shipped": _post(_DESK, _WORD),
    # what came of what was promised
    "desk-attainment": _page(_DESK, _ATTAINMENT),
    "desk-attainment-behind": _page(_DESK, _ATTAINMENT),
    "desk-attainment-part": _page(_DESK, _ATTAINMENT),
    "desk-attainment-chart": _page(_DESK, _ATTAINMENT),
    "desk-attainment-file": _page(_DESK, _ATTAINMENT),
    "desk-attainment-subscription": _post(_DESK, "subscribe to attainment"),
    # what accounts bought
    "desk-accounts": _page(_DESK, _READ),
    "desk-account": _page(_DESK, _READ),
    "desk-account-executive": _post(_DESK, _MANAGE),
    "desk-new-licence": _form(_DESK, _MANAGE),
    "desk-licence-end": _form(_DESK, _MANAGE),
    "desk-new-agreement": _form(_DESK, _MANAGE),
    "desk-agreement": _page(_DESK, _READ),
    "desk-agreement-edit": _form(_DESK, _MANAGE),
    "desk-agreement-end": _form(_DESK, _MANAGE),
    "desk-agreement-calling-off": _post(_DESK, _MANAGE),
    "desk-agreement-sla": _form(_DESK, _MANAGE),
    "desk-agreement-sla-check": _post(_DESK, _MANAGE),
    "desk-new-signed-copy": _post(_DESK, _MANAGE),
    "desk-signed-copy-removal": _post(_DESK, _MANAGE),
    # what is recommended to accounts
    "desk-recommendations": _page(_DESK, _RECOMMEND),
    "desk-proposals-look": _post(_DESK, _RECOMMEND),
    "desk-proposal-acceptance": _post(_DESK, _RECOMMEND),
    "desk-proposal-dropping": _post(_DESK, _RECOMMEND),
    "desk-new-recommendation": _form(_DESK, _RECOMMEND),
    "desk-recommendation": _page(_DESK, _RECOMMEND),
    "desk-recommendation-words": _form(_DESK, _RECOMMEND),
    "desk-recommendation-arrangement": _post(_DESK, _RECOMMEND),
    "desk-recommendation-sending": _post(_DESK, _RECOMMEND),
    "desk-recommendation-discarding": _post(_DESK, _RECOMMEND),
    "desk-recommendation-completion": _post(_DESK, _RECOMMEND),
    # what is known of accounts' places
    "desk-places": _page(_DESK, _PLACES),
    "desk-place": _page(_DESK, _PLACES),
    "desk-place-calendar": _page(_DESK, _PLACES),
    "desk-incident-place": _page(_DESK, _PLACES),
    "desk-new-run-book-note": _form(_DESK, "keep run books"),
    "desk-run-book-note": _form(_DESK, "keep run books"),
    "desk-run-book-note-removal": _post(_DESK, "keep run books"),
    "desk-new-change": _form(_DESK, _ANNOUNCE),
    "desk-change-calling-off": _post(_DESK, _ANNOUNCE),
    # service reviews
    "desk-reviews": _page(_DESK, _REVIEWS),
    "desk-review-drafts": _post(_DESK, "write review"),
    "desk-review": _page(_DESK, _REVIEWS),
    "desk-review-pdf": _page(_DESK, _REVIEWS),
    "desk-review-draft": _form(_DESK, "write review"),
    "desk-review-publication": _post(_DESK, "publish review"),
    "desk-review-date": _post(_DESK, "hold review"),
    "desk-review-holding": _post(_DESK, "hold review"),
    "desk-review-comments": _post(_DESK, "comment on review"),
    "desk-review-group-name": _post(_DESK, "write review"),
    "desk-review-group-merging": _post(_DESK, "write review"),
    "desk-review-group-dropping": _post(_DESK, "write review"),
    "desk-review-group-putting-back": _post(_DESK, "write review"),
    "portal-reviews": _page(_PORTAL),
    "portal-review": _page(_PORTAL, _OWN_REVIEWS),
    "portal-review-pdf": _page(_PORTAL, _OWN_REVIEWS),
    "portal-review-comments": _post(_PORTAL, "comment on review"),
    # people, teams, and tables that are imported
    "desk-people": _page(_DESK, _PEOPLE),
    "desk-new-person": _form(_DESK, _PEOPLE),
    "desk-person": _form(_DESK, _PEOPLE),
    "desk-person-link": _post(_DESK, _PEOPLE),
    "desk-teams": _post(_DESK, _PEOPLE),
    "desk-import": _form(_DESK, _PEOPLE),
    "desk-imported": _page(_DESK, _PEOPLE),
    "desk-import-doing": _post(_DESK, _PEOPLE),
    # the policy
    "desk-policy": _page(_DESK, _POLICY),
    "desk-policy-drafts": _post(_DESK, _POLICY),
    "desk-policy-draft": _form(_DESK, _POLICY),
    "desk-policy-draft-check": _post(_DESK, _POLICY),
    "desk-policy-draft-page": _page(_DESK, _POLICY),
    "desk-policy-draft-file": _page(_DESK, _POLICY),
    "desk-policy-draft-comparison": _post(_DESK, _POLICY),
    "desk-policy-draft-discarding": _post(_DESK, _POLICY),
    "desk-policy-draft-effect": _form(_DESK, _POLICY),
    "desk-policy-draft-publication": _form(_DESK, _POLICY),
    "desk-policy-draft-rehearsal": _page(_DESK, _POLICY),
    "desk-policy-version": _page(_DESK, _POLICY),
    "desk-policy-version-file": _page(_DESK, _POLICY),
    "desk-policy-version-withdrawal": _post(_DESK, "withdraw policy"),
    "desk-policy-version-rehearsal": _page(_DESK, _REHEARSE),
    "desk-policy-rehearsal": _page(_DESK, _REHEARSE),
    "desk-policy-promises": _form(_DESK, _POLICY),
    "desk-holidays": _page(_DESK, _POLICY),
    "desk-holidays-country": _page(_DESK, _POLICY),
    "desk-holidays-file": _post(_DESK, _POLICY),
    "desk-holidays-accepted": _post(_DESK, _POLICY),
    # the walk that sets a desk up, which asks for the link it began with
    "set-up-link": _form(_ANYBODY),
    "set-up-address": _page(_ANYBODY),
    "set-up-manager": _form(_ANYBODY),
    "set-up-mail": _page(_ANYBODY),
    "set-up-trial": _post(_ANYBODY),
    "set-up-policy": _form(_ANYBODY),
    "set-up-look": _page(_ANYBODY),
    "set-up-opening": _post(_ANYBODY),
    "set-up-done": _page(_DESK, _POLICY),
    # the API
    "api-v1:openapi-json": _page(_ANYBODY),
    "api-v1:api-root": _API,
    "api-v1:incidents": _API,
    "api-v1:incident": _API,
    # mail that a provider posts
    "mail-in": Door(Side.MACHINES, ()),
}
"""Every named address of the desk."""


def door_of(request: HttpRequest) -> Door:
    """The door of the address that a request asks for."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    try:
        return DOORS[name]
    except KeyError:
        raise NoDoor(f'the address "{request.path}", named "{name}", has no row in people/doors.py') from None


class NoDoor(RuntimeError):
    """An address was added and nobody said for whom it is."""
