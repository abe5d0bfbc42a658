"""The addresses of reports."""

from django.urls import path

from watchkeeper.reports.attainment.portal import portal_attainment

urlpatterns = [path("attainment", portal_attainment, name="portal-attainment")]
