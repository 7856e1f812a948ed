from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "gabare.web.visitors"
    label = "visitors"
