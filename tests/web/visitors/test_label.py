from datetime import date

import pytest

from gabare.agenda.operations import create_edition, list_initiative
from gabare.calls.models import CallText
from gabare.journeys.change_label import change_label
from gabare.labels.enums import LabelReason, LabelState, Mover
from gabare.labels.operations import grant_label
from gabare.mail.models import LetterText
from tests.agenda.given import NOW, a_call, an_initiative
from tests.factories import PersonFactory
from tests.web.visitors.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def label():
    call = a_call()
    version = an_initiative(
        call, "Atelier « démonter »", carriers=["Médiathèque A", "Association B"]
    )  # fmt: skip
    create_edition(planned=call.planned_rounds.get(key="2024-04"), counts={"label": 1}, now=NOW)
    granted = grant_label(
        initiative=version.initiative, version=version, edition_key="2024-04",
        scope="L’atelier du 18 juin et ses supports", criteria=["droit"],
        starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30), now=NOW,
    )  # fmt: skip
    list_initiative(
        initiative=version.initiative, version=version, label_number=granted.number,
        edition_key="2024-04", now=NOW,
    )  # fmt: skip
    return granted


def page_of(client, label) -> str:
    html = client.get(f"/label/{label.number}/").content.decode()
    return html.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (LabelState.VALID, "Ce label est valide."),
        (LabelState.SUSPENDED, "Ce label est suspendu"),
        (LabelState.ENDED, "Ce label est terminé"),
        (LabelState.REVOKED, "Ce label a été retiré"),
    ],
)
def test_one_answer_of_four(client, label, state, answer):
    label.state = state
    label.save()
    html = page_of(client, label)
    assert answer in html
    others = {"est valide.", "est suspendu", "est terminé", "a été retiré"}
    assert sum(f"Ce label {other}" in html for other in others) == 1


@pytest.mark.parametrize(
    ("day", "answer"),
    [(date(2024, 9, 30), "Ce label est valide."), (date(2024, 10, 1), "Ce label est terminé")],
)
def test_a_label_ends_by_itself_after_its_last_day(client, label, settings, day, answer):
    settings.GABARE_TODAY = day
    assert answer in page_of(client, label)


def test_a_revoked_one_stays_revoked_after_its_period(client, label, settings):
    label.state = LabelState.REVOKED
    label.save()
    settings.GABARE_TODAY = date(2025, 1, 1)
    assert "Ce label a été retiré" in page_of(client, label)


@pytest.mark.parametrize(
    "words",
    [
        "« Atelier “démonter” »",
        "L’atelier du 18 juin et ses supports",
        "du 3 juin au 30 septembre 2024",
        "Médiathèque A, Association B",
        "ne certifie ni un produit",
        "2 Droit",
    ],
)
def test_it_tells_what_is_labelled_and_what_is_not(client, label, words):
    assert words in page_of(client, label)


def test_its_rose_says_what_it_lights(client, label):
    roses = read(client, f"/label/{label.number}/").every("svg")
    assert roses[-1]["aria-label"].endswith("2 Droit")


@pytest.mark.parametrize("number", ["2024-999", "x", "2024-001-suite", "%F0%9F%92%A9"])
def test_an_unknown_number_is_said_to_be_unknown(client, label, number):
    answer = client.get(f"/label/{number}/")
    assert answer.status_code == 404
    assert "Aucun label n’a le numéro" in answer.content.decode()


@pytest.mark.parametrize("carriers", [1, 3])
def test_queries_do_not_follow_the_number_of_carriers(client, carriers, django_assert_num_queries):
    version = an_initiative(a_call(), carriers=[f"Structure {n}" for n in range(carriers)])
    granted = grant_label(
        initiative=version.initiative, version=version, edition_key="2024-04", scope="Tout",
        criteria=[], starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30), now=NOW,
    )  # fmt: skip
    with django_assert_num_queries(10):
        client.get(f"/label/{granted.number}/")


def moved(label, move, **given):
    return change_label(
        label_id=label.pk, move=move, mover=Mover.LEAD, actor=PersonFactory(name="Nom Tu"), now=NOW,
        **given,
    )  # fmt: skip


@pytest.fixture
def letters(label):
    for letter in ("label-suspended", "label-lifted", "label-ended", "label-revoked"):
        LetterText.objects.create(owner="ndia", key=letter, language="fr", subject="x", body="x")


@pytest.mark.parametrize(
    ("move", "reason", "answer", "said"),
    [
        ("suspend", "under-review", "Ce label est suspendu", "Suspendu, mercredi 12 juin 2024."),
        ("end", "over", "Ce label est terminé", "Terminé avant son dernier jour, mercredi 12 juin"),
        ("revoke", "untrue", "Ce label a été retiré", "Retiré, mercredi 12 juin 2024."),
    ],
)
def test_since_when_and_why(client, label, letters, settings, move, reason, answer, said):
    settings.GABARE_TODAY = NOW.date()
    moved(label, move, reason=reason, public_reason="Dit <i>ainsi</i>.", note="SECRET")
    html = page_of(client, label)
    assert answer in html
    assert said in html
    assert str(LabelReason(reason).label).replace("\u00a0", " ") in html
    assert "Dit &lt;i&gt;ainsi&lt;/i&gt;." in html
    assert "SECRET" not in html
    assert "Nom Tu" not in html


def test_its_history_is_told_line_by_line(client, label, letters):
    moved(label, "suspend", reason="under-review")
    moved(label, "lift", reason="reviewed")
    html = page_of(client, label)
    assert "Mercredi 12 juin 2024 : attribué." in html
    assert "suspendu. L’équipe vérifie" in html
    assert "suspension levée. L’équipe a vérifié" in html
    english = client.get(f"/en/label/{label.number}/").content.decode()
    assert "suspension lifted. The team checked" in english


def test_a_page_kept_by_readers_is_made_again_when_the_label_changes(client, label, letters):
    assert "Ce label est valide" in page_of(client, label)
    moved(label, "suspend", reason="asked")
    assert "Ce label est suspendu" in page_of(client, label)
    agenda = client.get("/agenda/?quand=tout").content.decode()
    assert "label suspendu" in agenda
    page = client.get(f"/initiatives/{label.initiative.slug}/").content.decode()
    assert "Ce label est suspendu" in page


def test_revoked_its_initiative_leaves_the_agenda_and_says_where_to_read_why(
    client, label, letters
):
    moved(label, "revoke", reason="untrue")
    answer = client.get(f"/initiatives/{label.initiative.slug}/")
    assert answer.status_code == 410
    assert f"/label/{label.number}/" in answer.content.decode()
    assert "démonter" not in client.get("/agenda/?quand=tout").content.decode()
    assert "Voir l’initiative" not in page_of(client, label)


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("médiathèque-a", "comme porteur principal"),
        ("association-b", "comme partenaire"),
    ],
)
def test_a_carrier_shows_the_label_with_its_role(client, label, slug, said):
    html = client.get(f"/label/{label.number}/", {"porteur": slug}).content.decode()
    assert said in html


@pytest.mark.parametrize("slug", ["x", "<b>", "a" * 3000, "\u202e"])
def test_who_does_not_carry_it_is_told_so(client, label, slug):
    answer = client.get(f"/label/{label.number}/", {"porteur": slug})
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "ce label n’est pas le sien" in html
    assert "<b>" not in html.split("<main")[1].replace("<b></b>", "")


def test_a_call_says_itself_what_the_label_does_not_certify(client, label):
    CallText.objects.create(
        call=label.initiative.call, key="label-limits", position=1,
        title={"fr": "Ce qu’il ne dit pas"}, body={"fr": "- Il ne dit rien des **prix**."},
    )  # fmt: skip
    html = page_of(client, label)
    assert "<strong>prix</strong>" in html
    assert "ne certifie ni un produit" not in html
