"""The address that providers post mail to."""

from django.urls import path

from watchkeeper.intake.mail.doors.webhooks.view import mail_in

urlpatterns = [path("<slug:provider>/", mail_in, name="mail-in")]
