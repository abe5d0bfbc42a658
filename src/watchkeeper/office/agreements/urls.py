"""The addresses of accounts, licences and agreements, below ``/desk/``; a signed copy has one for both sides."""

from django.urls import path

from watchkeeper.office.agreements import (
    account,
    accounts,
    agreement,
    agreement_end,
    agreement_form_pages,
    licences,
    signed_copies,
)
from watchkeeper.office.agreements.sla import editor

ACCOUNT = "accounts/<slug:slug>"
AGREEMENT = "agreements/<int:key>"

desk_pages = [
    path("accounts", accounts.accounts, name="desk-accounts"),
    path(ACCOUNT, account.account, name="desk-account"),
    path(f"{ACCOUNT}/executive", account.executive, name="desk-account-executive"),
    path(f"{ACCOUNT}/licences/new", licences.new_licence, name="desk-new-licence"),
    path("licences/<int:key>/end", licences.licence_end, name="desk-licence-end"),
    path(f"{ACCOUNT}/agreements/new", agreement_form_pages.new_agreement, name="desk-new-agreement"),
    path(AGREEMENT, agreement.agreement, name="desk-agreement"),
    path(f"{AGREEMENT}/edit", agreement_form_pages.agreement_edit, name="desk-agreement-edit"),
    path(f"{AGREEMENT}/end", agreement_end.agreement_end, name="desk-agreement-end"),
    path(f"{AGREEMENT}/calling-off", agreement_end.calling_off, name="desk-agreement-calling-off"),
    path(f"{AGREEMENT}/sla", editor.sla, name="desk-agreement-sla"),
    path(f"{AGREEMENT}/sla/check", editor.sla_check, name="desk-agreement-sla-check"),
    path(f"{AGREEMENT}/signed-copies", signed_copies.new_copy, name="desk-new-signed-copy"),
    path("signed-copies/<slug:key>/removal", signed_copies.removal, name="desk-signed-copy-removal"),
]

pages_of_both_sides = [path("signed-copies/<slug:key>", signed_copies.signed_copy, name="signed-copy")]
