from typing import Any

from django.core.management.base import BaseCommand

from gabare.calls.queries import current_call
from gabare.web.visitors.pages import make_pages


class Command(BaseCommand):
    help = "Écrit les pages qui manquent : aide, mentions légales, accessibilité, données."

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = make_pages(call=current_call())
        for page in made:
            self.stdout.write(f"{page.locale.language_code} {page.url}")
        self.stdout.write(f"Pages écrites\u00a0: {len(made)}.")
