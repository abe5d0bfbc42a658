from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "watchkeeper.office"
    label = "office"
