import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from gabare.calls.models import CallText
from gabare.people.enums import TeamRole
from gabare.people.operations import give_role
from gabare.web.visitors.models import EditorialPage
from gabare.web.visitors.pages import make_pages
from tests.agenda.given import a_call, listed
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    """A call, and Wagtail's tree as its migrations leave it."""
    locale, _ = Locale.objects.get_or_create(language_code="fr")
    if not Site.objects.exists():
        root = Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
        home = root.add_child(instance=Page(title="Accueil", slug="home", locale=locale))
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return a_call()


def editor(call, role=TeamRole.EDITOR):
    person = PersonFactory()
    give_role(team=call.team, person=person, role=role)
    return person


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/accessibilite/", "<strong>non conforme</strong>"),
        ("/en/accessibilite/", "<strong>not compliant</strong>"),
        ("/donnees-personnelles/", "Témoins de connexion"),
        ("/mentions-legales/", "Nantes Métropole, Mission"),
        ("/en/aide/", "Submit an initiative"),
    ],
)
@pytest.mark.parametrize("made", [True, False])
def test_they_exist_in_both_languages_before_and_after_set_up(client, call, address, words, made):
    if made:
        make_pages(call=call)
    assert words in client.get(address).content.decode()


def test_setting_up_twice_changes_nothing(call, capsys):
    call_command("pages")
    call_command("pages")
    assert EditorialPage.objects.count() == 8
    assert capsys.readouterr().out.rstrip().endswith("Pages écrites\u00a0: 0.")


def test_what_the_team_wrote_is_left_alone(client, call):
    make_pages(call=call)
    page = EditorialPage.objects.get(slug="aide", locale__language_code="fr")
    page.body = "<p>Écrit par l’équipe</p>"
    page.save_revision().publish()
    make_pages(call=call)
    assert "Écrit par l’équipe" in client.get("/aide/").content.decode()


def test_a_call_s_own_text_comes_first(client, call):
    CallText.objects.create(
        call=call, key="help", position=1, title={"fr": "Aide"}, body={"fr": "À la maison."}
    )
    assert "À la maison." in client.get("/aide/").content.decode()
    make_pages(call=call)
    assert "À la maison." in client.get("/aide/").content.decode()


def test_a_call_never_hides_the_state_of_accessibility(client, call):
    CallText.objects.create(
        call=call, key="accessibility", position=1, title={"fr": "Accessibilité"},
        body={"fr": "## Un obstacle ?\n\nDites-le."},
    )  # fmt: skip
    html = client.get("/accessibilite/").content.decode()
    assert "<strong>non conforme</strong>" in html
    assert "<h2>Un obstacle\u202f?</h2>" in html


def test_a_page_taken_down_comes_back_as_first_written(client, call):
    """The law asks for these pages: unpublishing one never leaves a hole."""
    make_pages(call=call)
    EditorialPage.objects.get(slug="aide", locale__language_code="fr").unpublish()
    assert client.get("/aide/").status_code == 200


def test_translations_are_known_as_such(call):
    make_pages(call=call)
    page = EditorialPage.objects.get(slug="aide", locale__language_code="fr")
    assert page.get_translations().get().locale.language_code == "en"


def test_wagtail_knows_where_each_page_is_read(call, settings):
    settings.PUBLIC_URL = "https://debat.example.org"
    make_pages(call=call)
    addresses = {page.full_url for page in EditorialPage.objects.filter(slug="aide")}
    assert addresses == {
        "https://debat.example.org/aide/",
        "https://debat.example.org/en/aide/",
    }


def test_another_page_made_by_the_team_has_its_address(client, call):
    make_pages(call=call)
    parent = EditorialPage.objects.filter(locale__language_code="fr").first().get_parent()
    parent.add_child(instance=EditorialPage(title="Le 18 septembre", slug="restitution"))
    assert "Le 18 septembre" in client.get("/restitution/").content.decode()
    assert client.get("/en/restitution/").status_code == 404


def test_a_page_that_becomes_private_is_shown_no_more(client, call):
    make_pages(call=call)
    parent = EditorialPage.objects.filter(locale__language_code="fr").first().get_parent()
    page = parent.add_child(instance=EditorialPage(title="Notes internes", slug="notes"))
    listed(call, "Atelier", "2024-06-20")  # something is public: pages are kept
    assert "ETag" in client.get("/notes/")
    wagtail = Client()
    wagtail.force_login(editor(call))
    for restriction, status in (("login", 404), ("none", 200)):
        wagtail.post(f"/gestion/pages/{page.pk}/privacy/", {"restriction_type": restriction})
        assert client.get("/notes/").status_code == status


def test_the_admin_asks_who_is_there(client, call):
    answer = client.get("/gestion/")
    assert answer.status_code == 302
    assert answer["Location"] == "/compte/entrer/?next=/gestion/"


@pytest.mark.parametrize("role", [TeamRole.LEAD, TeamRole.EDITOR])
def test_who_may_edit_pages_enters_and_sees_them(client, call, role):
    make_pages(call=call)
    client.force_login(editor(call, role))
    assert client.get("/gestion/").status_code == 200
    page = EditorialPage.objects.get(slug="aide", locale__language_code="fr")
    answer = client.get(f"/gestion/pages/{page.pk}/edit/")
    assert answer.status_code == 200
    assert 'name="body"' in answer.content.decode()


def test_an_image_does_not_sign_an_editor_out(client, call):
    client.force_login(editor(call))
    assert client.get("/gestion/logout/").status_code == 405
    assert client.get("/gestion/").status_code == 200
    client.post("/gestion/logout/")
    assert client.get("/gestion/").status_code == 302


def test_others_do_not_enter(client, call):
    client.force_login(editor(call, TeamRole.REVIEWER))
    assert client.get("/gestion/").status_code == 403
    client.force_login(PersonFactory())
    assert client.get("/gestion/").status_code == 403


def test_the_relaxed_policy_is_for_the_admin_alone(client, call):
    client.force_login(editor(call))
    admin = client.get("/gestion/")["Content-Security-Policy"]
    page = client.get("/aide/")["Content-Security-Policy"]
    assert "'unsafe-inline'" in admin
    assert "unsafe" not in page
    assert "default-src 'none'" in page


def test_a_page_edited_in_the_admin_is_read_at_once(client, call):
    make_pages(call=call)
    assert "Nouveau" not in client.get("/aide/").content.decode()
    page = EditorialPage.objects.get(slug="aide", locale__language_code="fr")
    page.intro = "Nouveau"
    page.save_revision().publish()
    assert "Nouveau" in client.get("/aide/").content.decode()


def test_a_page_is_previewed_as_it_will_be_read(client, call):
    make_pages(call=call)
    client.force_login(editor(call))
    page = EditorialPage.objects.get(slug="aide", locale__language_code="fr")
    page.intro = "Pas encore publié"
    page.save_revision()
    answer = client.get(f"/gestion/pages/{page.pk}/view_draft/")
    assert answer.status_code == 200
    assert '<p class="lead">Pas encore publié</p>' in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"  # the editor shows it in a frame
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "Pas encore publié" not in client.get("/aide/").content.decode()
