from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gabare.initiatives.enums import State
from gabare.initiatives.models import Draft, Initiative, Version
from gabare.initiatives.operations import claim_draft
from gabare.journeys.deposit_initiative import send_draft
from gabare.journeys.publish_edition import publish_edition
from gabare.mail.models import Letter
from gabare.people.models import TeamMember
from gabare.questionnaires.operations import keep_file
from gabare.review.models import Dossier
from gabare.review.operations import decide
from tests.factories import PersonFactory
from tests.initiatives.given import IN_JUNE, a_draft, the_call
from tests.web.carriers.given import at

pytestmark = pytest.mark.django_db
IN_JULY = IN_JUNE + timedelta(days=28)


@pytest.fixture
def call(settings):
    at(settings)
    return the_call()


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def page(client, address="/mes-initiatives/", status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def sent(call, person, **changes) -> Version:
    return send_draft(draft_id=a_draft(call, **changes)[0].pk, person=person, now=IN_JUNE)


def decided(version, **decision) -> None:
    dossier = Dossier.objects.get(version=version)
    lead = PersonFactory()
    decide(dossier_id=dossier.pk, person=lead, now=IN_JULY, **decision)
    publish_edition(round_id=dossier.round_id, person=lead, now=IN_JULY)


def asked_to_complete(call, person) -> Version:
    version = sent(call, person)
    decided(
        version, outcome="complete", due_on=(IN_JULY + timedelta(days=20)).date(),
        questions={"summary": "Dites à qui cela s’adresse.", "occurrences": "Quelle salle ?"},
        message="Presque tout y est.",
    )  # fmt: skip
    return version


def test_nobody_reads_it_without_signing_in(call):
    answer = Client().get("/mes-initiatives/")
    assert answer.status_code == 302
    assert "/compte/entrer/" in answer.url


def test_nothing_yet_says_how_something_comes(client, call, person):
    assert "Rien ici pour l’instant" in page(client)


def test_a_draft_of_a_person_is_offered_again(client, call, person):
    draft, _ = a_draft(call)
    claim_draft(draft_id=draft.pk, person=person)
    a_draft(call, title="À quelqu’un d’autre")
    html = page(client)
    assert "Brouillon enregistré, pas encore envoyé." in html
    assert f'href="/deposer/{draft.initiative.public_id}/presentation/"' in html
    assert "À quelqu’un d’autre" not in html


def test_what_was_sent_is_read_again_word_for_word(client, call, person):
    version = sent(call, person)
    html = page(client)
    assert "Envoyée, en lecture" in html
    assert version.initiative.public_id in html
    address = f"/mes-initiatives/{version.initiative.public_id}/version/1/"
    html = page(client, address)
    assert "Une soirée pour parler d’IA sans jargon." in html
    assert "contact@example.org" in html
    page(client, address.replace("/1/", "/2/"), 404)


def test_a_complement_is_asked_beside_its_field_and_sent_again(client, call, person, settings):
    version = asked_to_complete(call, person)
    at(settings, IN_JULY + timedelta(days=2))
    name = version.initiative.public_id
    html = page(client)
    assert "À compléter" in html
    assert "samedi 20 juillet 2024" in html or "dimanche 21 juillet 2024" in html
    assert "Presque tout y est." in html
    assert "Résumé" in html
    assert "Dates et lieux" in html
    answer = client.post(f"/mes-initiatives/{name}/reprendre/")
    assert answer.url == f"/deposer/{name}/presentation/"
    html = page(client, answer.url)
    assert "Dites à qui cela s’adresse." in html
    assert html.index("Dites à qui") < html.index('name="summary"')
    assert "Quelle salle ?" in page(client, answer.url.replace("presentation", "quand-ou"))
    assert "Vos changements sont enregistrés, pas encore envoyés." in page(client)
    answer = client.post(f"/deposer/{name}/envoyer/")
    assert answer.url == f"/deposer/{name}/envoyee/"
    assert Version.objects.count() == 2
    html = page(client)
    assert "2 versions envoyées" in html
    assert "Dites à qui" not in html


def test_a_refusal_is_shown_with_its_reasons_and_its_words(client, call, person):
    stated, other = call.reasons.all()[:2]
    decided(sent(call, person), outcome="decline", reasons=[stated.key], message="Une autre fois.")
    html = page(client)
    assert "Non retenue" in html
    assert stated.label["fr"].replace("’", "&#x27;") in html or stated.label["fr"] in html
    assert other.label["fr"] not in html
    assert "Une autre fois." in html


def test_a_label_is_shown_with_its_number_and_its_page(client, call, person):
    version = sent(call, person)
    decided(version, outcome="label", criteria=["usager"], scope="La soirée", message="Bravo.")
    html = page(client)
    assert "Labellisée" in html
    assert "Label 2024-001" in html
    assert f'href="/initiatives/{version.initiative.slug}/"' in html
    assert "Retirer" not in html
    answer = client.post(f"/mes-initiatives/{version.initiative.public_id}/reprendre/")
    assert answer.status_code == 409
    assert "Ce n’est plus possible" in answer.content.decode()


def test_withdrawing_is_confirmed_then_told_by_letter(client, call, person):
    version = sent(call, person)
    address = f"/mes-initiatives/{version.initiative.public_id}/retirer/"
    assert "Ne rien changer" in page(client, address)
    assert Initiative.objects.get().state == State.SUBMITTED
    assert client.post(address).url == "/mes-initiatives/"
    assert Initiative.objects.get().state == State.WITHDRAWN
    assert Letter.objects.filter(key="withdrawn", recipient=person.email).count() == 1
    assert "Retirée à votre demande" in page(client)
    assert client.post(address).status_code == 409


def test_who_was_invited_to_help_write_does_not_withdraw(client, call, person):
    version = sent(call, PersonFactory())
    claim_draft(draft_id=version.initiative.draft.pk, person=person)
    html = page(client)
    assert version.initiative.title in html
    assert "/retirer/" not in html
    address = f"/mes-initiatives/{version.initiative.public_id}/retirer/"
    page(client, address, 403)
    assert client.post(address).status_code == 403
    assert Initiative.objects.get().state == State.SUBMITTED


def test_what_belongs_to_somebody_else_is_not_found(client, call, person):
    version = sent(call, PersonFactory())
    base = f"/mes-initiatives/{version.initiative.public_id}"
    page(client, f"{base}/retirer/", 404)
    page(client, f"{base}/version/1/", 404)
    assert client.post(f"{base}/retirer/").status_code == 404
    assert client.post(f"{base}/reprendre/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(
    client, call, person, many, django_assert_num_queries
):
    for n in range(many):
        sent(call, person, title=f"Initiative {n}")
    page(client)
    with django_assert_num_queries(9):
        page(client)


def attached(draft: Draft) -> str:
    upload = SimpleUploadedFile("affiche.csv", b"a;b\n1;2\n", content_type="text/csv")
    owner = f"initiative:{draft.initiative.public_id}"
    return f"/pieces/{keep_file(upload=upload, owner=owner, now=IN_JUNE).public_id}/"


def test_a_file_is_downloaded_never_opened_by_who_may_read_it(client, call, person):
    draft, secret = a_draft(call)
    address = attached(draft)
    assert client.get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert client.get("/pieces/inconnue00/").status_code == 404
    holder = Client()
    holder.post(f"/deposer/reprendre/{secret}/")
    answer = holder.get(address)
    assert b"".join(answer.streaming_content) == b"a;b\n1;2\n"
    assert answer["Content-Disposition"] == 'attachment; filename="affiche.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    claim_draft(draft_id=draft.pk, person=person)
    assert client.get(address).status_code == 200
    reader = PersonFactory()
    team = Client()
    team.force_login(reader)
    assert team.get(address).status_code == 404
    TeamMember.objects.create(team=call.team, person=reader, role="reviewer")
    assert team.get(address).status_code == 200
