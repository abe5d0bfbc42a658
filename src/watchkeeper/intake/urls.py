"""The addresses of mail for both sides."""

from django.urls import path

from watchkeeper.intake.as_sent import as_sent

urlpatterns = [path("mails/<uuid:key>", as_sent, name="mail-as-sent")]
