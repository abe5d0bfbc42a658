"""The one question at the end, as the page of an incident asks it of who took part."""

from __future__ import annotations

from watchkeeper.core import timeline as t
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.portal.forms import RatingForm
from watchkeeper.people.models import Person


def rating_form(incident: Incident, person: Person) -> RatingForm:
    """The form with what the person answered last, if they did. One query."""
    given = incident.events.filter(kind=t.RATED, person=person).select_related("message").order_by("number").last()
    message = getattr(given, "message", None)
    said = {"score": str(given.data["score"]), "remark": message.body if message else ""} if given else {}
    return RatingForm(initial=said, auto_id="rating_%s")
