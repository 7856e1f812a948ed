"""Which letters a member of the team may see: of the call, but for what they are kept from."""

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from gabare.calls.models import Call
from gabare.initiatives.models import Initiative
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter
from gabare.people.models import Person
from gabare.review.queries import readable

TO_LEAVE = [LetterState.HELD, LetterState.WAITING, LetterState.FAILED]


def letters_of(call: Call, *, reader: Person) -> QuerySet[Letter]:
    """Those about the call's initiatives; never a sign-in code."""
    initiatives = readable(Initiative.objects.filter(call=call), reader, "pk")
    names = initiatives.values_list(Concat(Value("initiative:"), "public_id"))
    return Letter.objects.filter(about__in=names).order_by("-created_at", "-id")


def letters_to_leave(call: Call, *, reader: Person) -> int:
    return letters_of(call, reader=reader).filter(state__in=TO_LEAVE).count()
