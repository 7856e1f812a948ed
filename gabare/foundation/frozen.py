"""Rows that are laid once, and never changed nor taken away."""

from typing import Any

from django.db import models


class Frozen(Exception):
    """A row that is laid for good was about to change. Lay another one."""


class FrozenQuerySet(models.QuerySet["models.Model"]):
    """Laid once, never changed nor taken away, not even many at a time."""

    def update(self, **_kwargs: object) -> int:
        raise Frozen(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Frozen(self.model.__name__)


class FrozenModel(models.Model):
    """Never changed once laid. What it belongs to may still take it along when it is deleted."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Frozen(str(self))
