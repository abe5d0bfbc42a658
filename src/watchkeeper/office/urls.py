"""The office's pages: of the desk, below ``/desk/``, and of the portal."""

from django.urls import path

from watchkeeper.office.agreements import urls as agreements
from watchkeeper.office.holidays import pages as holidays
from watchkeeper.office.importing import pages as importing
from watchkeeper.office.letters import pages as letters
from watchkeeper.office.people import desk, portal
from watchkeeper.office.publishing.pages import applying as policy_applying
from watchkeeper.office.publishing.pages import draft as policy_draft
from watchkeeper.office.publishing.pages import effect as policy_effect
from watchkeeper.office.publishing.pages import overview as policy
from watchkeeper.office.publishing.pages import publication as policy_publication
from watchkeeper.office.publishing.pages import version as policy_version
from watchkeeper.office.rehearsal import page as policy_rehearsal

desk_pages = [
    *agreements.desk_pages,
    path("people", desk.people, name="desk-people"),
    path("people/new", desk.new_person, name="desk-new-person"),
    path("people/<int:key>", desk.person, name="desk-person"),
    path("people/<int:key>/password-links", desk.password_links, name="desk-person-link"),
    path("teams", desk.teams, name="desk-teams"),
    path("letters", letters.all_letters, name="desk-letters"),
    path("letters/pages/<str:words>", letters.page_in_a_frame, name="desk-letter-page"),
    path("letters/<str:key>", letters.letter, name="desk-letter"),
    path("letters/<str:key>/preview", letters.preview, name="desk-letter-preview"),
    path("letters/<str:key>/shipped", letters.shipped, name="desk-letter-shipped"),
    path("import", importing.tables, name="desk-import"),
    path("import/<uuid:key>", importing.table, name="desk-imported"),
    path("import/<uuid:key>/doing", importing.doing, name="desk-import-doing"),
    path("policy/", policy.policy, name="desk-policy"),
    path("policy/drafts", policy.drafts, name="desk-policy-drafts"),
    path("policy/drafts/<int:key>/", policy_draft.draft, name="desk-policy-draft"),
    path("policy/drafts/<int:key>/check", policy_draft.checked, name="desk-policy-draft-check"),
    path("policy/drafts/<int:key>/page", policy_draft.preview, name="desk-policy-draft-page"),
    path("policy/drafts/<int:key>/file", policy_draft.file, name="desk-policy-draft-file"),
    path("policy/drafts/<int:key>/comparison", policy_draft.comparison, name="desk-policy-draft-comparison"),
    path("policy/drafts/<int:key>/discarding", policy_draft.discarding, name="desk-policy-draft-discarding"),
    path("policy/drafts/<int:key>/effect", policy_effect.effect, name="desk-policy-draft-effect"),
    path("policy/drafts/<int:key>/publication", policy_publication.publication, name="desk-policy-draft-publication"),
    path("policy/versions/<int:number>/", policy_version.version, name="desk-policy-version"),
    path("policy/versions/<int:number>/file", policy_version.file, name="desk-policy-version-file"),
    path("policy/versions/<int:number>/withdrawal", policy_version.withdrawal, name="desk-policy-version-withdrawal"),
    path("policy/promises", policy_applying.promises, name="desk-policy-promises"),
    path("policy/holidays", holidays.holidays, name="desk-holidays"),
    path("policy/holidays/country", holidays.of_country, name="desk-holidays-country"),
    path("policy/holidays/file", holidays.of_file, name="desk-holidays-file"),
    path("policy/holidays/drafts", holidays.accepted, name="desk-holidays-accepted"),
    path("policy/rehearsal/", policy_rehearsal.rehearsal, name="desk-policy-rehearsal"),
    path("policy/drafts/<int:key>/rehearsal", policy_rehearsal.draft, name="desk-policy-draft-rehearsal"),
    path("policy/versions/<int:number>/rehearsal", policy_rehearsal.version, name="desk-policy-version-rehearsal"),
]

portal_pages = [
    *agreements.pages_of_both_sides,
    path("people", portal.people, name="portal-people"),
    path("people/new", portal.new_person, name="portal-new-person"),
    path("people/<int:key>", portal.person, name="portal-person"),
    path("people/<int:key>/password-links", portal.password_links, name="portal-person-link"),
]
