import json

import extruct
import pytest
from bs4 import BeautifulSoup

from gabare.people.models import Organisation
from gabare.people.operations import find_or_add_organisation
from tests.agenda.given import NOW, a_call, listed

pytestmark = pytest.mark.django_db


def page(client, row):
    response = client.get(f"/initiatives/{row.slug}/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def data(client, row) -> dict:
    html = client.get(f"/initiatives/{row.slug}/").content.decode()
    (found,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    return found


def test_the_page_says_what_was_sent(client):
    (row,) = listed(
        a_call(), "Démonter un algorithme",
        {"start": "2024-06-18T14:00", "end": "2024-06-18T16:00", "place": "Médiathèque",
         "commune_id": "44143"},
        summary="Deux heures pour comprendre.", access="gratuit", link="https://example.org/s",
        audiences=["tous", {"other": "Collégiens"}], themes=["ecole"],
        criteria={"usager": "On mesure sur un cas réel.", "droit": "On lit la loi."},
        approach="Cartes en main.", carriers=["Association A", "Labo B"],
    )  # fmt: skip
    soup = page(client, row)
    assert soup.h1.text == "Démonter un algorithme"
    assert "labellisée le 12\u00a0juin\u00a02024" in soup.select_one(".eyebrow").text
    lit = [(li.h3.text, li.p.text) for li in soup.select(".numbered > li")]
    assert lit == [("Droit", "On lit la loi."), ("Usager", "On mesure sur un cas réel.")]
    assert "Cartes en main." in soup.main.text
    aside = soup.aside.text
    assert "Mardi\u00a018\u00a0juin\u00a02024, 14\u00a0h\u00a0– 16\u00a0h" in aside
    for said in ["Médiathèque, Rezé", "Tout public, Collégiens", "Gratuit", "Labo B", "partenaire"]:
        assert said in aside
    links = {a.text: a["href"] for a in soup.aside.select("a")}
    assert links["n°\u00a02024-001"] == "/label/2024-001/"
    assert links["Informations et inscription"] == "https://example.org/s"
    assert links["Ajouter à mon agenda"] == f"/initiatives/{row.slug}.ics"


def test_what_is_not_listed_has_no_page(client):
    a_call()
    assert client.get("/initiatives/inconnue/").status_code == 404


def test_without_a_date_nothing_is_invented(client):
    (row,) = listed(a_call(), "MOOC", axis="education")
    soup = page(client, row)
    assert "Sans date fixée" in soup.aside.text
    assert "Ajouter à mon agenda" not in soup.aside.text
    assert data(client, row)["@type"] == "Course"


def test_a_cancelled_date_is_said(client):
    (row,) = listed(a_call(), "A", {"start": "2024-06-20", "status": "cancelled"})
    assert page(client, row).select_one(".status").text == "Annulé"
    assert data(client, row)["eventStatus"] == "https://schema.org/EventCancelled"


def test_structured_data_of_an_event(client):
    (row,) = listed(
        a_call(), "Atelier </script><script>alert(1)</script>",
        {"start": "2024-06-18T14:00", "end": "2024-06-18T16:00", "place": "Médiathèque",
         "commune_id": "44143", "address": "1 rue", "mode": "mixte"},
        access="gratuit", carriers=["Association A"], audiences=["tous"],
    )  # fmt: skip
    found = data(client, row)
    assert found["@type"] == "Event"
    assert found["name"] == "Atelier </script><script>alert(1)</script>"
    assert found["startDate"] == "2024-06-18T14:00+02:00"
    assert found["endDate"] == "2024-06-18T16:00+02:00"
    assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert found["isAccessibleForFree"] is True
    assert found["inLanguage"] == "fr"
    assert found["organizer"] == [{"@type": "Organization", "name": "Association A"}]
    place, online = found["location"]
    assert place["address"] == {
        "@type": "PostalAddress", "streetAddress": "1 rue", "addressLocality": "Rezé"
    }  # fmt: skip
    assert online["@type"] == "VirtualLocation"


def test_structured_dates_stop_where_they_are_known(client):
    call = a_call()
    (month,) = listed(call, "Mois", "2024-12")
    assert data(client, month)["startDate"] == "2024-12"
    rows = listed(call, "Série", "2024-06-20", "2025")
    series = data(client, rows[0])
    assert series["@type"] == "EventSeries"
    assert [event["startDate"] for event in series["subEvent"]] == ["2024-06-20", "2025"]


def test_related_initiatives_are_shown(client):
    call = a_call()
    (row,) = listed(call, "Moi", "2024-06-20", criteria={"droit": "x"})
    listed(call, "Voisine", "2024-06-25", criteria={"droit": "y"}, carriers=["B"])
    soup = page(client, row)
    assert [link.text for link in soup.select("#related ~ .rows h3 a")] == ["Voisine"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_depend_on_dates(client, django_assert_num_queries, count):
    call = a_call()
    days = [f"2024-06-2{n}" for n in range(count)]
    (row, *_) = listed(call, "Moi", *days, criteria={"droit": "x"})
    for n in range(count):
        listed(call, f"Voisine {n}", "2024-06-25", criteria={"droit": "y"}, carriers=[f"C{n}"])
    client.get(f"/initiatives/{row.slug}/?lu=1")
    with django_assert_num_queries(4):
        client.get(f"/initiatives/{row.slug}/")


def test_a_carrier_s_address_is_the_one_that_was_read(client):
    """An organisation's own row takes what any deposit says of it, read or not."""
    (row,) = listed(a_call(), "A", "2024-06-20", carriers=["Association A"])
    find_or_add_organisation(
        name="ASSOCIATION A", kind="company", website="https://ailleurs.example.org", now=NOW
    )
    assert Organisation.objects.get().website == "https://ailleurs.example.org"
    html = client.get(f"/initiatives/{row.slug}/").content.decode()
    assert "Association A" in html
    assert "ailleurs.example.org" not in html


def test_text_is_text(client):
    (row,) = listed(
        a_call(), "A", "2024-06-20", approach="<script>alert(1)</script>" + "x" * 100_000
    )
    soup = page(client, row)
    assert "<script>alert(1)</script>" in soup.main.text
    assert [s.get("type") for s in soup.select("script")] == ["application/ld+json"]
    json.loads(soup.script.string)


def test_what_a_carrier_wrote_keeps_its_language_on_an_english_page(client):
    call = a_call()
    (row,) = listed(call, "Démonter", "2024-06-20", criteria={"usager": "Un cas réel."})
    listed(call, "Comprendre", "2024-06-25", criteria={"usager": "Un autre."}, carriers=["B"])
    for address, language in [("/en/initiatives/", "fr"), ("/initiatives/", None)]:
        html = client.get(f"{address}{row.slug}/").content
        soup = BeautifulSoup(html, "html.parser")
        said = [soup.h1, soup.select_one(".lead"), soup.select_one(".numbered p"),
                soup.select_one("#related ~ .rows h3")]  # fmt: skip
        assert [each.get("lang") for each in said] == [language] * 4
