"""Fifty carriers who save a step of their draft at the same instant."""

import http.client
import re
import selectors
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

MANY = 50
ROUNDS = 4
LONGEST = 60  # seconds


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

    def saving(self, title: str) -> bytes:
        """The request that saves the step, ready to be sent."""
        body = urlencode({
            "csrfmiddlewaretoken": self.token, "seen_saves": self.seen, "go": "stay",
            "shown": "title summary", "title": title, "summary": "Un résumé. " * 20,
        }).encode()  # fmt: skip
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"POST {self.step} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {said}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def kept(self, title: str) -> bool:
        return title in self.ask(self.step)[1]


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else ""


def sent_together(port: int, requests: list[bytes]) -> list[float]:
    """Send them all at the same instant; the seconds until each answer came whole.

    One thread that only waits: a measurer that computes would take the processor it measures.
    """
    selector = selectors.DefaultSelector()
    connections = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in requests]
    answers = dict.fromkeys(connections, b"")
    for connection in connections:
        selector.register(connection, selectors.EVENT_READ)
    begun = time.perf_counter()
    for connection, request in zip(connections, requests, strict=True):
        connection.sendall(request)
    taken = []
    while selector.get_map() and time.perf_counter() - begun < LONGEST:
        for key, _events in selector.select(timeout=1):
            connection: socket.socket = key.fileobj  # type: ignore[assignment]
            received = connection.recv(65536)
            answers[connection] += received
            if not received:
                selector.unregister(connection)
                connection.close()
                taken.append(time.perf_counter() - begun)
    refused = [answer[:300] for answer in answers.values() if b" 302 " not in answer[:20]]
    if refused:
        print("refusé :", len(refused), refused[0])
    return taken


def all_at_once(port: int) -> tuple[list[float], int]:
    """The seconds of every saving, and how many were lost or refused."""
    carriers = [Carrier(port) for _ in range(MANY)]
    for carrier in carriers:
        carrier.begin()
    taken: list[float] = []
    lost = 0
    for turn in range(1 + ROUNDS):  # the first one wakes the threads of a server just started
        titles = {f"Essai {n} tour {turn}": carrier for n, carrier in enumerate(carriers)}
        seconds = sent_together(port, [each.saving(title) for title, each in titles.items()])
        taken += seconds if turn else []
        lost += sum(not carrier.kept(title) for title, carrier in titles.items())
    return taken, lost
