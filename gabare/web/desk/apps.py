from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "gabare.web.desk"
    label = "desk"
