"""The addresses of reports."""

from django.urls import path, re_path

from watchkeeper.reports.attainment.behind import desk_behind, portal_behind
from watchkeeper.reports.attainment.files import desk_file, portal_file
from watchkeeper.reports.attainment.page import desk_attainment, portal_attainment
from watchkeeper.reports.attainment.parts import desk_chart, desk_part, portal_chart, portal_part
from watchkeeper.reports.attainment.subscribing import desk_subscription, end_by_link, portal_subscription

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
]
