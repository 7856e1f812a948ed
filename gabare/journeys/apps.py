from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "gabare.journeys"
    label = "journeys"
