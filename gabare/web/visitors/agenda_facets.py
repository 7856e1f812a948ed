"""The agenda's facets as a form shows them: choices with counts, and links that take one away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gabare.agenda.filters import ALL, MONTH, PAST, RUNNING, UPCOMING, WEEK
from gabare.agenda.queries import Page
from gabare.calls.models import Call, Criterion
from gabare.calls.queries import axes, choices, compass_in_force
from gabare.foundation.localised import pick
from gabare.initiatives.enums import Mode
from gabare.ui.dates import month_year
from gabare.ui.typography import typography

MONTHS_SHOWN = 4  # the next ones: farther ones are reached by the pages of the list


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool
    colour: str = ""

    @property
    def idle(self) -> bool:
        """Choosing it would show nothing."""
        return not self.count and not self.chosen


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    options: list[Option]
    kind: str = "checkbox"  # "radio" | "checkbox" | "select"
    several: bool = False  # more than one is chosen in a select


@dataclass(frozen=True)
class Chosen:
    """A filter that is on, and the address without it."""

    label: str
    address: str


@dataclass
class Labels:
    """The words for the values of filters, in the page's language."""

    call: Call | None
    names: Mapping[str, Mapping[str, str]]
    language: str
    found: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, name: str, value: str) -> str:
        if name == "quand" and MONTH.fullmatch(value):
            return capfirst(month_year(date.fromisoformat(f"{value}-01"), self.language))
        if name not in self.found:
            self.found[name] = self._read(name)
        return self.found[name].get(value, value)

    def _read(self, name: str) -> dict[str, str]:
        if name in {"commune", "porteur"}:
            return dict(self.names.get(name, {}))
        if name == "mode":
            return {str(mode): str(mode.label) for mode in Mode}
        if name == "gratuit":
            return {"oui": _("Gratuit"), "non": _("Payant")}
        if name == "quand":
            return {
                UPCOMING: _("À venir"), WEEK: _("Cette semaine"), RUNNING: _("En continu"),
                PAST: _("Passés"), ALL: _("Tout"),
            }  # fmt: skip
        if name == "edition" or self.call is None:
            return {}
        return {key: typography(text, self.language) for key, text in self._of_call(name)}

    def _of_call(self, name: str) -> list[tuple[str, str]]:
        call: Call = self.call  # type: ignore[assignment]
        if name == "axe":
            return [(a.key, f"{a.number} · {pick(a.short, self.language)}") for a in axes(call)]
        if name == "critere":
            return [(c.key, pick(c.short, self.language)) for c in criteria(call)]
        source = {"theme": "themes", "public": "audiences"}[name]
        return [(c.value, pick(c.label, self.language)) for c in choices(call)[source]]


def criteria(call: Call) -> list[Criterion]:
    return list(compass_in_force(call).criteria.all())


def facets_of(page: Page, labels: Labels, today: date) -> list[Facet]:
    return [
        Facet("quand", _("Quand"), _periods(page, labels, today), "radio"),
        Facet("critere", _("Enjeu de la boussole"), _criteria(page, labels)),
        Facet("axe", _("Axe"), _options(page, labels, "axe", lambda _o: True)),
        Facet("gratuit", _("Accès"), _options(page, labels, "gratuit", lambda o: o.value == "oui")),
        Facet("mode", _("Lieu"), _options(page, labels, "mode", lambda _o: True)),
        *(
            Facet(
                name, legend, _options(page, labels, name, lambda option: not option.idle),
                "select", len(page.filters.chosen(name)) > 1,
            )
            for name, legend in (
                ("theme", _("Thème")), ("public", _("Public")), ("commune", _("Commune"))
            )
        ),
    ]  # fmt: skip


def _option(page: Page, labels: Labels, name: str, value: str, colour: str = "") -> Option:
    return Option(
        value=value,
        label=labels.of(name, value),
        count=page.counts[name].get(value, 0),
        chosen=value in (page.filters.periods if name == "quand" else page.filters.chosen(name)),
        colour=colour,
    )


def _options(
    page: Page, labels: Labels, name: str, shown: Callable[[Option], bool]
) -> list[Option]:
    every = [_option(page, labels, name, value) for value in page.counts[name]]
    return [option for option in every if shown(option)]


def _criteria(page: Page, labels: Labels) -> list[Option]:
    """The first rank, and a sub-criterion only where it is already chosen."""
    every = criteria(page.call) if page.call else []
    return [
        _option(page, labels, "critere", c.key, c.colour or (c.parent.colour if c.parent else ""))
        for c in every
        if c.parent_id is None or c.key in page.filters.chosen("critere")
    ]


def _periods(page: Page, labels: Labels, today: date) -> list[Option]:
    names = [UPCOMING, WEEK, RUNNING, PAST, ALL]
    options = [_option(page, labels, "quand", name) for name in names]
    months = sorted(name for name in page.counts["quand"] if MONTH.fullmatch(name))
    near = [m for m in months if m >= f"{today:%Y-%m}" and page.counts["quand"][m]][:MONTHS_SHOWN]
    chosen = [m for m in page.filters.periods if MONTH.fullmatch(m)]
    months = sorted({*near, *chosen})
    return [o for o in options if not o.idle or o.value in {UPCOMING, ALL}] + [
        _option(page, labels, "quand", month) for month in months
    ]


def chosen_of(page: Page, labels: Labels, address: str) -> list[Chosen]:
    """What can be taken away, one at a time."""
    filters = page.filters
    chosen = []
    if filters.q:
        quoted = f"«\u202f{filters.q}\u202f»"
        chosen.append(Chosen(quoted, filters.without("q").query_string()))
    for name, values in filters.values.items():
        chosen += [
            Chosen(labels.of(name, value), filters.without(name, value).query_string())
            for value in values
        ]
    return [Chosen(one.label, address + one.address) for one in chosen]
