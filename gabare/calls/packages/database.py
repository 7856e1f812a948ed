"""A call of the database as a package: what an export writes, and what an import compares with."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from gabare.calls import models
from gabare.calls.packages import shapes
from gabare.mail.models import LetterText
from gabare.questionnaires.models import Question
from gabare.questionnaires.queries import current_revision, questions_of


def package_of(call: models.Call) -> shapes.Package:
    """The same package as the one the call was imported from, if nothing changed since."""
    return shapes.Package(
        call=call_of(call),
        calendar=calendar_of(call),
        steps=tuple(of(shapes.Step, row, call) for row in call.steps.all()),
        axes=axes_of(call),
        doctrine=doctrine_of(call),
        themes=tuple(of(shapes.Item, row, call) for row in call.themes.all()),
        audiences=tuple(of(shapes.Item, row, call) for row in call.audiences.all()),
        promises=tuple(of(shapes.Item, row, call) for row in call.promises.all()),
        reasons=tuple(of(shapes.Item, row, call) for row in call.reasons.all()),
        texts=tuple(
            shapes.Page(key=row.key, title=said(row.title, call), body=said(row.body, call))
            for row in call.texts.all()
        ),
        letters=letters_of(call),
        communes=tuple(
            shapes.Commune(
                key=row.code, name=row.name, postcodes=row.postcodes, lon=row.lon, lat=row.lat
            )
            for row in call.perimeter.communes.order_by("code")
        ),
    )


def of(shape: Any, row: Any, call: models.Call, **others: Any) -> Any:
    """A row as a shape: the fields bear the same names."""
    values = {
        part.name: others.pop(part.name)
        if part.name in others
        else plain(getattr(row, part.name), call)
        for part in fields(shape)
        if "kind" in part.metadata
    }
    return shape(**values, **others)


def plain(value: Any, call: models.Call) -> Any:
    if isinstance(value, dict):
        return said(value, call) if set(value) <= set(call.languages) else value
    return tuple(value) if isinstance(value, list) else value


def said(text: dict[str, str], call: models.Call) -> dict[str, str]:
    """A localised text in the order of the call's languages: PostgreSQL keeps none."""
    return {language: text[language] for language in call.languages if language in text}


def call_of(call: models.Call) -> Any:
    territory = call.perimeter
    return of(
        shapes.Call,
        call,
        call,
        texts=tuple(row.key for row in call.texts.all()),
        team=shapes.Team(key=call.team.key, name=call.team.name),
        territory=shapes.Territory(
            key=territory.key,
            name=territory.name,
            source=territory.source,
            licence=territory.licence,
        ),
        record=shapes.Record(**call.record),
    )


def calendar_of(call: models.Call) -> shapes.Calendar:
    rows = call.waves.prefetch_related("planned_rounds")
    waves = (
        of(
            shapes.Wave,
            row,
            call,
            rounds=tuple(of(shapes.Round, each, call) for each in row.planned_rounds.all()),
        )
        for row in rows
    )
    return shapes.Calendar(note=said(call.note, call), waves=tuple(waves))


def axes_of(call: models.Call) -> tuple[shapes.Axis, ...]:
    rows = call.axes.select_related("questionnaire", "inherits")
    return tuple(
        of(
            shapes.Axis,
            row,
            call,
            inherits=row.inherits.key if row.inherits else "",
            questions=tuple(questions_in_force(row.questionnaire.key, call)),
        )
        for row in rows
    )


def questions_in_force(questionnaire_key: str, call: models.Call) -> Iterable[shapes.Question]:
    revision = current_revision(questionnaire_key)
    for row in questions_of(revision) if revision else []:
        yield question_of(row, call)


def question_of(row: Question, call: models.Call) -> Any:
    return of(shapes.Question, row, call, condition=row.condition or {}, options=row.options)


def doctrine_of(call: models.Call) -> shapes.Doctrine:
    rows = list(call.compasses.prefetch_related("criteria__parent"))
    compasses = tuple(
        of(
            shapes.Compass,
            row,
            call,
            criteria=tuple(
                of(shapes.Criterion, each, call, parent=each.parent.key if each.parent else "")
                for each in row.criteria.all()
            ),
        )
        for row in rows
    )
    matches = models.Correspondence.objects.filter(left__compass__call=call).select_related(
        "left__compass", "right__compass"
    )
    correspondences = tuple(
        of(shapes.Correspondence, row, call, left=path_of(row.left), right=path_of(row.right))
        for row in matches.order_by("position")
    )
    return shapes.Doctrine(compasses=compasses, correspondences=correspondences)


def path_of(criterion: models.Criterion) -> str:
    return f"{criterion.compass.key}/{criterion.key}"


def letters_of(call: models.Call) -> tuple[shapes.Page, ...]:
    found: dict[str, dict[str, LetterText]] = {}
    for row in LetterText.objects.filter(owner=call.key).order_by("key"):
        found.setdefault(row.key, {})[row.language] = row
    return tuple(
        shapes.Page(
            key=key,
            title={each: rows[each].subject for each in call.languages if each in rows},
            body={each: rows[each].body for each in call.languages if each in rows},
        )
        for key, rows in found.items()
    )
