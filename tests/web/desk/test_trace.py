import json
from datetime import timedelta

import pytest

from gabare.foundation.enums import TraceKind, TraceVerb
from gabare.foundation.models import TraceDigest, TraceLine
from gabare.foundation.operations import close_days, purge_seen, record
from gabare.foundation.queries import lines_about
from gabare.initiatives.enums import InitiativeTrace, Role
from gabare.initiatives.models import StateChange
from gabare.initiatives.operations import move_initiative
from gabare.people.operations import give_role
from tests.factories import PersonFactory, TeamMemberFactory
from tests.review.given import IN_APRIL, IN_MAY, a_call, a_dossier, labelled

pytestmark = pytest.mark.django_db
ADDRESS, EXPORT = "/equipe/trace/", "/equipe/trace/export/"


@pytest.fixture
def call():
    return a_call()


def member(call, role, name):
    person = PersonFactory(name=name)
    give_role(team=call.team, person=person, role=role, now=IN_APRIL)
    return person


@pytest.fixture
def lead(call, client):
    person = member(call, "lead", "Responsable")
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def day(settings):
    settings.GABARE_TODAY = IN_MAY.date()


def a_line(call, number=0, **changes):
    said = {
        "actor": None, "verb": TraceVerb.EXPORTED, "about": f"initiative:{number}",
        "owner": f"call:{call.key}", "now": IN_MAY,
    }  # fmt: skip
    return record(**{**said, **changes})


def page(client, query=""):
    return client.get(f"{ADDRESS}{query}").content.decode()


def test_what_was_seen_and_done_is_told_in_words(call, lead, client):
    dossier = a_dossier(call, "Atelier")
    labelled(dossier, lead)
    client.get(f"/equipe/dossiers/{dossier.pk}/")
    shown = page(client)
    for words in (
        "Dossier ouvert", "Décision enregistrée", "Responsable", "décision\u00a0: Labelliser",
        f'href="/equipe/dossiers/{dossier.pk}/">Atelier</a>', "Rôle donné",
    ):  # fmt: skip
        assert words in shown
    seen = lines_about(f"initiative:{dossier.initiative.public_id}").first()
    assert (seen.verb, seen.kind, seen.label) == (
        InitiativeTrace.SEEN, TraceKind.SEEN, "Responsable",
    )  # fmt: skip


def test_a_decision_that_is_undone_leaves_both_traces(call, lead, client):
    dossier = a_dossier(call, "Atelier")
    labelled(dossier, lead)
    client.post(f"/equipe/dossiers/{dossier.pk}/annuler/")
    client.post(f"/equipe/dossiers/{dossier.pk}/annuler/")  # nothing is left to undo
    about = f"initiative:{dossier.initiative.public_id}"
    assert [line.verb for line in lines_about(about)] == ["decision-undone", "decision-made"]
    assert {line.actor for line in lines_about(about)} == {f"person:{lead.pk}"}


def test_a_refused_decision_leaves_no_line(call, lead, client):
    dossier = a_dossier(call, "Atelier")
    client.post(f"/equipe/dossiers/{dossier.pk}/decider/", {"outcome": "label"})
    assert not lines_about(f"initiative:{dossier.initiative.public_id}").exists()


def test_the_search_is_in_the_address(call, lead, client):
    other = member(call, "reviewer", "Comité")
    a_line(call, 1, actor=lead)
    a_line(call, 2, actor=other, now=IN_MAY - timedelta(days=2))
    a_line(call, 3, actor=other, verb=TraceVerb.BACKED_UP)

    def numbers(query):
        return [n for n in "123" if f"Initiative n° {n}<" in page(client, query)]

    assert numbers("") == ["1", "2", "3"]
    assert numbers(f"?qui=person:{other.pk}") == ["2", "3"]
    assert numbers("?quoi=backup-made") == ["3"]
    assert numbers("?sur=initiative:1") == ["1"]
    assert numbers("?du=2024-05-02&au=2024-05-03") == ["1", "3"]
    assert numbers(f"?au=2024-05-01&qui=person:{other.pk}") == ["2"]


@pytest.mark.parametrize("typed", ["hier", "2024-06-31"])
def test_what_is_no_day_is_said(call, lead, client, typed):
    shown = page(client, f"?du={typed}")
    assert 'href="#id_du"' in shown
    assert "par exemple 2024-06-03" in shown


def test_pages_follow_one_another_whatever_comes_meanwhile(call, lead, client):
    lines = [a_line(call, number) for number in range(60)]
    first = page(client, "?quoi=trace-exported")
    assert first.count("<tr><td>") == 50
    assert f"avant={lines[10].pk}" in first
    a_line(call, 99)
    second = page(client, f"?quoi=trace-exported&avant={lines[10].pk}")
    assert second.count("<tr><td>") == 10
    assert "Les plus récentes" in second
    assert page(client, "?avant=99999999999999999999999").count("<tr><td>") == 50


def test_each_day_shows_its_digest(call, lead, client):
    a_line(call, now=IN_APRIL)
    a_line(call, now=IN_MAY)
    close_days(zone=call.time_zone, now=IN_MAY)
    shown = page(client)
    assert f"{TraceDigest.objects.get().digest}</code>" in shown
    assert shown.count("Pas encore scellé") == 1


def test_what_was_purged_is_told_without_a_name(call, lead, client):
    a_line(call, actor=lead, kind=TraceKind.SEEN, now=IN_APRIL - timedelta(days=400))
    close_days(zone=call.time_zone, now=IN_MAY)
    purge_seen(now=IN_MAY)
    assert "effacé après un an" in page(client)


def test_another_calls_trace_is_not_shown(call, lead, client):
    other = a_call("rennes", current=False)
    a_line(other, 7)
    a_line(call, 8, owner=f"team:{TeamMemberFactory().team.key}")
    assert "Initiative n° 7" not in page(client)
    assert "Initiative n° 8" not in page(client)
    client_file = b"".join(client.post(EXPORT, {"csv": "1"}).streaming_content).decode()
    assert "initiative:7" not in client_file


def test_the_export_is_the_search_and_leaves_its_line(call, lead, client):
    a_line(call, 1, actor=PersonFactory(name="=1+1"))
    a_line(call, 2, verb=TraceVerb.BACKED_UP)
    answer = client.post(EXPORT, {"csv": "1", "sur": "initiative:1"})
    assert answer["Content-Disposition"] == 'attachment; filename="trace-ndia.csv"'
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert ",'=1+1," in rows[1]
    assert TraceLine.objects.filter(verb=TraceVerb.EXPORTED, label="Responsable").count() == 1


def test_the_export_in_json_says_all_that_the_digest_covers(call, lead, client):
    line = a_line(call, 1, detail={"n": 1})
    answer = client.post(EXPORT, {"jsonl": "1", "sur": "initiative:1"})
    said = json.loads(b"".join(answer.streaming_content))
    assert (said["number"], said["digest"], said["salt"]) == (line.pk, line.digest, line.salt)


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_only_the_lead_reads_it(call, client, role):
    client.force_login(member(call, role, "Autre"))
    a_line(call, 1)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(EXPORT).status_code == 403
    assert "equipe/trace" not in client.get("/equipe/").content.decode()
    assert not TraceLine.objects.filter(verb=TraceVerb.EXPORTED, label="Autre").exists()


def test_the_menu_of_the_lead_names_it(call, lead, client):
    assert f'href="{ADDRESS}"' in client.get("/equipe/").content.decode()


def test_a_carriers_name_is_not_kept(call, lead, client):
    dossier, carrier = a_dossier(call), PersonFactory(name="Porteuse")
    move_initiative(
        initiative_id=dossier.initiative_id, move="withdraw", role=Role.CARRIER,
        actor=carrier, now=IN_MAY,
    )  # fmt: skip
    line = TraceLine.objects.get(verb=InitiativeTrace.WITHDRAW)
    assert (line.actor, line.label) == (f"person:{carrier.pk}", "")
    assert "<td>Porteuse</td>" in page(client)
    StateChange.objects.filter(actor=carrier).update(actor=None)
    carrier.delete()
    shown = page(client)
    assert "Porteuse" not in shown
    assert "une personne oubliée" in shown


@pytest.mark.parametrize("many", [1, 3])
def test_the_trace_asks_the_same_queries(call, lead, client, many, django_assert_num_queries):
    for number in range(many):
        labelled(a_dossier(call, f"Atelier {number}"), lead)
        a_line(call, number, now=IN_APRIL)
    close_days(zone=call.time_zone, now=IN_MAY)
    with django_assert_num_queries(TRACE):
        assert client.get(ADDRESS).status_code == 200


TRACE = 11
