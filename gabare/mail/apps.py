from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "gabare.mail"
    label = "mail"
    verbose_name = "Courrier"
