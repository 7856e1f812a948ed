from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.labels.queries import labels_of_call
from gabare.labels.rules import state_on
from gabare.web.desk.access import desk_page, team_page


@team_page("desk.read")
@require_safe
def labels(request: HttpRequest, call: Call) -> HttpResponse:
    today = clock.today(call.time_zone)
    found = [(label, state_on(label, today)) for label in labels_of_call(call)]
    return desk_page(request, call, None, "desk/labels.html", {"labels": found})
