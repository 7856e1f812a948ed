"""Foreign keys hold to the floors too: import-linter does not see one written as a string."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.architecture import house


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("gabare.")
    ]


def room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def relations() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in our_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.is_relation and field.related_model in our_models():
                yield model, field


def test_every_room_has_its_floor():
    rooms = {p.name for p in house.GABARE.iterdir() if (p / "__init__.py").exists()}
    assert rooms == set(house.heights())


def test_foreign_keys_point_down():
    upwards = [
        f"{field} points up to {room(field.related_model)}"
        for model, field in relations()
        if room(model) != room(field.related_model)
        and house.heights()[room(model)] <= house.heights()[room(field.related_model)]
    ]
    assert not upwards


def test_foreign_keys_between_rooms_leave_no_way_back():
    visible = [
        str(field)
        for model, field in relations()
        if room(model) != room(field.related_model)
        and not field.remote_field.hidden
        and not getattr(field.remote_field, "parent_link", False)
    ]
    assert not visible, "give them related_name='+' and ask the upper room's queries"


def test_many_to_many_is_declared_in_one_room():
    hidden = [
        str(field)
        for model, field in relations()
        if field.many_to_many and room(model) != room(field.related_model)
    ]
    assert not hidden, "between rooms, write the linking model"


def test_constraints_have_a_name_that_says_what_they_hold():
    written = [model for model in our_models() if not model._meta.auto_created]
    assert not [m for m in written if m._meta.unique_together], "write a named UniqueConstraint"
    names = [constraint.name for model in written for constraint in model._meta.constraints]
    assert names
    vague = ("_check", "_uniq", "_unique", "_constraint")
    assert not [name for name in names if "%" in name or name.endswith(vague)]
