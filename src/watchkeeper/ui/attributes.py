"""HTML attributes given to a component as keyword arguments of its tag."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms.utils import flatatt
from django.utils.safestring import SafeString


class ForbiddenAttribute(ValueError):
    """An attribute the Content-Security-Policy would block: inline style or an inline event handler."""


def html_attributes(given: Mapping[str, object]) -> SafeString:
    """``hx_post="/x"`` becomes ``hx-post="/x"``; ``True`` a bare attribute; ``False``, ``None`` and "" nothing."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    for name in named:
        if name == "style" or name.startswith(("on", "hx-on")):
            raise ForbiddenAttribute(
                f"{name}: the page's policy allows no inline style or handler; write a class or a module"
            )
    return flatatt({name: value for name, value in named.items() if value not in (None, "")})
