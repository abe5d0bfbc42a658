"""The addresses of reports."""

from django.urls import path, re_path

from watchkeeper.reports.attainment.behind import desk_behind, portal_behind
from watchkeeper.reports.attainment.files import desk_file, portal_file
from watchkeeper.reports.attainment.page import desk_attainment, portal_attainment
from watchkeeper.reports.attainment.parts import desk_chart, desk_part, portal_chart, portal_part
from watchkeeper.reports.attainment.subscribing import desk_subscription, end_by_link, portal_subscription
from watchkeeper.reports.what_if import desk as desk_what_if
from watchkeeper.reports.what_if import portal as portal_what_if

urlpatterns = [
    path("attainment/subscription", portal_subscription, name="portal-attainment-subscription"),
    path("desk/attainment/subscription", desk_subscription, name="desk-attainment-subscription"),
    re_path(r"^attainment-mail/(?P<token>[A-Za-z0-9._-]{1,200})$", end_by_link, name="attainment-mail-end"),
    path("attainment", portal_attainment, name="portal-attainment"),
    path("attainment/incidents", portal_behind, name="portal-attainment-behind"),
    path("attainment/parts/<str:part>", portal_part, name="portal-attainment-part"),
    path("attainment/charts/<str:part>", portal_chart, name="portal-attainment-chart"),
    path("attainment/files/<str:name>", portal_file, name="portal-attainment-file"),
    path("desk/attainment", desk_attainment, name="desk-attainment"),
    path("desk/attainment/incidents", desk_behind, name="desk-attainment-behind"),
    path("desk/attainment/parts/<str:part>", desk_part, name="desk-attainment-part"),
    path("desk/attainment/charts/<str:part>", desk_chart, name="desk-attainment-chart"),
    path("desk/attainment/files/<str:name>", desk_file, name="desk-attainment-file"),
    path("desk/what-if", desk_what_if.what_if, name="desk-what-if"),
    path("desk/what-if/further", desk_what_if.further_part, name="desk-what-if-further"),
    path("desk/what-if.csv", desk_what_if.file, name="desk-what-if-file"),
    path("what-if", portal_what_if.what_if, name="portal-what-if"),
    path("what-if/further", portal_what_if.further_part, name="portal-what-if-further"),
    path("what-if.csv", portal_what_if.file, name="portal-what-if-file"),
]
