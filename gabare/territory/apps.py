from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "gabare.territory"
    label = "territory"
    verbose_name = "Territoire"
