"""Fifty carriers who save a step of their draft at the same instant."""

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

MANY = 50
ROUNDS = 4


@dataclass
class Carrier:
    """A browser with its cookies and one draft."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    step: str = ""
    seen: str = "0"
    token: str = ""

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": said, "Accept": "text/html"}
        if data is None:
            connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(data), headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        self.token = found(r'csrfmiddlewaretoken" value="([^"]+)', body) or self.token
        self.seen = found(r'name="seen_saves" value="(\d+)', body) or self.seen
        connection.close()
        return answer.status, answer.getheader("Location") or body

    def begin(self) -> None:
        self.ask("/deposer/")
        status, self.step = self.ask(
            "/deposer/", {"csrfmiddlewaretoken": self.token, "axis": "evenements"}
        )
        assert status == 302, self.step[:300]
        self.ask(self.step)

    def save(self, title: str) -> float:
        """Seconds that the saving took; the page is read again afterwards, outside of them."""
        data = {
            "csrfmiddlewaretoken": self.token, "seen_saves": self.seen, "go": "stay",
            "shown": "title summary", "title": title, "summary": "Un résumé. " * 20,
        }  # fmt: skip
        begun = time.perf_counter()
        status, said = self.ask(self.step, data)
        taken = time.perf_counter() - begun
        assert status == 302, f"{status} {said[:300]}"
        return taken

    def kept(self, title: str) -> bool:
        return title in self.ask(self.step)[1]


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else ""


def save_with_others(
    carrier: Carrier, title: str, gate: threading.Barrier, taken: list[float]
) -> None:
    gate.wait()
    try:
        taken.append(carrier.save(title))
    except (AssertionError, OSError) as error:
        print("refusé :", error)


def all_at_once(port: int) -> tuple[list[float], int]:
    """The seconds of every saving, and how many were lost or refused."""
    carriers = [Carrier(port) for _ in range(MANY)]
    for carrier in carriers:
        carrier.begin()
    taken: list[float] = []
    lost = 0
    for turn in range(ROUNDS):
        gate = threading.Barrier(MANY)
        threads = [
            threading.Thread(
                target=save_with_others, args=(carrier, f"Essai {n} tour {turn}", gate, taken)
            )
            for n, carrier in enumerate(carriers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lost += sum(not c.kept(f"Essai {n} tour {turn}") for n, c in enumerate(carriers))
    return taken, lost
