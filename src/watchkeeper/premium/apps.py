from django.apps import AppConfig


class PremiumConfig(AppConfig):
    name = "watchkeeper.premium"
    label = "premium"
