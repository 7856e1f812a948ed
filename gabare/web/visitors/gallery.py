"""Every component in each of its states, for those who build screens. Never on a real site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gabare.calls.calendar import CURRENT, FUTURE, PAST, Moment
from gabare.foundation import clock
from gabare.ui.rose import Petal

COLOURS = ("#0f5f8c", "#5b4a9e", "#b0413e", "#b86b00", "#3d7a35", "#00756f", "#8a3d78")
LENGTHS = (3, 5, 7, 9, 12)


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.GABARE_DEMO):
        raise Http404
    return render(
        request,
        "visitors/gallery.html",
        {
            "swatches": COLOURS,
            "roses": [petals(count, lit=range(0, count, 2)) for count in LENGTHS],
            "full": petals(7, lit=range(7)),
            "none": petals(7, lit=()),
            "some": petals(7, lit=(2, 5)),
            "moments": line(),
            "errors": [("id_title", "Le titre manque."), ("id_access", "Choisissez un accès.")],
        },
    )


def petals(count: int, lit: range | tuple[int, ...]) -> list[Petal]:
    return [
        Petal(str(i + 1), f"Critère {i + 1}", COLOURS[i % len(COLOURS)], i in lit)
        for i in range(count)
    ]


def line() -> list[Moment]:
    today = clock.today()
    states = (PAST, PAST, CURRENT, FUTURE, FUTURE)
    return [Moment(today, f"Moment {i}", "Ce qui s’y passe", s) for i, s in enumerate(states, 1)]
