from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "watchkeeper.notify"
    label = "notify"

    def ready(self) -> None:
        # A job is known once its module was imported.
        from watchkeeper.notify import jobs  # noqa: F401
        from watchkeeper.notify.password_links import sending  # noqa: F401
