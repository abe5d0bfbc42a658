"""The office's pages: of the desk, below ``/desk/``, and of the portal."""

from django.urls import path

from watchkeeper.office.agreements import urls as agreements
from watchkeeper.office.importing import pages as importing
from watchkeeper.office.people import desk, portal

desk_pages = [
    *agreements.desk_pages,
    path("people", desk.people, name="desk-people"),
    path("people/new", desk.new_person, name="desk-new-person"),
    path("people/<int:key>", desk.person, name="desk-person"),
    path("people/<int:key>/password-links", desk.password_links, name="desk-person-link"),
    path("teams", desk.teams, name="desk-teams"),
    path("import", importing.tables, name="desk-import"),
    path("import/<uuid:key>", importing.table, name="desk-imported"),
    path("import/<uuid:key>/doing", importing.doing, name="desk-import-doing"),
]

portal_pages = [
    *agreements.pages_of_both_sides,
    path("people", portal.people, name="portal-people"),
    path("people/new", portal.new_person, name="portal-new-person"),
    path("people/<int:key>", portal.person, name="portal-person"),
    path("people/<int:key>/password-links", portal.password_links, name="portal-person-link"),
]
