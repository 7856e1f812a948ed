"""A deposit, from the home page to the receipt, without a mouse; what has the focus is seen."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys import walks

FURTHEST = 150
SEEN = """element => {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    || style.boxShadow !== 'none') && box.bottom > 0 && box.top < innerHeight;
}"""


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as a person does."""
    target.wait_for(state="attached")
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate(SEEN), f"the focus on {target} is not seen"
            return
    raise AssertionError(f"Tab never reaches {target}")


def press(page: Page, target: Locator) -> None:
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page: Page, label: str, text: str) -> None:
    reach(page, page.get_by_label(label, exact=False).first)
    page.keyboard.type(text)


def go_on(page: Page) -> None:
    press(page, page.get_by_role("button", name="Continuer", exact=True).last)


def test_a_deposit_by_keyboard_alone(someone, site):
    page, address = someone(), "clavier@exemple.fr"
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("Aller au contenu"))
    press(page, page.get_by_role("link", name="Déposer une initiative").first)
    press(page, page.get_by_role("button", name=re.compile("Événements, rencontres")))
    fill(page, "Titre de l’événement", "Essais publics au clavier")
    fill(page, "Résumé", "Un après-midi pour essayer et débattre.")
    reach(page, page.get_by_label("Tout public"))
    page.keyboard.press("Space")
    reach(page, page.get_by_role("radio", name="Gratuit", exact=True))
    page.keyboard.press("Space")
    fill(page, "Nom de l’organisation", "Le Hangar des essais")
    reach(page, page.get_by_label("Nature"))
    page.keyboard.press("ArrowDown")
    go_on(page)
    fill(page, "Début", "20/03/2025")
    fill(page, "Heure de début", "17 h 30")
    reach(page, page.get_by_label("Comment y participer"))
    page.keyboard.press("ArrowDown")
    fill(page, "Lieu", "Salle des essais")
    reach(page, page.get_by_label("Commune").first)
    page.keyboard.type("Nan")
    go_on(page)
    reach(page, page.get_by_role("checkbox", name=re.compile("sobriété énergétique")))
    page.keyboard.press("Space")
    fill(page, "En quoi ? Évaluer l’impact sur la sobriété", "On mesure chaque essai.")
    go_on(page)
    fill(page, "Personne à contacter", "Camille Essai")
    fill(page, "Adresse électronique de cette personne", address)
    go_on(page)
    fill(page, "Votre nom", "Camille Essai")
    fill(page, "Votre adresse électronique", address)
    press(page, page.get_by_role("button", name="Recevoir un code"))
    letter = walks.letter_to(site, address, "code")
    fill(page, "Code", walks.A_CODE.search(walks.words(letter))[0])
    press(page, page.get_by_role("button", name="Se connecter", exact=True))
    press(page, page.get_by_role("button", name="Envoyer", exact=True))
    expect(page.locator("main")).to_contain_text("C’est envoyé")
