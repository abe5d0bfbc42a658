"""What was erased on an incident is erased in the mail that it came by as well: the incident does not know of it."""

from __future__ import annotations

from watchkeeper.intake.models import MailPage, RawMail
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.people.wall import for_the_desk


def erase_what_was_erased() -> int:
    """Erase the bytes and pages of mails whose message was erased since; how many. Their digests stay."""
    with for_the_desk():
        MailPage.objects.filter(event__message__erased_at__isnull=False).exclude(html="").update(html="")
        erased = RawMail.objects.filter(mail__event__message__erased_at__isnull=False, erased_at=None)
        return erased.update(data=RawMail.ERASED, erased_at=DatabaseNow())
