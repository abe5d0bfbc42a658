"""The addresses of the published support levels and of an account's own terms."""

from django.urls import path

from watchkeeper.policies.support_levels import published_page, your_terms

VERSION = "support-levels/<int:number>"

urlpatterns = [
    path("support-levels", published_page.support_levels, name="support-levels"),
    path("support-levels.json", published_page.support_levels_json, name="support-levels-json"),
    path("support-levels.pdf", published_page.support_levels_pdf, name="support-levels-pdf"),
    path(VERSION, published_page.support_levels, name="support-levels-version"),
    path(f"{VERSION}.json", published_page.support_levels_json, name="support-levels-version-json"),
    path(f"{VERSION}.pdf", published_page.support_levels_pdf, name="support-levels-version-pdf"),
    path("support-terms", your_terms.portal_terms, name="portal-terms"),
    path("support-terms.pdf", your_terms.portal_terms_pdf, name="portal-terms-pdf"),
]
