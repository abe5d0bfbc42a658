from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "watchkeeper.intake"
    label = "intake"
