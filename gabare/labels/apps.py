from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "gabare.labels"
    label = "labels"
    verbose_name = "Labels"

    def ready(self) -> None:
        from gabare.labels.mails import register_letters  # noqa: PLC0415  models come first

        register_letters()
