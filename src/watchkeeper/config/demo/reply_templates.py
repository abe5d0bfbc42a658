"""The reply templates of the demo's desk."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.incidents.models import ReplyTemplate
from watchkeeper.people.models import Person

_TEMPLATES = {
    "Ask for the logs": """\
Hello {{ customer }},

to find the cause we need the gateway's log of the ten minutes before it began. Please attach it to {{ reference }}, \
without passwords or keys.

{{ engineer }}""",
    "We have a workaround": """\
Hello {{ customer }},

until {{ product }} is repaired you can go on like this:

1.

Please tell us whether that holds. You find everything about it on {{ link }}

{{ engineer }}""",
    "You hear from us by": """\
Hello {{ customer }},

we are still looking into “{{ title }}”. You hear from us again by {{ due }} at the latest, even if \
there is nothing new.

{{ engineer }}""",
}


def keep(by: Person, now: datetime) -> None:
    """Keep all of them, written by this manager."""
    ReplyTemplate.objects.bulk_create(
        ReplyTemplate(name=name, text=text, changed_by=by, changed_at=now) for name, text in _TEMPLATES.items()
    )
