import json
import subprocess
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import feedparser
import icalendar
import pytest

from gabare.agenda.models import Listing
from gabare.web.visitors.feeds_zones import time_zone_lines
from tests.agenda.given import a_call, listed

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def read(response) -> bytes:
    assert response.status_code == 200
    return response.getvalue()


def events(client, address="/agenda.ics") -> dict[str, icalendar.Event]:
    raw = read(client.get(address))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar["NAME"].startswith("Débat de l’IA")
    assert not calendar.errors
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


@pytest.fixture
def every_precision():
    call = a_call()
    listed(
        call, "Une heure ; précise, très",
        {"start": "2024-06-26T17:30", "end": "2024-06-26T19:00", "place": "Halle 6 Ouest",
         "commune_id": "44109", "address": "42 rue X"},
        summary="Première ligne.\n" + "é" * 200, access="gratuit",
    )  # fmt: skip
    listed(call, "Sans fin", "2024-06-26T17:30")
    listed(call, "Un jour", "2024-06-26")
    listed(call, "Trois jours", {"start": "2024-06-26", "end": "2024-06-28"})
    listed(call, "Un mois", "2024-12")
    listed(call, "Une année", "2024")
    listed(call, "Sans date")
    return call


def test_calendar_dates_stop_where_they_are_known(client, every_precision):
    found = events(client)
    assert set(found) == {
        "Une heure ; précise, très", "Sans fin", "Un jour", "Trois jours", "Un mois", "Une année"
    }  # fmt: skip
    exact = found["Une heure ; précise, très"]
    assert exact["DTSTART"].dt == datetime(2024, 6, 26, 17, 30, tzinfo=PARIS)
    assert exact["DTEND"].dt == datetime(2024, 6, 26, 19, 0, tzinfo=PARIS)
    assert "DTEND" not in found["Sans fin"]
    spans = {name: (e["DTSTART"].dt, e["DTEND"].dt) for name, e in found.items() if "DTEND" in e}
    assert spans["Un jour"] == (date(2024, 6, 26), date(2024, 6, 27))
    assert spans["Trois jours"] == (date(2024, 6, 26), date(2024, 6, 29))
    assert spans["Un mois"] == (date(2024, 12, 1), date(2025, 1, 1))
    assert spans["Une année"] == (date(2024, 1, 1), date(2025, 1, 1))


def test_calendar_events_say_where_who_and_link_back(client, every_precision):
    event = events(client)["Une heure ; précise, très"]
    row = Listing.objects.get(title__startswith="Une heure")
    assert str(event["UID"]) == f"{row.occurrence_uid}@127.0.0.1"
    assert str(event["URL"]) == f"http://127.0.0.1:8000/initiatives/{row.slug}/"
    assert str(event["LOCATION"]) == "Halle 6 Ouest, Nantes, 42 rue X"
    assert str(event["CONTACT"]) == "Association A"
    assert "Première ligne.\n" + "é" * 200 in str(event["DESCRIPTION"])
    assert "Label n°\u00a02024-001" in str(event["DESCRIPTION"])
    assert event["DTSTAMP"].dt == row.updated_at
    assert int(event["SEQUENCE"]) == 0


def test_a_cancelled_date_is_told_not_erased(client):
    call = a_call()
    listed(call, "A", {"start": "2024-06-26", "status": "cancelled", "sequence": 3})
    listed(call, "B", {"start": "2024-06-26", "status": "postponed"})
    listed(call, "C", {"start": "2024-06-26", "status": "full"})
    found = {name.split()[0]: event for name, event in events(client).items()}
    assert str(found["Annulé"]["STATUS"]) == "CANCELLED"
    assert int(found["Annulé"]["SEQUENCE"]) == 3
    assert str(found["Reporté"]["STATUS"]) == "TENTATIVE"
    assert str(found["Complet"]["STATUS"]) == "CONFIRMED"


def test_a_real_calendar_program_reads_it(client, every_precision, tmp_path):
    file, config = tmp_path / "agenda.ics", tmp_path / "khal.conf"
    file.write_bytes(read(client.get("/agenda.ics")))
    config.write_text(
        f"[calendars]\n[[ndia]]\npath = {tmp_path / 'cal'}\n[locale]\n"
        "local_timezone = Europe/Paris\ndefault_timezone = Europe/Paris\n"
        "timeformat = %H:%M\ndateformat = %d/%m\nlongdateformat = %d/%m/%Y\n"
        "datetimeformat = %d/%m %H:%M\nlongdatetimeformat = %d/%m/%Y %H:%M\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
    )
    (tmp_path / "cal").mkdir()

    def khal(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "khal", "-c", str(config), *words],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    khal("import", "--batch", "-a", "ndia", str(file))
    shown = khal("list", "--format", "{start-time}-{end-time} {title}", "26/06/2024", "1d")
    assert "17:30-19:00 Une heure ; précise, très" in shown
    assert "Un jour" in shown


def test_the_time_zone_is_two_rules(client):
    lines = time_zone_lines("Europe/Paris")
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in lines
    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in lines
    assert len("\r\n".join(lines)) < 400
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" in time_zone_lines("America/Montreal")
    assert time_zone_lines("Indian/Reunion")[3] == "DTSTART:19700101T000000"


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Indian/Reunion"])
def test_the_rules_of_a_zone_give_its_own_hours(zone):
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *time_zone_lines(zone), "END:VCALENDAR", ""]
    )
    (component,) = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")
    read_back = component.to_tz(lookup_tzid=False)
    for month in (1, 4, 7, 11):
        moment = datetime(2024, month, 15, 12)  # noqa: DTZ001
        expected = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
        assert moment.replace(tzinfo=read_back).utcoffset() == expected


def test_one_initiative_has_its_calendar_when_it_has_dates(client, every_precision):
    dated, undated = (Listing.objects.get(title=title) for title in ("Un jour", "Sans date"))
    raw = read(client.get(f"/initiatives/{dated.slug}.ics"))
    (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Un jour"
    assert client.get(f"/initiatives/{undated.slug}.ics").status_code == 404
    assert client.get("/initiatives/inconnue.ics").status_code == 404


@pytest.mark.parametrize("address", ["/agenda.ics", "/agenda.atom", "/agenda.json"])
@pytest.mark.parametrize("query", ["commune=44143", "q=reze&axe=<x>", "gratuit=non"])
def test_feeds_take_the_filters_of_the_page(client, address, query):
    call = a_call()
    listed(call, "Voulu", {"start": "2024-06-26", "commune_id": "44143"}, access="payant")
    listed(call, "Autre", {"start": "2024-06-26", "commune_id": "44109"}, access="gratuit")
    text = read(client.get(f"{address}?{query}")).decode()
    assert "Voulu" in text
    assert "Autre" not in text


def test_atom_is_well_formed_whatever_was_typed(client):
    call = a_call()
    listed(
        call, "<b>&amp; \x0b\x1b ]]>", "2024-06-26", summary="\ud83d\ude00 é < & \x1f".encode(
            "utf-16", "surrogatepass").decode("utf-16"),
        link="https://example.org/?a=1&b=2", carriers=["A & B", "C"],
    )  # fmt: skip
    response = client.get("/agenda.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(read(response))
    assert feed.bozo == 0
    assert feed.version == "atom10"
    (entry,) = feed.entries
    assert entry.title == "<b>&amp;  ]]>"
    assert "😀" in entry.summary
    assert "mercredi\u00a026\u00a0juin\u00a02024" in entry.summary
    assert [author.name for author in entry.authors] == ["A & B", "C"]
    assert entry.link.startswith("http://127.0.0.1:8000/initiatives/")
    assert feed.feed.links[0].href == "http://127.0.0.1:8000/agenda.atom"


def test_json_feed(client, every_precision):
    response = client.get("/agenda.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(read(response))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://127.0.0.1:8000/agenda.json"
    items = {item["title"]: item for item in feed["items"]}
    assert {title: item["_gabare"]["starts"] for title, item in items.items()} == {
        "Une heure ; précise, très": "2024-06-26T17:30+02:00", "Sans fin": "2024-06-26T17:30+02:00",
        "Un jour": "2024-06-26", "Trois jours": "2024-06-26", "Un mois": "2024-12",
        "Une année": "2024", "Sans date": None,
    }  # fmt: skip
    assert len({item["id"] for item in feed["items"]}) == len(items)


def test_long_feeds_go_by_pages(client):
    call = a_call()
    for number in range(52):
        listed(call, f"Atelier {number}", "2024-06-26")
    first = json.loads(read(client.get("/agenda.json")))
    assert len(first["items"]) == 50
    rest = json.loads(read(client.get(first["next_url"].removeprefix("http://127.0.0.1:8000"))))
    assert len(rest["items"]) == 2
    assert "next_url" not in rest


@pytest.mark.parametrize("address", ["/agenda.ics", "/agenda.atom", "/agenda.json"])
def test_nothing_to_say_is_still_a_feed(client, address):
    assert read(client.get(address))


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_the_same_queries(client, django_assert_num_queries, count):
    call = a_call()
    for number in range(count):
        listed(call, f"Atelier {number}", "2024-06-26")
    read(client.get("/agenda.json"))
    for address, queries in [("/agenda.atom", 5), ("/agenda.json?page=01", 5), ("/agenda.ics", 5)]:
        with django_assert_num_queries(queries):
            read(client.get(address))
