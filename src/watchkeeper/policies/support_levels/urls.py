"""The addresses of the published support levels and of an account's own terms."""

from django.urls import path

from watchkeeper.policies.support_levels import published_page, your_terms

urlpatterns = [
    path("support-levels", published_page.support_levels, name="support-levels"),
    path("support-levels.json", published_page.support_levels_json, name="support-levels-json"),
    path("support-terms", your_terms.portal_terms, name="portal-terms"),
]
