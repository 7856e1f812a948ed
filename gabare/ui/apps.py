from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "gabare.ui"
    label = "ui"
