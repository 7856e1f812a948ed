"""What people do on the site, by the names that they read: labels, buttons, headings."""

import email
import re
import time
from email.message import EmailMessage
from email.policy import default as modern

from playwright.sync_api import Page, expect

from tests.journeys.site import Site

A_CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
ARRIVES_WITHIN = 30


def letters_to(site: Site, address: str) -> list[EmailMessage]:
    """What the worker delivered to this address, oldest first."""
    files = sorted((site.folder / "mail").rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    letters = [email.message_from_bytes(path.read_bytes(), policy=modern) for path in files]
    return [letter for letter in letters if address.lower() in letter["To"].lower()]


def letter_to(site: Site, address: str, subject: str, *, after: int = 0) -> EmailMessage:
    """Wait for a letter whose subject says this, beyond the first `after` ones."""
    deadline = time.monotonic() + ARRIVES_WITHIN
    while time.monotonic() < deadline:
        found = [m for m in letters_to(site, address)[after:] if re.search(subject, m["Subject"])]
        if found:
            return found[-1]
        time.sleep(0.2)
    seen = [m["Subject"] for m in letters_to(site, address)]
    raise AssertionError(f"no letter « {subject} » for {address}, only {seen}")


def words(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content()


def enter_code(page: Page, site: Site, address: str, *, after: int) -> None:
    letter = letter_to(site, address, "code", after=after)
    page.get_by_label("Code", exact=True).fill(A_CODE.search(words(letter))[0])
    page.get_by_role("button", name="Se connecter", exact=True).click()


def sign_in(page: Page, site: Site, address: str, to: str = "/compte/") -> None:
    already = len(letters_to(site, address))
    page.goto(f"/compte/entrer/?next={to}")
    page.get_by_label("Votre adresse électronique").fill(address)
    page.get_by_role("button", name="Recevoir un code").click()
    enter_code(page, site, address, after=already)
    page.wait_for_url(f"**{to}")


def begin(page: Page) -> None:
    page.goto("/deposer/")
    page.get_by_role("button", name=re.compile("Événements, rencontres")).click()
    expect(page.get_by_label("Titre de l’événement")).to_be_visible()


def present(page: Page, title: str) -> None:
    page.get_by_label("Titre de l’événement").fill(title)
    page.get_by_label("Résumé").fill(
        "Un après-midi pour essayer des outils d’IA, en débattre et repartir avec des repères."
    )
    page.get_by_label("Tout public").check()
    page.get_by_label("Gratuit", exact=True).check()
    page.get_by_label("Nom de l’organisation").fill("Le Hangar des essais")
    page.get_by_label("Nature").select_option(index=1)
    go_on(page)


def say_when(page: Page) -> None:
    page.get_by_label("Début", exact=True).fill("20/03/2025")
    page.get_by_label("Heure de début").fill("17 h 30")
    page.get_by_label("Heure de fin").fill("19 h")
    page.get_by_label("Comment y participer").select_option("sur-place")
    page.get_by_label("Lieu", exact=False).first.fill("Salle des essais")
    page.get_by_label("Commune", exact=False).first.select_option(label="Nantes")
    go_on(page)


def light_the_rose(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("sobriété énergétique")).check()
    page.get_by_label(re.compile("En quoi.*sobriété énergétique")).fill(
        "On mesure ensemble ce que consomme chaque essai."
    )
    for question in ["Transformation de métiers", "Approche pratique et méthodologique"]:
        page.get_by_label(question).check()
    page.get_by_label("Environnement et sobriété").check()
    go_on(page)


def say_who(page: Page, name: str, address: str) -> None:
    page.get_by_label("Personne à contacter").fill(name)
    page.get_by_label("Adresse électronique de cette personne").fill(address)
    go_on(page)


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Continuer", exact=True).last.click()
    assert not page.get_by_role("alert").filter(has_text="Corrige").count(), page.inner_text("main")


def identify(page: Page, site: Site, name: str, address: str) -> None:
    already = len(letters_to(site, address))
    page.get_by_label("Votre nom").fill(name)
    page.get_by_label("Votre adresse électronique").fill(address)
    page.get_by_role("button", name="Recevoir un code").click()
    enter_code(page, site, address, after=already)


def write_initiative(page: Page, title: str, name: str, address: str) -> None:
    """From the first page to the last one before one says who one is."""
    begin(page)
    present(page, title)
    say_when(page)
    light_the_rose(page)
    say_who(page, name, address)


def deposit(page: Page, site: Site, title: str, name: str, address: str) -> None:
    """All the way: written, identified, sent."""
    write_initiative(page, title, name, address)
    identify(page, site, name, address)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.wait_for_url("**/envoyee/")
