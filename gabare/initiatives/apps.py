from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "gabare.initiatives"
    label = "initiatives"
    verbose_name = "Initiatives"
