from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "gabare.review"
    label = "review"
    verbose_name = "Relèves"
