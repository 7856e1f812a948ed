from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gabare.calls.models import Call
from gabare.initiatives.queries import initiative_named
from gabare.questionnaires.queries import attachment
from gabare.web.desk.access import team_page


@team_page("desk.read")
@require_safe
def file(_request: HttpRequest, call: Call, public_id: str) -> HttpResponse | FileResponse:
    """A file as it was received, never opened by the browser on our own address."""
    found = attachment(public_id)
    owner = found.owner.removeprefix("initiative:") if found else ""
    initiative = initiative_named(owner) if owner else None
    if found is None or initiative is None or initiative.call_id != call.pk:
        raise Http404
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name,
        content_type=found.media_type,
    )  # fmt: skip
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
