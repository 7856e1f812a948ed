"""The files of a label: its mark, its QR code, its attestation. Kept like every public page.

They answer as long as the label's page does, that is for ever: the mark of a suspended or revoked
label says that it is, wherever it is shown.
"""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gabare.foundation import clock
from gabare.labels.attestation import attestation_pdf, code_words
from gabare.labels.codes import qr_png, qr_svg
from gabare.labels.marks import mark_of
from gabare.labels.models import Label
from gabare.labels.queries import label_by_number
from gabare.ui.mark import Ground, Mark, mark_svg
from gabare.ui.mark_image import mark_png

GROUNDS: dict[str, Ground] = {"clair": "light", "sombre": "dark", "impression": "print"}


@login_not_required
@require_safe
def badge_svg(request: HttpRequest, number: str) -> HttpResponse:
    mark, ground = _mark_asked(request, number)
    return _file(mark_svg(mark, ground), "image/svg+xml")


@login_not_required
@require_safe
def badge_png(request: HttpRequest, number: str) -> HttpResponse:
    mark, ground = _mark_asked(request, number)
    return _file(mark_png(mark, ground), "image/png")


@login_not_required
@require_safe
def code_svg(_request: HttpRequest, number: str) -> HttpResponse:
    address = page_address(_label_or_404(number))
    return _file(qr_svg(address, code_words(address)), "image/svg+xml")


@login_not_required
@require_safe
def code_png(_request: HttpRequest, number: str) -> HttpResponse:
    return _file(qr_png(page_address(_label_or_404(number))), "image/png")


@login_not_required
@require_safe
def attestation(request: HttpRequest, number: str) -> HttpResponse:
    """For the lead carrier; `?porteur=` names a partner."""
    label = _label_or_404(number)
    slug = request.GET.get("porteur")
    carriers = label.initiative.carriers.all()
    carrier = next((c for c in carriers if slug in (None, c.organisation.slug)), None)
    if carrier is None:
        raise Http404
    pdf = attestation_pdf(
        label, carrier, address=page_address(label), day=_today(label), language=_language()
    )
    answer = _file(pdf, "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="attestation-{label.number}.pdf"'
    return answer


def page_address(label: Label) -> str:
    """Whole: it leaves the site, on paper or on somebody else's page."""
    return f"{settings.PUBLIC_URL}{reverse('visitors:label', args=[label.number])}"


def _mark_asked(request: HttpRequest, number: str) -> tuple[Mark, Ground]:
    label, ground = _label_or_404(number), GROUNDS.get(request.GET.get("pour", "clair"))
    if ground is None:
        raise Http404
    return mark_of(label, day=_today(label), language=_language()), ground


def _label_or_404(number: str) -> Label:
    label = label_by_number(number)
    if label is None:
        raise Http404
    return label


def _today(label: Label) -> date:
    return clock.today(label.initiative.call.time_zone)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _file(content: str | bytes, kind: str) -> HttpResponse:
    """Other sites may show it: that is what it is for."""
    answer = HttpResponse(content, content_type=kind)
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
