from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.mail.enums import LetterState, MailTrace
from gabare.mail.models import Letter
from gabare.mail.operations import NotEditable, cancel_letter, release_letter
from gabare.web.desk.access import desk_page, saw, team_page
from gabare.web.desk.outbox import letters_of

A_PAGE = 50


@team_page("desk.read")
@require_safe
def letters(request: HttpRequest, call: Call) -> HttpResponse:
    state = request.GET.get("etat", "")
    found = letters_of(call, reader=request.user)
    if state in LetterState.values:
        found = found.filter(state=state)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": LetterState.choices}
    return desk_page(request, call, None, "desk/letters.html", context)


@team_page("desk.read")
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, call: Call, public_id: str) -> HttpResponse:
    found = letters_of(call, reader=request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        if not request.user.has_perm("desk.decide", call):
            raise PermissionDenied
        _act(request, call, found)
        return redirect("desk:letter", public_id)
    saw(request, call, MailTrace.SEEN, found.about, letter=found.public_id, key=found.key)
    return desk_page(request, call, None, "desk/letter.html", {"letter": found})


def _act(request: HttpRequest, call: Call, letter: Letter) -> None:
    known = {"by": request.user, "owner": f"call:{call.key}", "now": clock.now()}
    try:
        if "cancel" in request.POST:
            cancel_letter(letter_id=letter.pk, **known)
            messages.success(request, _("Cette lettre ne partira pas."))
        else:
            release_letter(
                letter_id=letter.pk, **known,
                subject=request.POST.get("subject"), text=request.POST.get("text"),
            )  # fmt: skip
            messages.success(request, _("Cette lettre va partir."))
    except NotEditable:
        messages.error(request, _("Cette lettre est déjà partie, ou elle a été annulée."))
