from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "gabare.labels"
    label = "labels"
    verbose_name = "Labels"
