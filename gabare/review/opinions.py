"""What a reader may see of the advices on a dossier, theirs first.

Others' advices show themselves once the reader has given one, or abstained, on the same version: an
opinion is formed alone. Once an edition has applied the decision, nothing is left to influence.
"""

from dataclasses import dataclass, field

from gabare.people.models import Person
from gabare.review.models import Advice, Dossier
from gabare.review.recusals import recused_people


@dataclass(frozen=True)
class Opinions:
    mine: Advice | None
    others: list[Advice] = field(default_factory=list)  # the last of each reader
    given: int = 0  # by others, seen or not
    earlier: list[Advice] = field(default_factory=list)  # on former versions, in former rounds
    set_aside: list[Advice] = field(default_factory=list)  # by people recused since

    @property
    def hidden(self) -> bool:
        return self.given > len(self.others)


def opinions_on(dossier: Dossier, *, reader: Person, applied: bool) -> Opinions:
    """Two queries, whatever the number of advices."""
    everything = list(
        Advice.objects.filter(dossier__initiative=dossier.initiative_id)
        .select_related("reader", "version", "round__planned")
        .order_by("given_at", "pk")
    )
    kept_from = set(recused_people(dossier.initiative).values_list("pk", flat=True))
    standing = [advice for advice in everything if advice.reader_id not in kept_from]
    current = {a.reader_id: a for a in standing if _is_current(a, dossier)}
    mine = current.pop(reader.pk, None)
    if mine is None and not applied:
        ours = [a for a in standing if a.reader_id == reader.pk and not _is_current(a, dossier)]
        return Opinions(mine=None, given=len(current), earlier=ours)
    return Opinions(
        mine=mine,
        others=list(current.values()),
        given=len(current),
        earlier=[a for a in standing if a not in {mine, *current.values()}],
        set_aside=[a for a in everything if a.reader_id in kept_from],
    )


def _is_current(advice: Advice, dossier: Dossier) -> bool:
    return advice.version_id == dossier.version_id and advice.round_id == dossier.round_id
