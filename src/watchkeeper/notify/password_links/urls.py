"""The addresses of asking for a link to set a password, and of setting it."""

from django.urls import path

from watchkeeper.notify.password_links import views

urlpatterns = [
    path("forgotten-password", views.forgotten, name="password-forgotten"),
    path("forgotten-password/asked-for", views.asked_for, name="password-link-asked-for"),
    path("new-password/<str:uidb64>/<str:token>", views.NewPassword.as_view(), name="new-password"),
]
