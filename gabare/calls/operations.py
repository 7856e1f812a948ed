"""Making the database hold what a package says."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models as orm
from django.db import transaction

from gabare.calls.models import Axis, Call, Compass, Correspondence, Criterion, PlannedRound
from gabare.calls.packages import shapes
from gabare.calls.packages.questions import spec_of
from gabare.foundation.tokens import new_stamp
from gabare.mail.models import LetterText
from gabare.people.operations import find_or_add_team
from gabare.questionnaires.operations import publish_revision
from gabare.territory.models import Commune
from gabare.territory.operations import replace_perimeter


@transaction.atomic
def apply_package(*, package: shapes.Package, now: datetime) -> Call:
    """Make the call hold exactly this package. The first call to come is the one the site shows.

    What initiatives hold on to (an axis, a wave, a round) cannot be deleted under them: the
    database refuses with `ProtectedError`. `journeys.import_call` says it in words beforehand,
    and also sees what the database cannot: answers to a question or choice that goes away.
    """
    call = put_call(package)
    put_calendar(call, package.calendar)
    put(call.steps, package.steps)
    put_axes(call=call, axes=package.axes, now=now)
    put_doctrine(call, package.doctrine)
    for rows, items in (
        (call.themes, package.themes),
        (call.audiences, package.audiences),
        (call.promises, package.promises),
        (call.reasons, package.reasons),
    ):
        put(rows, items)
    put_pages(call, package)
    return call


@transaction.atomic
def show_call(*, call_id: int) -> Call:
    """Make this call the one that the site shows."""
    call = Call.objects.select_for_update().get(pk=call_id)
    Call.objects.filter(is_current=True).exclude(pk=call.pk).update(is_current=False)
    call.is_current = True
    call.save(update_fields=["is_current"])
    return call


def put(rows: Any, parts: Sequence[Any], **same: Any) -> dict[str, Any]:
    """Make a list of the call hold these parts, in this order; rows keep their identity by key."""
    kept = upsert(rows, parts, **same)
    rows.exclude(key__in=kept).delete()
    return kept


def upsert(rows: Any, parts: Iterable[Any], **same: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for position, part in enumerate(parts):
        values = {**as_columns(shapes.values_of(part)), **same, "position": position}
        row, _created = rows.update_or_create(key=values.pop("key"), defaults=values)
        found[row.key] = row
    return found


def as_columns(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


def put_call(package: shapes.Package) -> Call:
    said = package.call
    values = as_columns(shapes.values_of(said))
    del values["texts"]  # the order of the texts themselves
    territory = replace_perimeter(
        **shapes.values_of(said.territory),
        communes=[
            Commune(code=c.key, name=c.name, postcodes=c.postcodes, lon=c.lon, lat=c.lat)
            for c in package.communes
        ],
    )
    team = find_or_add_team(**shapes.values_of(said.team))
    values |= {
        "record": {name: key for name, key in shapes.values_of(said.record).items() if key},
        "note": package.calendar.note,
        "perimeter": territory,
        "team": team,
        "stamp": new_stamp(),
    }
    first = not Call.objects.filter(is_current=True).exists()
    call, _created = Call.objects.update_or_create(
        key=values.pop("key"), defaults=values, create_defaults={**values, "is_current": first}
    )
    return call


def put_calendar(call: Call, calendar: shapes.Calendar) -> None:
    waves = upsert(call.waves, calendar.waves)
    kept = []
    for wave in calendar.waves:
        rounds = upsert(
            PlannedRound.objects.filter(call=call), wave.rounds, call=call, wave=waves[wave.key]
        )
        kept += list(rounds)
    call.planned_rounds.exclude(key__in=kept).delete()
    for position, key in enumerate(kept):
        call.planned_rounds.filter(key=key).update(position=position)
    call.waves.exclude(key__in=waves).delete()


def put_axes(*, call: Call, axes: Sequence[shapes.Axis], now: datetime) -> None:
    """Questions that changed make a new revision; answers stay pinned to the one they know."""
    kept: dict[str, Axis] = {}
    for position, axis in enumerate(axes):
        revision = publish_revision(
            questionnaire_key=f"{call.key}/{axis.key}",
            specs=[spec_of(question) for question in axis.questions],
            now=now,
        )
        values = shapes.values_of(axis) | {
            "questionnaire": revision.questionnaire,
            "inherits": kept.get(axis.inherits),
            "position": position,
        }
        row, _created = call.axes.update_or_create(key=values.pop("key"), defaults=values)
        kept[row.key] = row
    for row in call.axes.exclude(key__in=kept).order_by("-position"):
        row.delete()


def put_doctrine(call: Call, doctrine: shapes.Doctrine) -> None:
    in_force = [compass.key for compass in doctrine.compasses if compass.in_force]
    call.compasses.exclude(key__in=in_force).update(in_force=False)
    compasses: dict[str, Compass] = put(call.compasses, doctrine.compasses)
    criteria: dict[str, Criterion] = {}
    for compass in doctrine.compasses:
        criteria |= put_criteria(compasses[compass.key], compass.criteria)
    rows = Correspondence.objects.filter(left__compass__call=call)
    kept = []
    for position, match in enumerate(doctrine.correspondences):
        row, _created = rows.update_or_create(
            left=criteria[match.left],
            right=criteria[match.right],
            defaults={"relation": match.relation, "note": match.note, "position": position},
        )
        kept.append(row.pk)
    rows.exclude(pk__in=kept).delete()


def put_criteria(compass: Compass, parts: Sequence[shapes.Criterion]) -> dict[str, Criterion]:
    """Rows by "compass/criterion". A parent is always written before its children."""
    kept: dict[str, Criterion] = {}
    for position, part in enumerate(parts):
        values = shapes.values_of(part) | {
            "parent": kept.get(part.parent),
            "position": position,
        }
        row, _created = compass.criteria.update_or_create(key=values.pop("key"), defaults=values)
        kept[row.key] = row
    compass.criteria.exclude(key__in=kept).delete()
    return {f"{compass.key}/{key}": row for key, row in kept.items()}


def put_pages(call: Call, package: shapes.Package) -> None:
    for position, page in enumerate(package.texts):
        call.texts.update_or_create(
            key=page.key,
            defaults={"title": page.title, "body": page.body, "position": position},
        )
    call.texts.exclude(key__in=[page.key for page in package.texts]).delete()
    letters = LetterText.objects.filter(owner=call.key)
    stale = orm.Q()
    for page in package.letters:
        for language, body in page.body.items():
            letters.update_or_create(
                owner=call.key,
                key=page.key,
                language=language,
                defaults={"subject": page.title[language], "body": body},
            )
            stale |= orm.Q(key=page.key, language=language)
    letters.exclude(stale).delete() if stale else letters.delete()
