"""The Nu validator on whole folders at once: starting Java is what takes time."""

import json
import subprocess
from pathlib import Path

from tests.journeys.browser import NODE_MODULES

JAR = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
# A bug of the validator or a rule that it does not know yet, each with its reason.
KNOWN: tuple[str, ...] = ()


def messages(files: list[Path], *options: str) -> list[str]:
    done = subprocess.run(
        ["java", "-Xmx512m", "-jar", JAR, "--format", "json", "--stdout", *options, *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [
        f"{Path(said['url']).name}:{said.get('lastLine', '?')}: {said['message']}"
        for said in json.loads(done.stdout)["messages"]
        if not said["message"].startswith(KNOWN or ("\0",))
    ]
