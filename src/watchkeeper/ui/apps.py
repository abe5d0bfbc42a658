"""The Django application that carries templates, static files and the tag library of the shell."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "watchkeeper.ui"
    label = "ui"
    verbose_name = "Shell and components"
