"""The addresses of signing in, of the start, and of one's own account."""

from django.urls import path

from watchkeeper.people.sign_in import views

urlpatterns = [
    path("", views.start, name="start"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("language", views.choose_language, name="language"),
    path("my-account", views.my_account, name="my-account"),
    path("my-account/password", views.my_password, name="my-password"),
]
