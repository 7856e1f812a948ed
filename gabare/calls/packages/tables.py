"""From the tables of a file to the shapes of a package: strict, and every problem told."""

from collections.abc import Sequence
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from gabare.calls.packages.kinds import Wrong
from gabare.calls.packages.locator import Path
from gabare.calls.packages.sources import Report


class TableReader:
    """Reads the tables of one file."""

    def __init__(self, file: str, report: Report, languages: Sequence[str]) -> None:
        self.file, self.report, self.languages = file, report, languages

    def read(self, shape: type, raw: Any, path: Path = ()) -> Any | None:
        """The shape, or None once what is wrong has been reported."""
        values = self.values(shape, raw, path)
        if values is None:
            return None
        missing = [
            f.name
            for f in fields(shape)
            if f.name not in values and f.default is MISSING and f.default_factory is MISSING
        ]
        for name in missing:
            self.report.add(
                self.file,
                path,
                _("« %(name)s » manque") % {"name": name},
                _("l’ajouter ; docs/package-format.md dit ce qu’on y met"),
            )
        return None if missing else shape(**values)

    def values(
        self, shape: type, raw: Any, path: Path = (), more: Sequence[str] = ()
    ) -> dict[str, Any] | None:
        """The values given, checked; None if any is wrong. `more` are keys read by the caller."""
        if not isinstance(raw, dict):
            self.report.add(
                self.file, path, _("une table est attendue ici"), _("écrire « clé = valeur »")
            )
            return None
        parts: dict[str, Field[Any]] = {f.name: f for f in fields(shape) if f.metadata}
        sound = self.known_keys(raw, [*parts, *more], path)
        found: dict[str, Any] = {}
        for name, part in parts.items():
            if name in raw:
                value = self.value(part, raw[name], (*path, name))
                sound = sound and value is not None
                found[name] = value
        return found if sound else None

    def known_keys(self, raw: dict[str, Any], known: Sequence[str], path: Path) -> bool:
        strangers = [key for key in raw if key not in known]
        for key in strangers:
            near = get_close_matches(key, known, n=1)
            remedy = (
                _("écrire « %(near)s »") % {"near": near[0]}
                if near
                else _("la retirer ; sont prévues : %(keys)s") % {"keys": ", ".join(known)}
            )
            self.report.add(
                self.file,
                (*path, key),
                _("la clé « %(key)s » n’est pas prévue ici") % {"key": key[:60]},
                remedy,
            )
        return not strangers

    def value(self, part: "Field[Any]", raw: Any, path: Path) -> Any | None:
        if "table" in part.metadata:
            return self.read(part.metadata["table"], raw, path)
        if "tables" in part.metadata:
            return self.many(part.metadata["tables"], raw, path)
        try:
            value = part.metadata["kind"].read(raw, self.languages)
            if value == {} and part.default_factory is MISSING:
                raise Wrong(_("le texte manque"), _("l’écrire"))
            return value
        except Wrong as wrong:
            name = {"name": part.name, "message": wrong.message}
            message = _("« %(name)s » : %(message)s") % name
            self.report.add(self.file, (*path, *wrong.path), message, wrong.remedy)
            return None

    def many(self, shape: type, raw: Any, path: Path) -> tuple[Any, ...] | None:
        if not isinstance(raw, list) or not raw:
            self.report.add(
                self.file,
                path,
                _("une liste de tables est attendue ici"),
                _("écrire au moins une table « [[%(name)s]] »") % {"name": path[-1]},
            )
            return None
        found = [self.read(shape, item, (*path, index)) for index, item in enumerate(raw)]
        sound = self.unique([getattr(item, "key", None) for item in found], path)
        return tuple(found) if sound and None not in found else None

    def unique(self, keys: Sequence[str | None], path: Path) -> bool:
        twice = [i for i, key in enumerate(keys) if key is not None and key in keys[:i]]
        for index in twice:
            self.report.add(
                self.file,
                (*path, index, "key"),
                _("la clé « %(key)s » est prise deux fois") % {"key": keys[index]},
                _("en donner une autre à l’un des deux"),
            )
        return not twice
