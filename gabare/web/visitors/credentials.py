"""What verifiers ask for: a label as a file, the keys that sign, the lists of what no longer holds.

A credential never changes: it is kept with the pages. Keys and lists do: they say themselves how
long they may be kept, and are made anew when asked for.
"""

import json
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gabare.foundation import clock
from gabare.initiatives.models import Carrier
from gabare.labels.credentials import issuing, securing
from gabare.labels.credentials.status_list import KEPT_FOR
from gabare.labels.models import Label
from gabare.labels.operations import ensure_signing_key
from gabare.labels.queries import is_list, label_by_number

JWT, JSON = "application/vc+jwt", "application/vc"


@login_not_required
@require_safe
def as_jwt(request: HttpRequest, number: str) -> HttpResponse:
    label, carrier = _label_and_carrier(request, number)
    token = issuing.credential_jwt(label, carrier, ensure_signing_key(now=clock.now()))
    return _file(token, JWT, f"label-{number}.jwt")


@login_not_required
@require_safe
def as_json(request: HttpRequest, number: str) -> HttpResponse:
    label, carrier = _label_and_carrier(request, number)
    document = issuing.credential_json(label, carrier, ensure_signing_key(now=clock.now()))
    return _file(_written(document), JSON, f"label-{number}.json")


@login_not_required
@require_safe
def did(_request: HttpRequest) -> HttpResponse:
    ensure_signing_key(now=clock.now())
    answer = HttpResponse(_written(issuing.our_did_document()), content_type="application/did+json")
    return _for_everybody(answer)


@login_not_required
@require_safe
def status_list(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """In the form that is asked for: some verifiers only read the JWT, some only the JSON."""
    purposes = {name: key for key, name in issuing.LISTS.items()}
    if purpose not in purposes or not is_list(number):
        raise Http404
    now: datetime = clock.now()
    signer = issuing.signer_of(ensure_signing_key(now=now))
    document = issuing.list_document(purposes[purpose], number, now)
    if wants_json(request):
        begun = datetime.fromisoformat(document["validFrom"])
        body = _written(securing.as_data_integrity(document, signer, begun))
        answer = HttpResponse(body, content_type=JSON)
    else:
        answer = HttpResponse(securing.as_jwt(document, signer), content_type=JWT)
    patch_vary_headers(answer, ["Accept"])
    return _for_everybody(answer)


def wants_json(request: HttpRequest) -> bool:
    """The JWT unless JSON is named; `application/vc+jwt` names a JWT."""
    accepted = request.headers.get("Accept", "").lower()
    return "jwt" not in accepted and ("json" in accepted or JSON in accepted)


def _label_and_carrier(request: HttpRequest, number: str) -> tuple[Label, Carrier]:
    label = label_by_number(number)
    carrier = issuing.carrier_named(label, request.GET.get("porteur", "")) if label else None
    if label is None or carrier is None:
        raise Http404
    return label, carrier


def _written(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _file(body: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _open(answer)


def _for_everybody(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={int(KEPT_FOR.total_seconds())}"
    return _open(answer)


def _open(answer: HttpResponse) -> HttpResponse:
    """A verifier may be a page of another site."""
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
