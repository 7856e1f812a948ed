from typing import Any

from django.core.management.base import BaseCommand

from config.diagnosis import findings


class Command(BaseCommand):
    help = "Dit ce qui va et ce qu’il faut faire. Sort avec 1 si quelque chose ne va pas."

    def handle(self, **_options: Any) -> None:
        well = True
        for finding in findings():
            mark = self.style.SUCCESS("ok") if finding.ok else self.style.ERROR("à faire")
            self.stdout.write(f"{finding.subject:<17} {mark:<8} {finding.words}")
            self.stdout.flush()
            well = well and finding.ok
        if not well:
            raise SystemExit(1)
