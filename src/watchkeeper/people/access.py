"""Who may do what: one table of roles and acts, and the questions asked of it.

Which incidents a person sees is a question to the database (``Incident.objects.seen_by``); whether they may act
on one they see is answered here. Nobody is told about what they may not see.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, Q, QuerySet

from watchkeeper.people.models import Account, Person, Team

Role = Person.Role

CUSTOMERS = frozenset({Role.CUSTOMER, Role.CUSTOMER_MANAGER})
ENGINEERS = frozenset({Role.ENGINEER, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})
EXECUTIVES = frozenset({Role.ACCOUNT_EXECUTIVE, Role.MANAGER})

WHO_MAY: Mapping[str, frozenset[str]] = {
    "report": CUSTOMERS | ENGINEERS,
    "answer": CUSTOMERS,
    "raise severity": CUSTOMERS | ENGINEERS,
    "escalate": CUSTOMERS,
    "withdraw": CUSTOMERS,
    "confirm": CUSTOMERS,
    "reopen": CUSTOMERS | ENGINEERS,
    "rate": CUSTOMERS,
    "dispute": CUSTOMERS,
    "answer dispute": MANAGERS,
    "add participants": CUSTOMERS | ENGINEERS,
    "remove participants": ENGINEERS | {Role.CUSTOMER_MANAGER},
    "leave": CUSTOMERS,
    "ask to join": CUSTOMERS,
    "dispatch": ENGINEERS,
    "acknowledge": ENGINEERS,
    "reply": ENGINEERS,
    "ask": ENGINEERS,
    "note": ENGINEERS,
    "classify": ENGINEERS,
    "resume": ENGINEERS,
    "resolve": ENGINEERS,
    "close": ENGINEERS,
    "merge": ENGINEERS,
    "link": ENGINEERS,
    "log a call": ENGINEERS,
    "act on several": ENGINEERS,
    "redact": ENGINEERS,
    "write report": ENGINEERS,
    "confirm sender": ENGINEERS,
    "read mail that came in": ENGINEERS | {Role.ADMINISTRATOR},
    "settle mail that came in": ENGINEERS,
    "hand over": ENGINEERS,
    "take back": ENGINEERS,
    "apply promise": ENGINEERS,
    "apply a later promise": MANAGERS,
    "exclude": MANAGERS,
    "answer escalation": EXECUTIVES,
    "read the outbox": ENGINEERS | {Role.ADMINISTRATOR},
    "keep templates": MANAGERS,
    "word letters": MANAGERS,
    "ask what if": MANAGERS | {Role.ACCOUNT_EXECUTIVE, Role.CUSTOMER_MANAGER},
    "publish policy": MANAGERS,
    "rehearse policy": ENGINEERS,
    "withdraw policy": MANAGERS,
    "manage agreements": MANAGERS,
    "read attainment": ENGINEERS | {Role.ACCOUNT_EXECUTIVE},
    "subscribe to attainment": MANAGERS | {Role.ACCOUNT_EXECUTIVE, Role.CUSTOMER_MANAGER},
    "read agreements": MANAGERS | {Role.ACCOUNT_EXECUTIVE},
    "read signed copies": MANAGERS | {Role.ACCOUNT_EXECUTIVE, Role.CUSTOMER_MANAGER},
    "write recommendations": ENGINEERS | {Role.ACCOUNT_EXECUTIVE},
    "answer recommendations": frozenset({Role.CUSTOMER_MANAGER}),
    "finish recommendations": ENGINEERS | {Role.ACCOUNT_EXECUTIVE, Role.CUSTOMER_MANAGER},
    "read places": ENGINEERS | {Role.ACCOUNT_EXECUTIVE},
    "keep run books": ENGINEERS,
    "announce changes": CUSTOMERS | ENGINEERS,
    "read reviews": ENGINEERS | EXECUTIVES,
    "write review": ENGINEERS,
    "publish review": EXECUTIVES,
    "hold review": EXECUTIVES,
    "read own reviews": frozenset({Role.CUSTOMER_MANAGER}),
    "comment on review": ENGINEERS | EXECUTIVES | {Role.CUSTOMER_MANAGER},
    "manage people": MANAGERS | {Role.ADMINISTRATOR},
    "manage own people": frozenset({Role.CUSTOMER_MANAGER}),
}
"""Every act, and the roles that may do it on what they see."""


class Refused(Exception):
    """Somebody asked for an act that their role does not have; the message says which roles do."""


def may(person: Person, act: str) -> bool:
    """Whether a person's roles allow an act. A word that is not in the table is a programming error."""
    return person.has_role(*WHO_MAY[act])


def require(person: Person, act: str) -> None:
    """Raise ``Refused`` unless the person may."""
    if not may(person, act):
        allowed = ", ".join(sorted(str(Role(role).label) for role in WHO_MAY[act]))
        raise Refused(f"{person.name} may not {act}; that is for: {allowed}")


def serves(person: Person, account: Account) -> bool:
    """Whether a person of the vendor works on an account."""
    return accounts_served_by(person).filter(pk=account.pk).exists()


def accounts_served_by(person: Person) -> QuerySet[Account]:
    """The accounts a person of the vendor works on; none for a customer or an administrator alone.

    A manager: all. An engineer: those of their teams and those without a team; all, when in no team. An account
    executive: their own.
    """
    if person.has_role(Role.MANAGER):
        return Account.objects.all()
    served = Q(pk__in=[])
    if person.has_role(Role.ENGINEER):
        teams = Team.members.through.objects.filter(person=person)
        served |= Q(team__in=teams.values("team")) | Q(team__isnull=True) | ~Exists(teams)
    if person.has_role(Role.ACCOUNT_EXECUTIVE):
        served |= Q(account_executive=person)
    return Account.objects.filter(served)


def accounts_with_agreements_read_by(person: Person) -> QuerySet[Account]:
    """The accounts whose licences and agreements a person reads. A manager: all. An account executive: their own. A
    customer manager: the one they belong to."""
    if person.has_role(Role.MANAGER):
        return Account.objects.all()
    if person.has_role(Role.ACCOUNT_EXECUTIVE):
        return Account.objects.filter(account_executive=person)
    if person.has_role(Role.CUSTOMER_MANAGER):
        return Account.objects.filter(pk=person.account_id)
    return Account.objects.none()
