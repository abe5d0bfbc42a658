"""The addresses of places and of the changes at them."""

from django.urls import path

from watchkeeper.premium.places import beside, desk, portal, run_book

PLACE = "places/<slug:slug>"

desk_pages = [
    path("places", desk.places, name="desk-places"),
    path(PLACE, desk.place, name="desk-place"),
    path(f"{PLACE}/changes.ics", desk.place_calendar, name="desk-place-calendar"),
    path(f"{PLACE}/notes/new", run_book.new_note, name="desk-new-run-book-note"),
    path(f"{PLACE}/changes/new", desk.new_change, name="desk-new-change"),
    path("run-book/<int:key>", run_book.note, name="desk-run-book-note"),
    path("run-book/<int:key>/removal", run_book.note_removal, name="desk-run-book-note-removal"),
    path("changes/<slug:key>/calling-off", desk.change_calling_off, name="desk-change-calling-off"),
    path("incidents/<str:reference>/place", beside.incident_place, name="desk-incident-place"),
]

portal_pages = [
    path("changes", portal.changes, name="portal-changes"),
    path("changes.ics", portal.changes_calendar, name="portal-changes-calendar"),
    path("changes/new", portal.new_change, name="portal-new-change"),
    path("changes/<slug:key>/calling-off", portal.change_calling_off, name="portal-change-calling-off"),
]
