"""What an import says of a table, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from watchkeeper.core.said import Said
from watchkeeper.office import matched
from watchkeeper.ui.translated import translated

_SAID_BY_OTHERS = (
    gettext_noop('"{zone}" is not an IANA zone; write a name such as America/Chicago, Europe/Berlin or UTC'),
    gettext_noop('"{zone}" is not an IANA zone; write a name such as {names}'),
    gettext_noop("{code} is not a country code; write US, or DE-BY for a region"),
    gettext_noop("{country} is a country without known holidays; write an ISO 3166 code such as US, or list dates"),
    gettext_noop("{country} has no regions with holidays of their own; write {same} alone"),
    gettext_noop("{region} is no region of {country}; it has {known}"),
    gettext_noop("is empty; one of the vendor's people has at least one role, a customer an account"),
    gettext_noop("{roles} is for the vendor's own people, who have no account"),
    gettext_noop("{roles} belongs to an account; write it in the column account"),
    gettext_noop("is for the vendor's own people; {account} has its team itself"),
)
"""What the rules and other rooms say of a cell."""


def problem_in_words(says: str) -> str:
    """What is wrong with a table, in the language of the page."""
    return str(translated(says)) if isinstance(says, Said) else matched.in_words(says, _SAID_BY_OTHERS)
