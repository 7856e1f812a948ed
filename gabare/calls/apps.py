from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "gabare.calls"
    label = "calls"
    verbose_name = "Appels"
