"""The addresses of the walk, below ``/set-up/``."""

from django.urls import path

from watchkeeper.office.setup import pages

urlpatterns = [
    path("link/<str:token>", pages.link, name="set-up-link"),
    path("address", pages.address, name="set-up-address"),
    path("manager", pages.manager, name="set-up-manager"),
    path("mail", pages.mail, name="set-up-mail"),
    path("mail/trial", pages.trial, name="set-up-trial"),
    path("policy", pages.policy, name="set-up-policy"),
    path("look", pages.look, name="set-up-look"),
    path("opening", pages.opening, name="set-up-opening"),
    path("done", pages.done, name="set-up-done"),
]
