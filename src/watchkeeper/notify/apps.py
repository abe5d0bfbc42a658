from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "watchkeeper.notify"
    label = "notify"

    def ready(self) -> None:
        from watchkeeper.notify import jobs  # noqa: F401 a job is known once its module was imported
