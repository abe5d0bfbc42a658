from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "watchkeeper.reports"
    label = "reports"
