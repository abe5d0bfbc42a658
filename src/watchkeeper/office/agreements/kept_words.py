"""What the history of terms keeps is English; here a page says it in its reader's language.

Only words that the desk itself put there are said anew, and only where it puts them. All else is a name, or was written
before the desk kept it so, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from django.utils.translation import gettext, gettext_noop

from watchkeeper.policies import periods

_COVERED = (
    gettext_noop("everything"),
    gettext_noop("the product {name}"),
    gettext_noop("the environment {name}"),
)
_ENDS = (gettext_noop("without end"),)
_ABOUT = (gettext_noop("Licence"), gettext_noop("Account executive"))
_FORMS: Mapping[str, tuple[str, ...]] = {
    "Covers": _COVERED,
    "Policy": (gettext_noop("version {number}"), gettext_noop("the version in force")),
    "Last day": _ENDS,
}
_DAYS = ("First day", "Last day")
_OF_AN_AGREEMENT = re.compile(r"(?P<level>.+?) for (?P<what>everything|the (?:product|environment) .+)")


def about(kept: str) -> str:
    """What was changed: a licence, the account executive, ``Premium for the environment production``."""
    agreement = _OF_AN_AGREEMENT.fullmatch(kept)
    if agreement is None:
        return _worded(kept, _ABOUT)
    return gettext("{level} for {what}").format(level=agreement["level"], what=_worded(agreement["what"], _COVERED))


def value(what: str, kept: str) -> str:
    """What something was before a change, or is after it; ``what`` as it is kept: ``Last day``."""
    said = _worded(kept, _FORMS.get(what, ()))
    return _day(kept) if what in _DAYS and said == kept else said


def _worded(kept: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        if found := _pattern(form).fullmatch(kept):
            return gettext(form).format(**found.groupdict())
    return kept


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """The form with what stands for its names: ``version {number}`` is read from ``version 3``."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(form)))


def _day(kept: str) -> str:
    try:
        return periods.day(datetime.strptime(kept, "%d %b %Y").replace(tzinfo=UTC).date())
    except ValueError:
        return kept
