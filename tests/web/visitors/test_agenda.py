import pytest
from bs4 import BeautifulSoup

from tests.agenda.given import a_call, listed

pytestmark = pytest.mark.django_db


def page(client, address="/agenda/"):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(soup):
    return [link.text for link in soup.select("main h3 a")]


def test_the_agenda_shows_what_is_coming_by_month(client):
    call = a_call()
    listed(call, "Hier", "2024-06-11T10:00")
    listed(call, "En juillet", "2024-07-02")
    listed(
        call, "Ce soir", {"start": "2024-06-12T18:00", "end": "2024-06-12T20:30", "place": "Halle"}
    )
    soup = page(client)
    assert soup.h1.text == "2 rendez-vous à venir"
    assert [h.text for h in soup.select("h2.month")] == ["Juin\u00a02024", "Juillet\u00a02024"]
    assert titles(soup) == ["Ce soir", "En juillet"]
    assert "Halle" in soup.select_one(".rows .muted").text
    assert "18\u00a0h – 20\u00a0h\u00a030" in soup.select_one(".rows .muted").text


def test_a_month_or_a_year_is_never_given_a_day(client):
    call = a_call()
    listed(call, "Un mois", "2024-06")
    listed(call, "Une année", "2024")
    listed(call, "Un MOOC")
    soup = page(client)
    assert soup.h1.text == "1 rendez-vous à venir"
    dates = {
        row.h3.text: " ".join(row.select_one(".date").text.split())
        for row in soup.select(".rows > li")
    }
    assert dates == {"Un mois": "juin 2024", "Une année": "2024", "Un MOOC": "sans date"}
    assert [h.text for h in soup.select("h2.month")] == ["Juin\u00a02024", "En continu"]
    assert "2 initiatives en continu" in soup.main.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_list(
    client, django_assert_num_queries, count
):
    call = a_call()
    for number in range(count):
        listed(call, f"Atelier {number}", "2024-06-20", criteria={"droit": "x"}, themes=["sante"])
    page(client, "/agenda/?page=1")  # the facets are read
    with django_assert_num_queries(3):
        page(client, "/agenda/?page=01")


def test_facets_count_what_each_choice_would_show(client):
    call = a_call()
    listed(call, "A", "2024-06-20", criteria={"droit": "x"}, access="gratuit")
    listed(call, "B", "2024-06-21", criteria={"droit": "x", "usager": "y"}, axis="education")
    soup = page(client, "/agenda/?critere=usager")
    counts = {i["id"]: i.find_parent(class_="facet").select_one("span:last-child").text
              for i in soup.select(".facet input")}  # fmt: skip
    assert counts["critere-droit"] == "2"  # its own facet does not narrow it
    assert counts["axe-education"] == "1"
    assert counts["axe-evenements"] == "0"
    assert soup.select_one("#axe-evenements").has_attr("disabled")
    assert soup.select_one("#critere-usager").has_attr("checked")
    assert titles(soup) == ["B"]


def test_a_filter_goes_away_by_a_plain_link(client):
    call = a_call()
    listed(call, "A", "2024-06-20", criteria={"droit": "x"}, access="gratuit")
    soup = page(client, "/agenda/?critere=droit&gratuit=oui")
    links = {a.text.split("filtre")[-1].strip(" ×"): a["href"] for a in soup.select("a.chip")}
    assert links == {"Droit": "/agenda/?gratuit=oui", "Gratuit": "/agenda/?critere=droit"}


def test_an_unknown_value_is_set_aside_and_said(client):
    listed(a_call(), "A", "2024-06-20")
    soup = page(client, "/agenda/?commune=99999&axe=<b>&gratuit=peut-être")
    said = soup.select_one("main .notice").text
    assert "commune\u00a0: 99999" in said
    assert "axe\u00a0: <b>" in said
    assert titles(soup) == ["A"]


def test_an_empty_answer_shows_the_way_out(client):
    listed(a_call(), "Musée", "2024-06-01")
    soup = page(client, "/agenda/?q=musee")
    assert soup.h1.text == "Aucun rendez-vous à venir pour «\u202fmusee\u202f»"
    ways = [a["href"] for a in soup.select(".empty a")]
    assert ways == ["/agenda/?q=musee&quand=passees", "/agenda/"]
    assert titles(page(client, ways[0])) == ["Musée"]


def test_no_call_no_error(client):
    assert page(client).h1.text == "Aucun rendez-vous à venir"


def test_pages_of_twenty_lines_keep_the_filters(client):
    call = a_call()
    for number in range(45):
        listed(call, f"Atelier {number:02}", "2024-06-20", access="gratuit")
    soup = page(client, "/agenda/?gratuit=oui&page=2")
    assert titles(soup)[0] == "Atelier 20"
    assert len(titles(soup)) == 20
    assert soup.select_one("a[rel=prev]")["href"] == "/agenda/?gratuit=oui"
    assert soup.select_one("a[rel=next]")["href"] == "/agenda/?gratuit=oui&page=3"
    assert titles(page(client, "/agenda/?page=99"))[-1] == "Atelier 44"


def test_what_changed_for_a_date_is_said(client):
    call = a_call()
    listed(call, "Sans suite", {"start": "2024-06-20", "status": "cancelled"})
    listed(call, "Plein", {"start": "2024-06-21", "status": "full"})
    soup = page(client)
    assert [c.text for c in soup.select(".chip--alert")] == ["annulé", "complet"]


def test_text_is_text(client):
    listed(a_call(), "<script>alert(1)</script> & « A »", "2024-06-20", summary="<img src=x>" * 50)
    assert titles(page(client)) == ["<script>alert(1)</script> & «\u202fA\u202f»"]


def test_the_same_selection_can_be_subscribed_to(client):
    listed(a_call(), "A", "2024-06-20", access="gratuit")
    soup = page(client, "/agenda/?gratuit=oui")
    kinds = {link["type"]: link["href"] for link in soup.select("head link[rel=alternate][type]")}
    assert kinds["text/calendar"].endswith("/agenda.ics?gratuit=oui")
    assert kinds["application/atom+xml"].endswith("/agenda.atom?gratuit=oui")
    assert kinds["application/feed+json"].endswith("/agenda.json?gratuit=oui")
    assert soup.select_one("#abonnement a")["href"].startswith("webcal://")


def test_english_has_its_own_address(client):
    listed(a_call(), "A", "2024-06-20")
    assert page(client, "/en/agenda/").html["lang"] == "en"


def test_the_page_is_small(client):
    call = a_call()
    for number in range(30):
        listed(
            call, f"Atelier {number}", "2024-06-20", access="gratuit", themes=["sante", "ecole"],
            audiences=["tous"], criteria={"droit": "x"},
        )  # fmt: skip
    soup = page(client)
    for svg in soup.select("svg"):
        svg.clear()
    assert len(soup.find_all(True)) <= 450
