from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "gabare.agenda"
    label = "agenda"
    verbose_name = "Agenda"
