"""Verifying a label that somebody shows: a file, a link, a number. Nothing of it is kept."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gabare.foundation import clock
from gabare.labels.credentials.reading import PICTURE
from gabare.labels.verification import (
    WHAT_IS_CHECKED,
    Answer,
    Checked,
    Rule,
    Verified,
    verify,
)

ROOM = 16 * 1024  # around the file, in what a browser sends
NOT_OURS = {Answer.OVERSIZED: 413}


@login_not_required
@csrf_exempt  # it changes nothing and reads no session: the page stays the same for everybody
@require_http_methods(["GET", "HEAD", "POST"])
def verifier(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    if not ratelimit.consume(request, action="verify_credential"):
        problem = _(
            "Beaucoup de vérifications viennent de votre réseau. Réessayez dans une minute."
        )
        return _page(request, problem=problem, status=429)
    said = _verified(request)
    if said is None:
        return _page(
            request,
            problem=_(
                "Déposez un fichier, ou collez un lien, un numéro ou le texte d’une preuve signée."
            ),
            status=422,
        )
    return _page(request, said=said, status=NOT_OURS.get(said.answer, 200))


def _verified(request: HttpRequest) -> Verified | None:
    """Nothing when nothing was brought. What is too heavy is not even read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > PICTURE + ROOM:
        return Verified(Answer.OVERSIZED, found={Rule.SIZE: False})
    upload, text = request.FILES.get("file"), request.POST.get("text", "").strip()
    content = upload.read() if upload else text.encode()
    return verify(content, now=clock.now()) if content else None


def _page(
    request: HttpRequest, *, said: Verified | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "said": said,
        "rules": said.rules if said else [Checked(rule, None) for rule in WHAT_IS_CHECKED],
        "text": request.POST.get("text", "")[:500] if problem else "",
        "errors": [("id_text", problem)] if problem else [],
        "problem": problem,
    }
    answer = render(request, "visitors/verifier.html", context, status=status)
    if request.method == "POST":
        answer["Cache-Control"] = "no-store"
    return answer
