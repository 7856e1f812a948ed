"""The four walks of a newcomer, each with JavaScript off and on."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys import walks
from tests.journeys.browser import PHONE

with_and_without_javascript = pytest.mark.parametrize(
    "javascript", [False, True], ids=["without JavaScript", "with JavaScript"]
)
TITLE = {False: "Essais publics sans script", True: "Essais publics avec script"}


def address_of(javascript: bool) -> str:
    return f"porteur-{'avec' if javascript else 'sans'}@exemple.fr"


@with_and_without_javascript
def test_an_inhabitant_reads_the_agenda(someone, javascript):
    page = someone(javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Agenda", exact=True).first.click()
    page.goto("/agenda/?quand=tout")
    everything = page.locator("main .rows li").count()
    assert everything > 3
    page.get_by_role("checkbox", name=re.compile("sobriété", re.I)).first.check()
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile("critere=sobriete"))
    narrowed = page.locator("main .rows li").count()
    assert 0 < narrowed < everything
    page.get_by_role("link", name=re.compile("Retirer le filtre.*sobriété", re.I)).click()
    page.get_by_label("Rechercher une initiative").fill("metiers")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("main .rows li").first).to_be_visible()
    page.goto("/agenda/?quand=tout&q=hackathon")
    title = page.locator("main .rows h3 a").first
    name = title.inner_text()
    title.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("img").first).to_be_visible()  # its rose
    ics = page.get_by_role("link", name="Ajouter à mon agenda").get_attribute("href")
    calendar = Calendar.from_ical(page.context.request.get(ics).body())
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]


@with_and_without_javascript
def test_a_carrier_deposits_and_resumes_elsewhere(someone, site, javascript):
    title, address = f"{TITLE[javascript]}, déposés", f"depot-{address_of(javascript)}"
    here = someone(javascript=javascript, viewport=PHONE)
    walks.write_initiative(here, title, "Camille Essai", address)
    expect(here.locator("main")).to_contain_text("pas encore envoyé")
    here.get_by_text("Reprendre plus tard ou sur un autre appareil").click()
    link = here.get_by_label("Lien secret").input_value()
    elsewhere = someone(javascript=javascript)
    elsewhere.goto(link)
    elsewhere.get_by_role("button", name="Reprendre").click()
    expect(elsewhere.get_by_label("Titre de l’événement")).to_have_value(title)
    elsewhere.get_by_role("button", name=re.compile("Relire et envoyer")).click()
    walks.identify(elsewhere, site, "Camille Essai", address)
    elsewhere.get_by_role("button", name="Envoyer", exact=True).click()
    elsewhere.wait_for_url("**/envoyee/")
    expect(elsewhere.locator("main")).to_contain_text("C’est envoyé")
    receipt = walks.words(walks.letter_to(site, address, "reçu"))
    for said in [title, "Salle des essais", "On mesure ensemble", "reçu"]:
        assert said in receipt
    elsewhere.goto("/mes-initiatives/")
    expect(elsewhere.locator("main")).to_contain_text(title)


def decide(page: Page, title: str, outcome: str) -> None:
    page.goto("/equipe/")
    page.get_by_role("link", name=title).first.click()
    page.locator(".deciding").get_by_role("radio", name=re.compile(rf"^{outcome}")).check()
    page.get_by_label("Ce que le label couvre").fill("L’après-midi d’essais et ses supports.")
    page.get_by_role("button", name=re.compile("Enregistrer, suivant")).click()
    expect(page.locator("body")).to_contain_text("Décision enregistrée")


@with_and_without_javascript
def test_the_team_decides_and_nothing_leaves_yet(someone, site, javascript):
    title, address = f"{TITLE[javascript]}, lus", f"lu-{address_of(javascript)}"
    walks.deposit(someone(javascript=javascript), site, title, "Camille Essai", address)
    team = someone(javascript=javascript)
    walks.sign_in(team, site, site.reviewer, "/equipe/")
    already = len(walks.letters_to(site, address))
    decide(team, title, "Labelliser")
    inhabitant = someone(javascript=javascript)
    inhabitant.goto(f"/agenda/?quand=tout&q={TITLE[javascript]}")
    expect(inhabitant.get_by_role("link", name=title)).to_have_count(0)
    team.goto("/equipe/")
    expect(team.locator("article")).to_contain_text(title)
    team.get_by_role("link", name=title).first.click()
    team.get_by_role("button", name="Annuler cette décision").click()
    expect(team.locator("body")).to_contain_text("Décision annulée")
    assert len(walks.letters_to(site, address)) == already


@with_and_without_javascript
def test_the_lead_publishes_and_the_inhabitant_sees(someone, own_site, javascript):
    title, address = f"{TITLE[javascript]}, publiés", f"publie-{address_of(javascript)}"
    carrier, lead, inhabitant = (someone(javascript=javascript, at=own_site) for _ in range(3))
    walks.deposit(carrier, own_site, title, "Camille Essai", address)
    inhabitant.goto("/agenda/")  # what is kept must not outlive the publication
    walks.sign_in(lead, own_site, own_site.lead, "/equipe/")
    decide(lead, title, "Labelliser")
    lead.goto("/equipe/edition/")
    expect(lead.locator("main")).to_contain_text(title)
    publish = lead.get_by_role("button", name=re.compile("Publier l’édition"))
    publish.click()
    expect(publish).to_have_count(0)
    inhabitant.goto("/agenda/")
    inhabitant.get_by_role("link", name=title).first.click()
    expect(inhabitant.get_by_role("heading", level=1)).to_have_text(title)
    inhabitant.get_by_role("link", name=re.compile("Publiée dans l’édition")).click()
    expect(inhabitant.get_by_role("link", name=title)).to_be_visible()
    assert title in walks.words(walks.letter_to(own_site, address, "label"))
