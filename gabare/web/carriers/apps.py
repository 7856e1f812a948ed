from django.apps import AppConfig


class CarriersConfig(AppConfig):
    name = "gabare.web.carriers"
    label = "carriers"
