"""Which pages about people and the policy the navigation offers, on every page of a shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from watchkeeper.people import access
from watchkeeper.people.models import Person


def navigation(request: HttpRequest) -> dict[str, object]:
    """A context processor. Nobody is looked up for a page that does not ask."""

    def may(act: str) -> SimpleLazyObject:
        return SimpleLazyObject(lambda: isinstance(request.user, Person) and access.may(request.user, act))

    return {
        "may_manage_people": may("manage people"),
        "may_manage_own_people": may("manage own people"),
        "may_read_attainment": may("read attainment"),
        "may_read_agreements": may("read agreements"),
        "may_read_signed_copies": may("read signed copies"),
        "may_write_recommendations": may("write recommendations"),
        "may_read_places": may("read places"),
        "may_read_reviews": may("read reviews"),
        "may_ask_what_if": may("ask what if"),
        "may_keep_templates": may("keep templates"),
        "may_word_letters": may("word letters"),
        "may_publish_policy": may("publish policy"),
        "may_rehearse_policy": may("rehearse policy"),
    }
