"""``/words/<language>.js``: what the scripts of a page say, in a language that is not English."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

A_DAY = 24 * 3600

_catalogue = JavaScriptCatalog.as_view()


@cache_control(max_age=A_DAY)
def words_of_scripts(request: HttpRequest, language: str) -> HttpResponse:
    """Django's catalogue of all rooms; a language the desk does not speak is a 404."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        response: HttpResponse = _catalogue(request)
    return response
