"""schema.org in JSON-LD: what search engines and open agendas read of an initiative."""

import json
from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from gabare.agenda.models import Listing
from gabare.agenda.presentation import Presented
from gabare.calls.enums import OccurrencePolicy
from gabare.calls.models import Call
from gabare.initiatives.enums import Mode, OccurrenceStatus
from gabare.web.visitors.feeds_entries import page_of
from gabare.web.visitors.feeds_json import exact

SCHEMA = "https://schema.org"
STATUS = {
    OccurrenceStatus.CANCELLED: "EventCancelled",
    OccurrenceStatus.POSTPONED: "EventPostponed",
}
MODES = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.MIXED: "MixedEventAttendanceMode",
}
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
Data = dict[str, object]


def structured_data(rows: Sequence[Listing], shown: Presented, call: Call) -> SafeString:
    """A data block, not a script: nothing in it can end it (`<` is escaped)."""
    data = {"@context": SCHEMA, **_thing(rows, shown, call), "inLanguage": call.language}
    data = {name: value for name, value in data.items() if value not in ("", [], None)}
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 — escaped just above


def _thing(rows: Sequence[Listing], shown: Presented, call: Call) -> Data:
    dated = [row for row in rows if row.starts_at]
    about = _about(rows[0], shown)
    if len(dated) == 1:
        return {"@type": "Event", **about, **_dates(dated[0], call)}
    if dated:
        events = [{"@type": "Event", **about, **_dates(row, call)} for row in dated]
        return {"@type": "EventSeries", **about, "subEvent": events}
    if shown.axis.occurrences == OccurrencePolicy.NONE:
        research = {key: about[key] for key in ("name", "description", "url", "keywords")}
        return {"@type": "ResearchProject", **research, "member": about["organizer"]}
    return {
        "@type": "Course",
        **{key: value for key, value in about.items() if key != "organizer"},
        "provider": about["organizer"],
    }


def _about(row: Listing, shown: Presented) -> Data:
    return {
        "name": row.title,
        "description": row.summary,
        "url": page_of(row),
        "keywords": ", ".join([*shown.themes, *(one.name for one in shown.criteria)]),
        "organizer": [
            {"@type": "Organization", "name": c.name, **({"url": c.website} if c.website else {})}
            for c in shown.carriers
        ],
        "audience": [{"@type": "Audience", "audienceType": name} for name in shown.audiences],
        **({} if row.free is None else {"isAccessibleForFree": row.free}),
    }


def _dates(row: Listing, call: Call) -> Data:
    """Dates stop where they are known: a month is a month."""
    status = STATUS.get(OccurrenceStatus(row.status), "EventScheduled")
    data: Data = {
        "startDate": exact(row.starts_at, row.precision, call.time_zone),
        "eventStatus": f"{SCHEMA}/{status}",
        "location": _location(row),
    }
    if row.ends_at:
        data["endDate"] = exact(row.ends_at, row.precision, call.time_zone)
    if row.mode:
        data["eventAttendanceMode"] = f"{SCHEMA}/{MODES[Mode(row.mode)]}"
    return data


def _location(row: Listing) -> list[Data]:
    found: list[Data] = []
    if row.mode != Mode.ONLINE and (row.place or row.commune_name):
        address = {
            "@type": "PostalAddress",
            **({"streetAddress": row.address} if row.address else {}),
            **({"addressLocality": row.commune_name} if row.commune_name else {}),
        }
        name = row.place or row.commune_name
        found.append({"@type": "Place", "name": name, "address": address})
    if row.mode in {Mode.ONLINE, Mode.MIXED}:
        found.append({"@type": "VirtualLocation", "url": row.url or page_of(row)})
    return found
