"""The database's clock inside a statement, for the conditions and columns that must agree with the row's lock."""

from __future__ import annotations

from django.db.models import DateTimeField, Func


class DatabaseNow(Func):
    """``watchkeeper_now()``: the only clock of the desk."""

    function = "watchkeeper_now"
    arity = 0
    output_field = DateTimeField()
