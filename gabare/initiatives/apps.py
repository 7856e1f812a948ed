from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "gabare.initiatives"
    label = "initiatives"
    verbose_name = "Initiatives"

    def ready(self) -> None:
        from gabare.initiatives.mails import register_letters  # noqa: PLC0415  models come first

        register_letters()
