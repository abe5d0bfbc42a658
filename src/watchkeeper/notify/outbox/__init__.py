"""The outbox: what must be said is written down with the deed that made it so, and kept until a server took it.

The row is the truth; jobs only carry it. ``queue`` is called inside the transaction of the deed. A worker then
calls ``claim``, hands the notice over, and calls ``finish``; the watcher calls ``sweep`` every few seconds.
"""

from watchkeeper.notify.outbox.attempts import LEASE, claim, finish, renew
from watchkeeper.notify.outbox.bounced import bounced
from watchkeeper.notify.outbox.fallback import tell_the_operators
from watchkeeper.notify.outbox.queue import call_off, erase, queue, queue_all, take_back
from watchkeeper.notify.outbox.saying import Recipient, Saying
from watchkeeper.notify.outbox.sweep import Swept, sweep

__all__ = [
    "LEASE",
    "Recipient",
    "Saying",
    "Swept",
    "bounced",
    "call_off",
    "claim",
    "erase",
    "finish",
    "queue",
    "queue_all",
    "renew",
    "sweep",
    "take_back",
    "tell_the_operators",
]
