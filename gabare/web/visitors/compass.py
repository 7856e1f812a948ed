"""The compass and its criteria: the official words, their source, what sheds light on each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gabare.agenda.filters import ALL, Filters
from gabare.agenda.queries import Page, filtered
from gabare.calls.models import Call, Compass, Correspondence, Criterion
from gabare.calls.queries import compass_in_force, compasses, petals
from gabare.foundation import clock

EVERYTHING = Filters(values={"quand": (ALL,)})


@dataclass(frozen=True)
class CriterionShown:
    criterion: Criterion
    children: list[Criterion]
    total: int = 0


@dataclass(frozen=True)
class Answering:
    """A criterion of another version that answers to this one."""

    criterion: Criterion
    relation: str
    note: dict[str, str]


@login_not_required
@require_safe
def compass(request: HttpRequest) -> HttpResponse:
    agenda = filtered(EVERYTHING, now=clock.now())
    call = known_call(request, agenda)
    if call is None:
        return render(request, "visitors/no_call.html")
    in_force = compass_in_force(call)
    return render(
        request,
        "visitors/compass.html",
        {
            "compass": in_force,
            "shown": families(in_force, agenda.counts["critere"]),
            "others": [(o, families(o)) for o in compasses(call) if o.pk != in_force.pk],
        },
    )


def known_call(request: HttpRequest, agenda: Page) -> Call | None:
    """The call as the agenda holds it, read once a generation, for the page's frame too."""
    request.site_call = agenda.call  # type: ignore[attr-defined]
    return agenda.call


def families(of: Compass, counts: Mapping[str, int] | None = None) -> list[CriterionShown]:
    """Criteria of the first rank with their sub-criteria, from what is already read."""
    every = list(of.criteria.all())
    return [
        CriterionShown(
            c, [child for child in every if child.parent_id == c.pk], (counts or {}).get(c.key, 0)
        )
        for c in every
        if c.parent_id is None
    ]


@login_not_required
@require_safe
def criterion(request: HttpRequest, key: str) -> HttpResponse:
    """A sub-criterion is read on its parent's page."""
    filters = EVERYTHING.replacing("critere", (key,))
    agenda = filtered(filters, now=clock.now())
    call = known_call(request, agenda)
    family = family_of(call, key)
    if call is None or family is None:
        raise Http404
    if family.criterion.key != key:
        address = reverse("visitors:criterion", args=[family.criterion.key])
        return redirect(f"{address}#{key}", permanent=True)
    return render(
        request,
        "visitors/criterion.html",
        {
            "compass": compass_in_force(call),
            "family": family,
            "criterion": family.criterion,
            "petals": petals(call, [key], get_language() or ""),
            "answering": answering(family.criterion),
            "rows": [row for section in agenda.sections for row in section.rows],
            "total": agenda.total,
            "more": filters.query_string(),
        },
    )


def family_of(call: Call | None, key: str) -> CriterionShown | None:
    for family in families(compass_in_force(call)) if call else []:
        if key in {family.criterion.key, *(child.key for child in family.children)}:
            return family
    return None


def answering(to: Criterion) -> list[Answering]:
    """Both directions of the correspondence, one query."""
    pairs = Correspondence.objects.filter(Q(left=to) | Q(right=to)).select_related(
        "left__compass", "right__compass"
    )
    return [
        Answering(
            criterion=pair.right if pair.left_id == to.pk else pair.left,
            relation=pair.get_relation_display(),
            note=pair.note,
        )
        for pair in pairs.order_by("left__compass__position", "right__position")
    ]
