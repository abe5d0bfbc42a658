from django.apps import AppConfig


class PremiumConfig(AppConfig):
    name = "watchkeeper.premium"
    label = "premium"

    def ready(self) -> None:
        # A job is known once its module was imported.
        from watchkeeper.premium.reviews.grouping import job  # noqa: F401
