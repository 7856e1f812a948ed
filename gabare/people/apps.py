from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "gabare.people"
    label = "people"
    verbose_name = "Personnes"
