from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "watchkeeper.policies"
    label = "policies"
