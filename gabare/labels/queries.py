from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gabare.calls.models import Call
from gabare.initiatives.models import Carrier, Initiative
from gabare.labels.credentials.status_list import REVOCATION
from gabare.labels.enums import LabelState
from gabare.labels.models import Label, LabelChange, LabelCounter, SigningKey, StatusPlace
from gabare.labels.rules import LASTING
from gabare.labels.validators import is_number, number_of


def labels() -> QuerySet[Label]:
    """Labels with what every page shows of them, in three queries whatever their number."""
    carriers = Carrier.objects.select_related("organisation")
    return Label.objects.select_related(
        "initiative__call", "initiative__axis", "initiative__wave", "version"
    ).prefetch_related(Prefetch("initiative__carriers", queryset=carriers))


def label_by_number(number: str) -> Label | None:
    """With its history: what its page tells."""
    changes = Prefetch("changes", LabelChange.objects.select_related("actor"))
    found = labels().prefetch_related(changes)
    return found.filter(number=number).first() if is_number(number) else None


def revoked_label_of(slug: str) -> Label | None:
    """The label that the initiative of that address no longer carries."""
    return Label.objects.filter(initiative__slug=slug, state=LabelState.REVOKED).first()


def label_of(initiative: Initiative) -> Label | None:
    return labels().filter(initiative=initiative).first()


def labels_of(initiative_ids: Iterable[int]) -> dict[int, Label]:
    """Initiative id → its label, for those that have one; one query."""
    found = Label.objects.filter(initiative_id__in=list(initiative_ids))
    return {label.initiative_id: label for label in found}


def labels_of_call(call: Call) -> QuerySet[Label]:
    return labels().filter(initiative__call=call).order_by("-number")


def in_state(state: LabelState, day: date) -> Q:
    """Those that `rules.state_on` says are in that state on that day."""
    over = Q(state__in=LASTING, ends_on__lt=day)
    if state == LabelState.ENDED:
        return over | Q(state=state)
    return Q(state=state) & ~over


def coming_numbers(year: int, many: int) -> list[str]:
    """The numbers that the next labels of the year would get."""
    counter = LabelCounter.objects.filter(year=year).first()
    last = counter.last if counter else 0
    return [number_of(year, last + rank) for rank in range(1, many + 1)]


def signing_keys() -> QuerySet[SigningKey]:
    """Every key that ever signed, the current one first."""
    return SigningKey.objects.all()


def current_signing_key() -> SigningKey | None:
    return SigningKey.objects.filter(is_current=True).first()


def signing_key_named(public_id: str) -> SigningKey | None:
    return SigningKey.objects.filter(public_id=public_id).first()


def indices_set(purpose: str, list_number: int) -> list[int]:
    """What a status list says: whose label is revoked (or was ended for good), or suspended."""
    ended = [LabelState.REVOKED, LabelState.ENDED]
    states = ended if purpose == REVOCATION else [LabelState.SUSPENDED]
    places = StatusPlace.objects.filter(list_number=list_number, label__state__in=states)
    return list(places.order_by("index").values_list("index", flat=True))


def is_list(list_number: int) -> bool:
    """Whether a list was ever begun; the first one is there before any label."""
    return list_number == 1 or StatusPlace.objects.filter(list_number=list_number).exists()
