"""What holds on every public page, in both languages, with and without a call."""

from datetime import date

import pytest

from gabare.agenda.operations import create_edition, list_initiative
from gabare.calls.models import Step
from gabare.labels.operations import grant_label
from tests.agenda.given import NOW, a_call, an_initiative
from tests.web.visitors.pages import read

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/", "/appel/", "/boussole/", "/boussole/droit/", "/label/2024-001/", "/plan-du-site/",
    "/aide/", "/accessibilite/", "/donnees-personnelles/", "/mentions-legales/",
]  # fmt: skip
WITHOUT_A_CALL = [a for a in ADDRESSES if a not in {"/boussole/droit/", "/label/2024-001/"}]


@pytest.fixture
def call():
    call = a_call()
    Step.objects.create(call=call, key="presentation", position=1, title={"fr": "Présentation"})
    version = an_initiative(call, "Atelier « jouer »")
    planned = call.planned_rounds.get(key="2024-04")
    create_edition(planned=planned, counts={"label": 1}, now=NOW)
    list_initiative(
        initiative=version.initiative, version=version, label_number="2024-001",
        edition_key="2024-04", now=NOW,
    )  # fmt: skip
    grant_label(
        initiative=version.initiative, version=version, edition_key="2024-04", scope="L’atelier",
        criteria=["droit"], starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30), now=NOW,
    )  # fmt: skip
    return call


def check(page, language: str) -> None:
    assert page.every("html")[0]["lang"] == language
    assert not page.wrong
    assert not page.open
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    jumps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in jumps)
    assert [len(page.every(tag)) for tag in ("main", "header", "footer", "title")] == [1] * 4
    assert len(page.ids) == len(set(page.ids))
    assert page.every("a")[0]["href"] == "#main"
    assert all(nav.get("aria-label") for nav in page.every("nav"))
    for _tag, attrs in page.tags:
        assert not any(name == "style" or name.startswith("on") for name in attrs)
        address = attrs.get("src") or ""
        assert not address.startswith("http")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_page_is_well_made(client, call, address, language):
    check(read(client, address if language == "fr" else f"/en{address}"), language)


@pytest.mark.parametrize("address", WITHOUT_A_CALL)
def test_each_page_stands_before_any_call(client, address):
    check(read(client, address), "fr")


@pytest.mark.parametrize("address", ["/nulle-part/", "/boussole/inconnu/", "/label/2024-999/"])
def test_a_page_that_does_not_exist_is_drawn_too(client, call, address):
    check(read(client, address, 404), "fr")


def test_titles_are_unique(client, call):
    titles = [read(client, address).title for address in ADDRESSES]
    assert len(titles) == len(set(titles))
    assert all(title.endswith(" – Débat de l’IA") for title in titles)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_language_switch_keeps_the_page(client, call, address):
    page = read(client, address)
    assert [a["href"] for a in page.every("a") if a.get("hreflang") == "en"] == [f"/en{address}"]
    back = read(client, f"/en{address}")
    assert [a["href"] for a in back.every("a") if a.get("hreflang") == "fr"] == [address]


@pytest.mark.parametrize("address", ["/", "/appel/", "/boussole/droit/"])
def test_each_page_names_its_translations_and_its_own_address(client, call, settings, address):
    links = read(client, f"/en{address}?utm=x").every("link")
    canonical = [link["href"] for link in links if link["rel"] == "canonical"]
    assert canonical == [f"{settings.PUBLIC_URL}/en{address}"]
    others = {link["hreflang"]: link["href"] for link in links if link["rel"] == "alternate"}
    assert others["fr"].startswith(settings.PUBLIC_URL + address)
    assert others["en"].startswith(f"{settings.PUBLIC_URL}/en{address}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_to_ourselves_leads_somewhere(client, call, address):
    links = {str(a["href"]).split("#")[0] for a in read(client, address).every("a")}
    ours = {link for link in links if link.startswith("/")}
    assert ours
    for link in ours:
        assert client.get(link).status_code in {200, 302}, link


def test_reading_sets_no_cookie(client, call):
    for address in ADDRESSES:
        assert not client.get(address).cookies


@pytest.mark.parametrize(("shown", "demo"), [(1, True), (0, False)])
def test_the_demonstration_says_that_it_is_one(client, call, settings, shown, demo):
    settings.GABARE_DEMO = demo
    assert client.get("/aide/").content.decode().count("Démonstration\u00a0:") == shown


def test_no_figure_is_typed_in_the_footer(client, call):
    html = client.get("/").content.decode()
    footer = html[html.index("<footer") :]
    assert not [sign for sign in footer.split("</footer>")[0] if sign.isdigit()]
