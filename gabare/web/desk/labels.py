from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gabare.calls.models import Call
from gabare.labels.queries import labels_of_call
from gabare.web.desk.access import desk_page, team_page


@team_page("desk.read")
@require_safe
def labels(request: HttpRequest, call: Call) -> HttpResponse:
    return desk_page(request, call, None, "desk/labels.html", {"labels": labels_of_call(call)})
