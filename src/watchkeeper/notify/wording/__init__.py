"""The texts of all notices: plain functions from plain values to ``Words``. What people typed is data in them."""

from watchkeeper.notify.wording.about import About, NoEntitlement, OutsideTheLevel, Promise, Promised
from watchkeeper.notify.wording.agreements import End, ends_in, has_ended
from watchkeeper.notify.wording.attainment import Came, monthly
from watchkeeper.notify.wording.conversation import (
    acknowledged,
    answered,
    asked,
    classified,
    join_asked,
    joined,
    not_done,
    replied,
    resolved,
)
from watchkeeper.notify.wording.deadlines import became_eligible, breached, rung_reached, stands_too_long, warned
from watchkeeper.notify.wording.disputes import dispute_answered, disputed
from watchkeeper.notify.wording.endings import closed, confirmed, merged, reopened, report_published, withdrawn
from watchkeeper.notify.wording.escalation import escalated, escalation_answered, not_escalated
from watchkeeper.notify.wording.history import history
from watchkeeper.notify.wording.operators import door_at_fault, unreadable
from watchkeeper.notify.wording.receipt import WaysToEscalate, receipt
from watchkeeper.notify.wording.recommendations import (
    Recommended,
    recommendation_accepted,
    recommendation_declined,
    recommendation_done,
    recommendation_due,
    recommended,
)
from watchkeeper.notify.wording.reviews import (
    Review,
    review_comes_up,
    review_commented,
    review_date_set,
    review_drafted,
    review_not_held,
    review_not_published,
    review_published,
    review_without_a_date,
)
from watchkeeper.notify.wording.sign_in import invitation, password_link
from watchkeeper.notify.wording.team import dispatch_taken_back, dispatched, raised, reported
from watchkeeper.notify.wording.words import Words

__all__ = [
    "About",
    "Came",
    "End",
    "NoEntitlement",
    "OutsideTheLevel",
    "Promise",
    "Promised",
    "Recommended",
    "Review",
    "WaysToEscalate",
    "Words",
    "acknowledged",
    "answered",
    "asked",
    "became_eligible",
    "breached",
    "classified",
    "closed",
    "confirmed",
    "dispatch_taken_back",
    "dispatched",
    "dispute_answered",
    "disputed",
    "door_at_fault",
    "ends_in",
    "escalated",
    "escalation_answered",
    "has_ended",
    "history",
    "invitation",
    "join_asked",
    "joined",
    "merged",
    "monthly",
    "not_done",
    "not_escalated",
    "password_link",
    "raised",
    "receipt",
    "recommendation_accepted",
    "recommendation_declined",
    "recommendation_done",
    "recommendation_due",
    "recommended",
    "reopened",
    "replied",
    "report_published",
    "reported",
    "resolved",
    "review_comes_up",
    "review_commented",
    "review_date_set",
    "review_drafted",
    "review_not_held",
    "review_not_published",
    "review_published",
    "review_without_a_date",
    "rung_reached",
    "stands_too_long",
    "unreadable",
    "warned",
    "withdrawn",
]
