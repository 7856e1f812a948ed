from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gabare.foundation import clock
from gabare.foundation.enums import TraceKind
from gabare.foundation.operations import record
from gabare.initiatives.enums import InitiativeTrace
from gabare.initiatives.models import Initiative
from gabare.initiatives.queries import draft_named, initiative_named
from gabare.initiatives.rules import has_mandate
from gabare.questionnaires.queries import attachment
from gabare.review.recusals import is_recused
from gabare.web.carriers.holding import secret_of


@require_GET
@login_not_required
@never_cache
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """A file of a deposit, never opened by the browser as a page of this site.

    For who holds the draft, a mandate or a role in the team; anybody else learns nothing.
    """
    found = attachment(public_id)
    owner, _, name = found.owner.partition(":") if found else ("", "", "")
    initiative = initiative_named(name) if owner == "initiative" else None
    if found is None or initiative is None or not _may_read(request, initiative):
        raise Http404
    if request.user.has_perm("desk.read", initiative.call):
        record(
            actor=request.user, verb=InitiativeTrace.FILE_SEEN,
            about=f"initiative:{initiative.public_id}", owner=f"call:{initiative.call.key}",
            kind=TraceKind.SEEN, now=clock.now(),
        )  # fmt: skip
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name,
        content_type=found.media_type,
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _may_read(request: HttpRequest, initiative: Initiative) -> bool:
    in_team = request.user.has_perm("desk.read", initiative.call)
    if in_team and not is_recused(request.user, initiative):
        return True
    if has_mandate(request.user, initiative):
        return True
    draft = draft_named(initiative.public_id)
    return draft is not None and bool(secret_of(request, draft))
