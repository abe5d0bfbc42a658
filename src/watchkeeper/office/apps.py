from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "watchkeeper.office"
    label = "office"

    def ready(self) -> None:
        # A job is known once its module was imported.
        from watchkeeper.office.publishing import replays  # noqa: F401
