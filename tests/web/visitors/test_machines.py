from datetime import UTC, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from tests.agenda.given import a_call, listed

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def call():
    return a_call()


def a_task(waiting: timedelta, **fields) -> None:
    task = DBTaskResult.objects.create(
        task_path="gabare.mail.tasks.deliver_letter", args_kwargs={"args": [], "kwargs": {}},
        backend_name="default", run_after=datetime(9999, 1, 1, tzinfo=UTC), **fields,
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - waiting)


def test_the_process_is_alive(client):
    assert client.get("/healthz").content == b"ok\n"


def test_ready_when_nothing_waits_too_long(client, call):
    a_task(timedelta(minutes=1))
    assert client.get("/readyz").json() == {"ready": True, "problems": []}


def test_not_ready_when_no_worker_takes_the_tasks(client, call):
    a_task(timedelta(minutes=6))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"][0].startswith("worker:")


def test_a_task_put_off_is_not_late(client, call):
    a_task(timedelta(hours=1))
    DBTaskResult.objects.update(run_after=timezone.now() + timedelta(hours=1))
    assert client.get("/readyz").status_code == 200


def test_probes_are_never_kept(client, call):
    listed(call, "Pour une génération", "2024-06-20")
    assert client.get("/readyz").status_code == 200
    a_task(timedelta(minutes=6))
    assert client.get("/readyz").status_code == 503


def test_not_ready_without_a_database(client, call, monkeypatch):
    from django.db import DatabaseError, connection  # noqa: PLC0415

    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["database: no answer"]


def test_robots_read_what_is_public_and_find_the_map(client, settings):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /equipe/" in text
    assert "Disallow: /en/mes-initiatives/" in text
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in text


def test_security_txt_names_a_contact_and_an_end_less_than_a_year_away(client, call):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"] == "mailto:ia@example.org"
    end = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=100) < end - timezone.now() < timedelta(days=365)
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def addresses(client, path: str) -> list[str]:
    root = ET.fromstring(client.get(path).content)  # noqa: S314 — our own answer
    return [node.text.split("testserver")[-1] for node in root.iter(f"{MAP}loc")]


def test_the_map_leads_to_every_public_page_in_both_languages(client, call):
    row = listed(call, "Rencontre", "2024-06-20")[0]
    sections = addresses(client, "/sitemap.xml")
    found = [address for section in sections for address in addresses(client, section)]
    for page in ("/", "/appel/", "/agenda/", "/boussole/droit/", f"/initiatives/{row.slug}/"):
        assert page in found
        assert f"/en{page}" in found
    assert len(found) == len(set(found))
    assert not [page for page in found if client.get(page).status_code != 200]


def test_an_initiative_with_many_dates_is_in_the_map_once(client, call):
    listed(call, "Rencontre", "2024-06-20", "2024-06-21", "2024-06-22")
    assert len(addresses(client, "/sitemap-initiatives.xml")) == 2


def test_the_icon_is_the_call_s_own_rose(client, call):
    answer = client.get("/icone.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    svg = ET.fromstring(answer.content)  # noqa: S314 — our own drawing
    assert len(svg.findall("{http://www.w3.org/2000/svg}path")) == 3


def test_before_any_call_the_icon_is_still_a_drawing(client):
    assert ET.fromstring(client.get("/icone.svg").content) is not None  # noqa: S314


def test_a_shared_link_shows_the_rose(client, call):
    page = client.get("/").content.decode()
    assert '<meta property="og:image" content="http://127.0.0.1:8000/carte.png">' in page
    answer = client.get("/carte.png")
    picture = Image.open(BytesIO(answer.content)).convert("RGB")
    assert picture.size == (1200, 630)
    assert picture.getpixel((600, 315 - 170)) == (15, 95, 140)  # the petal at the top
    assert len(answer.content) < 30_000


@pytest.mark.parametrize("address", ["/robots.txt", "/healthz", "/sitemap.xml", "/icone.svg"])
def test_machines_get_no_cookie(client, call, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
