from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.review.lifecycle import RoundRefused
from gabare.review.operations import StaleVersion, give_advice
from gabare.review.validators import AdviceProblem
from gabare.web.desk.access import team_page
from gabare.web.desk.advice_form import AdviceForm, typed_advice
from gabare.web.desk.dossiers import dossier_page, found_or_404


@team_page("desk.advise")
@require_POST
def advise(request: HttpRequest, call: Call, dossier_id: int) -> HttpResponse:
    found = found_or_404(request, call, dossier_id)
    form = AdviceForm(typed_advice(request.POST))
    seen = request.POST.get("version", "")
    try:
        give_advice(
            dossier_id=found.pk, person=request.user, words=form.words,
            seen_version=int(seen) if seen.isdecimal() else 0, now=clock.now(),
        )  # fmt: skip
    except AdviceProblem as problem:
        form.errors = problem.errors
        return dossier_page(request, call, found, advice_form=form, status=422)
    except StaleVersion:
        form.stale = True
        fresh = found_or_404(request, call, dossier_id)
        return dossier_page(request, call, fresh, advice_form=form, status=409)
    except RoundRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:dossier", found.pk)
    said = _("Vous vous abstenez sur ce dossier.") if form.words.abstains else _("Avis enregistré.")
    messages.success(request, said)
    return redirect("desk:dossier", found.pk)
