"""The addresses of reports."""

from django.urls import path

from watchkeeper.reports.attainment.portal import portal_attainment
from watchkeeper.reports.what_if import desk as desk_what_if
from watchkeeper.reports.what_if import portal as portal_what_if

urlpatterns = [
    path("attainment", portal_attainment, name="portal-attainment"),
    path("desk/what-if", desk_what_if.what_if, name="desk-what-if"),
    path("desk/what-if/further", desk_what_if.further_part, name="desk-what-if-further"),
    path("desk/what-if.csv", desk_what_if.file, name="desk-what-if-file"),
    path("what-if", portal_what_if.what_if, name="portal-what-if"),
    path("what-if/further", portal_what_if.further_part, name="portal-what-if-further"),
    path("what-if.csv", portal_what_if.file, name="portal-what-if-file"),
]
