"""The office's pages: of the desk, below ``/desk/``, and of the portal."""

from django.urls import path

from watchkeeper.office.agreements import account, accounts, agreement, agreement_acts, licences, promises
from watchkeeper.office.agreements.sla import editor
from watchkeeper.office.importing import pages as importing
from watchkeeper.office.people import desk, portal

desk_pages = [
    path("accounts", accounts.accounts, name="desk-accounts"),
    path("accounts/<slug:slug>", account.account, name="desk-account"),
    path("accounts/<slug:slug>/executive", account.executive, name="desk-account-executive"),
    path("accounts/<slug:slug>/licences/new", licences.new_licence, name="desk-new-licence"),
    path("accounts/<slug:slug>/agreements/new", agreement_acts.new_agreement, name="desk-new-agreement"),
    path("accounts/<slug:slug>/promises", promises.promises, name="desk-account-promises"),
    path("accounts/<slug:slug>/promises/better", promises.better_promises, name="desk-account-better-promises"),
    path("accounts/<slug:slug>/promises/later", promises.later_promises, name="desk-account-later-promises"),
    path("licences/<int:key>/end", licences.licence_end, name="desk-licence-end"),
    path("agreements/<int:key>", agreement.agreement, name="desk-agreement"),
    path("agreements/<int:key>/edit", agreement_acts.agreement_edit, name="desk-agreement-edit"),
    path("agreements/<int:key>/end", agreement_acts.agreement_end, name="desk-agreement-end"),
    path("agreements/<int:key>/sla", editor.sla, name="desk-agreement-sla"),
    path("agreements/<int:key>/sla/check", editor.sla_check, name="desk-agreement-sla-check"),
    path("agreements/<int:key>/calling-off", agreement_acts.calling_off, name="desk-agreement-calling-off"),
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
    path("people", portal.people, name="portal-people"),
    path("people/new", portal.new_person, name="portal-new-person"),
    path("people/<int:key>", portal.person, name="portal-person"),
    path("people/<int:key>/password-links", portal.password_links, name="portal-person-link"),
]
