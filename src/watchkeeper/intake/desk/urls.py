"""The addresses of mail that came in, below ``/desk/``."""

from django.urls import path

from watchkeeper.intake.desk import acts, pages

urlpatterns = [
    path("mail-in", pages.mails, name="desk-mails-in"),
    path("mail-in/<uuid:key>", pages.mail, name="desk-mail-in"),
    path("mail-in/<uuid:key>/file", pages.file, name="desk-mail-in-file"),
    path("mail-in/<uuid:key>/again", acts.again, name="desk-mail-in-again"),
    path("mail-in/<uuid:key>/report", acts.report, name="desk-mail-in-report"),
    path("mail-in/<uuid:key>/dropping", acts.dropping, name="desk-mail-in-dropping"),
]
