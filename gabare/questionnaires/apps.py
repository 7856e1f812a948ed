from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "gabare.questionnaires"
    label = "questionnaires"
    verbose_name = "Questionnaires"
