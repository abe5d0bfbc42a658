"""The verbs of the desk: everything that can be done to an incident, whoever asks and through whichever channel.

Each verb asks ``access`` whether its actor may, opens the door (``flow.turn_of``) and appends events. Refusals:
``access.Refused`` (the role), ``lifecycle.NotAllowedNow`` (the state), ``NotPossible`` (the incident's facts).
"""

from watchkeeper.incidents.verbs.disputing import answer_dispute, contestable, dispute
from watchkeeper.incidents.verbs.ending import close, confirm, merge, reopen, resolve, withdraw
from watchkeeper.incidents.verbs.erasing import redact
from watchkeeper.incidents.verbs.escalating import answer_escalation, end_escalation, escalate
from watchkeeper.incidents.verbs.following import (
    add_participant,
    ask_to_join,
    asking,
    confirm_sender,
    remove_participant,
)
from watchkeeper.incidents.verbs.outage import (
    put_under,
    reply_to_all,
    require_one_level,
    resolve_all,
    take_out,
)
from watchkeeper.incidents.verbs.promising import apply_later_promise, apply_promise, exclude
from watchkeeper.incidents.verbs.publishing import publish_report
from watchkeeper.incidents.verbs.rating import rate
from watchkeeper.incidents.verbs.refusals import AlreadyAcknowledged, Nothing, NotPossible
from watchkeeper.incidents.verbs.reporting import Report, report
from watchkeeper.incidents.verbs.sorting import (
    classify,
    describe,
    dispatch,
    does_not_serve,
    is_itself,
    is_that_already,
    link,
    link_as_reported_again,
    link_each_other,
)
from watchkeeper.incidents.verbs.speaking import (
    acknowledge,
    acknowledgement_by,
    ask,
    log_call,
    note,
    remark,
    reply,
    resume,
)
from watchkeeper.incidents.verbs.taking_back import can_be_taken_back, take_back, taken_back_until
from watchkeeper.incidents.why_not_escalated import why_not_escalated

__all__ = [
    "AlreadyAcknowledged",
    "NotPossible",
    "Nothing",
    "Report",
    "acknowledge",
    "acknowledgement_by",
    "add_participant",
    "answer_dispute",
    "answer_escalation",
    "apply_later_promise",
    "apply_promise",
    "ask",
    "ask_to_join",
    "asking",
    "can_be_taken_back",
    "classify",
    "close",
    "confirm",
    "confirm_sender",
    "contestable",
    "describe",
    "dispatch",
    "dispute",
    "does_not_serve",
    "end_escalation",
    "escalate",
    "exclude",
    "is_itself",
    "is_that_already",
    "link",
    "link_as_reported_again",
    "link_each_other",
    "log_call",
    "merge",
    "note",
    "publish_report",
    "put_under",
    "rate",
    "redact",
    "remark",
    "remove_participant",
    "reopen",
    "reply",
    "reply_to_all",
    "report",
    "require_one_level",
    "resolve",
    "resolve_all",
    "resume",
    "take_back",
    "take_out",
    "taken_back_until",
    "why_not_escalated",
    "withdraw",
]
