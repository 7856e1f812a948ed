"""Facts for who reads a dossier: what to look at, never a score and never a verdict.

Nothing here knows a call: dates are held to the wave, places to the territory, and near duplicates
are other deposits on the same day and place or under the same title.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gabare.calls.queries import choices
from gabare.foundation.localised import pick
from gabare.initiatives.display import period
from gabare.initiatives.enums import Mode, State
from gabare.initiatives.models import Initiative, Occurrence
from gabare.initiatives.queries import public_record
from gabare.initiatives.rules import falls_in
from gabare.initiatives.validators import Block
from gabare.people.models import Person
from gabare.review.models import Dossier
from gabare.review.queries import readable


@dataclass(frozen=True)
class Fact:
    fine: bool  # False: have a look
    sentence: str


def facts_about(dossier: Dossier, *, reader: Person | None, language: str) -> list[Fact]:
    """Reads `dossier` with its initiative, wave, call and version. No title that is kept from the
    reader is told as a near duplicate."""
    blocks = dossier.version.occurrences
    return [
        _dates(dossier, blocks, language),
        *_places(dossier, blocks),
        *_criteria(dossier),
        *_near_duplicates(dossier, reader),
    ]


def _dates(dossier: Dossier, blocks: list[Block], language: str) -> Fact:
    call, wave = dossier.initiative.call, dossier.initiative.wave
    if not blocks:
        return Fact(fine=False, sentence=_("Aucune date n’est donnée"))
    name = pick(wave.title, language) if wave else ""
    said = [period(block, zone=call.time_zone, language=language) for block in blocks]
    outside = [
        words
        for block, words in zip(blocks, said, strict=True)
        if wave is not None and not falls_in(wave, [block])
    ]
    if outside:
        words = _("Hors de la période « %(wave)s »\u00a0: %(dates)s")
        return Fact(fine=False, sentence=words % {"wave": name, "dates": _listed(outside)})
    words = _("Dans la période « %(wave)s »\u00a0: %(dates)s")
    return Fact(fine=True, sentence=words % {"wave": name, "dates": _listed(said)})


def _places(dossier: Dossier, blocks: list[Block]) -> Iterable[Fact]:
    perimeter = dossier.initiative.call.perimeter
    inside = {commune.value for commune in choices(dossier.initiative.call)["communes"]}
    known, outside, nowhere = [], [], 0
    for block in blocks:
        name = str(block.get("commune_name", ""))
        if block.get("commune") in inside:
            known.append(name)
        elif block.get("mode") in (Mode.ONLINE, Mode.MIXED):
            known.append(_("en ligne"))
        elif name or block.get("commune"):
            outside.append(name)
        else:
            nowhere += 1
    if outside:
        words = _("Hors du territoire de %(territory)s\u00a0: %(places)s")
        yield Fact(
            fine=False, sentence=words % {"territory": perimeter.name, "places": _listed(outside)}
        )
    if known:
        yield Fact(
            fine=True,
            sentence=_("Sur le territoire\u00a0: %(places)s") % {"places": _listed(known)},
        )
    if nowhere:
        sentence = ngettext(
            "Une date est sans commune", "%(many)s dates sont sans commune", nowhere
        )
        yield Fact(fine=False, sentence=sentence % {"many": nowhere})


def _criteria(dossier: Dossier) -> Iterable[Fact]:
    said = public_record(dossier.version).criteria
    silent = [key for key, how in said.items() if not str(how).strip()]
    if not said:
        yield Fact(fine=False, sentence=_("Aucun critère de la boussole n’est choisi"))
    elif silent:
        sentence = ngettext(
            "Un critère est choisi sans dire comment il est éclairé",
            "%(many)s critères sont choisis sans dire comment ils sont éclairés",
            len(silent),
        )
        yield Fact(fine=False, sentence=sentence % {"many": len(silent)})


def _near_duplicates(dossier: Dossier, reader: Person | None) -> Iterable[Fact]:
    mine = dossier.initiative
    live = Initiative.objects.filter(call_id=mine.call_id).exclude(pk=mine.pk)
    live = readable(live.exclude(state__in=[State.DRAFT, State.WITHDRAWN]), reader, "pk")
    for other in live.filter(title__iexact=mine.title).order_by("pk")[:3]:
        yield Fact(fine=False, sentence=_("Même titre qu’un autre dépôt\u00a0: « %s »") % other)
    same = Q()
    for own in mine.occurrences.exclude(place=""):
        day = Q(starts_at__range=(own.starts_at - _NEAR, own.starts_at + _NEAR))
        same |= day & Q(place__iexact=own.place)
    if same:
        met = Occurrence.objects.filter(same, initiative__in=live).select_related("initiative")
        titles = dict.fromkeys(str(each.initiative) for each in met.order_by("pk")[:9])
        for title in list(titles)[:3]:
            yield Fact(fine=False, sentence=_("Même lieu, même moment que « %s »") % title)


_NEAR = timedelta(hours=3)


def _listed(words: Iterable[str]) -> str:
    return "\u202f; ".join(dict.fromkeys(word for word in words if word))
