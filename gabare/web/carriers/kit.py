"""`/mes-initiatives/<id>/kit/`: what a carrier may show once labelled, ready to take away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gabare.calls.queries import text
from gabare.foundation import clock
from gabare.initiatives.queries import mandated_initiative
from gabare.labels.attestation import attestation_pdf, code_words
from gabare.labels.codes import qr_png, qr_svg
from gabare.labels.logo import logo_address
from gabare.labels.marks import mark_of, name_of
from gabare.labels.models import Label
from gabare.labels.queries import label_of
from gabare.ui.mark import Mark, mark_svg, size_of
from gabare.ui.mark_image import mark_png

SHOWN_HEIGHT = 96  # pixels of the mark on somebody else's page


@dataclass(frozen=True)
class File:
    """A download: what it is, where it is, under which name it is kept, and what it weighs."""

    words: str
    address: str
    name: str
    format: str
    weight: int


@never_cache
@require_safe
def kit(request: HttpRequest, public_id: str) -> HttpResponse:
    """For who may act for the initiative, from the day it is labelled and for ever."""
    initiative = mandated_initiative(request.user, public_id)
    label = label_of(initiative) if initiative else None
    if initiative is None or label is None:
        raise Http404
    day, language = clock.today(initiative.call.time_zone), get_language() or "fr"
    mark = mark_of(label, day=day, language=language)
    page = f"{settings.PUBLIC_URL}{reverse('visitors:label', args=[label.number])}"
    context = {
        "initiative": initiative,
        "label": label,
        "mark": mark,
        "page": page,
        "code_words": code_words(page),
        "marks": list(mark_files(label, mark)),
        "codes": code_files(label, page),
        "attestations": list(attestation_files(label, page, day, language)),
        "snippet": snippet(label, mark, page, language),
        "signature": signature(label, page, language),
        "logo": logo_address(),
        "rules": text(initiative.call, "label-rules"),
        "organiser": initiative.call.organiser,
    }
    return render(request, "carriers/kit.html", context)


def mark_files(label: Label, mark: Mark) -> Iterator[File]:
    grounds = {
        "clair": ("light", _("La marque, pour un fond clair")),
        "sombre": ("dark", _("La marque, pour un fond sombre")),
        "impression": ("print", _("La marque, pour l’impression")),
    }
    for asked, (ground, words) in grounds.items():
        query = "" if asked == "clair" else f"?pour={asked}"
        for form, drawn in (("svg", mark_svg), ("png", mark_png)):
            address = reverse(f"visitors:label-badge-{form}", args=[label.number])
            name = f"label-{label.number}-{asked}.{form}"
            weight = len(drawn(mark, ground))  # type: ignore[operator]
            yield File(words, f"{address}{query}", name, form.upper(), weight)


def code_files(label: Label, page: str) -> list[File]:
    drawn = {"svg": len(qr_svg(page, code_words(page))), "png": len(qr_png(page))}
    return [
        File(
            _("Le code QR de la page du label"),
            reverse(f"visitors:label-code-{form}", args=[label.number]),
            f"label-{label.number}-code.{form}", form.upper(), weight,
        )
        for form, weight in drawn.items()
    ]  # fmt: skip


def attestation_files(label: Label, page: str, day: date, language: str) -> Iterator[File]:
    """One for each organisation that carries the initiative."""
    address = reverse("visitors:label-attestation", args=[label.number])
    for carrier in label.initiative.carriers.all():
        slug, name = carrier.organisation.slug, carrier.organisation.name
        pdf = attestation_pdf(label, carrier, address=page, day=day, language=language)
        words = _("L’attestation pour %(carrier)s") % {"carrier": name}
        file = f"attestation-{label.number}-{slug}.pdf"
        yield File(words, f"{address}?porteur={slug}", file, "PDF", len(pdf))


def snippet(label: Label, mark: Mark, page: str, language: str) -> str:
    """HTML without script. True whatever becomes of the label: the picture and the page say it."""
    width, height = size_of(mark, "light")
    context = {
        "page": page,
        "picture": settings.PUBLIC_URL + reverse("visitors:label-badge-svg", args=[label.number]),
        "width": round(SHOWN_HEIGHT * width / height),
        "height": SHOWN_HEIGHT,
        "name": name_of(label, language),
    }
    return render_to_string("carriers/kit_snippet.html", context).strip()


def signature(label: Label, page: str, language: str) -> str:
    """For the end of an e-mail: plain text."""
    return _("%(label)s\nVérifier : %(address)s") % {
        "label": name_of(label, language),
        "address": page,
    }
