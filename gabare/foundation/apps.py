from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "gabare.foundation"
    label = "foundation"
