"""From a kind of page to one page of it, as a person would come to it."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

from tests.journeys.kinds import ANYONE, KINDS, STATES, Kind

ALL = KINDS | STATES


@dataclass
class Paths:
    people: dict[str, BrowserContext]
    known: dict[str, str] = field(default_factory=dict)

    def page(self, name: str) -> Page:
        return self.people[ALL[name].who].new_page()

    def address(self, name: str) -> str:
        """Where a page of this kind is, found once."""
        if name not in self.known:
            self.known[name] = self._find(ALL[name])
        return self.known[name]

    def _find(self, kind: Kind) -> str:
        if not kind.on:
            return self.known.get(kind.at, kind.at)
        before = self.address(kind.on) if kind.on in ALL else kind.on
        page = self.people[kind.who].new_page()
        page.goto(before)
        link = page.locator(kind.at).first
        assert link.count(), f"no {kind.at} on {before}"
        address = link.get_attribute("href")
        if address is None:  # a button of a form: where it leads
            link.click()
            address = page.url
        page.close()
        return address

    def html(self, name: str) -> str:
        """The page as the server sends it."""
        person = self.people[ALL[name].who]
        answer = person.request.get(self.address(name), headers={"accept": "text/html"})
        assert answer.status == ALL[name].status, f"{name}: {answer.status}"
        return answer.text()


ANONYMOUS = [name for name, kind in ALL.items() if kind.who == ANYONE]
WEIGHED = [name for name, kind in ALL.items() if kind.weighed]
