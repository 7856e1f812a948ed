"""A call with its rounds, and initiatives sent into them."""

from datetime import UTC, datetime, timedelta

from gabare.calls.models import Call, Reason
from gabare.initiatives.enums import State
from gabare.initiatives.models import Initiative, Mandate, Version
from gabare.mail.models import LetterText
from gabare.people.models import Person
from gabare.review.models import Dossier
from gabare.review.operations import decide, enter_dossier
from tests.agenda.given import a_call as an_agenda_call
from tests.agenda.given import an_initiative
from tests.factories import PersonFactory

IN_APRIL = datetime(2024, 4, 12, 8, 0, tzinfo=UTC)
IN_MAY = datetime(2024, 5, 3, 8, 0, tzinfo=UTC)
IN_JUNE = datetime(2024, 6, 3, 8, 0, tzinfo=UTC)

LETTERS = {
    "labelled": "Label {label_number} : {title}\n{scope}\n{message}\n{label_link}",
    "to-complete": "{title}\n{questions}\n{message}\nAvant le {due_on}.\n{link}",
    "deferred": "{title}\n{message}\n{next_edition}",
    "declined": "{title}\n{reasons}\n{message}",
    "withdrawn": "{title}",
    "dates-changed": "{who} : {title}\n{dates}",
    **dict.fromkeys(
        ["label-suspended", "label-lifted", "label-ended", "label-revoked"],
        "{label_number} : {title}\n{reason}\n{label_link}",
    ),
}


def a_call(key: str = "ndia", *, current: bool = True) -> Call:
    """With two planned rounds, closed on 30 April and 30 May 2024."""
    call = an_agenda_call(key, current=current)
    for position, reason in enumerate(["hors-territoire", "hors-sujet"]):
        Reason.objects.create(
            call=call, key=reason, position=position, label={"fr": f"Motif {reason}"}
        )
    for letter, body in LETTERS.items():
        LetterText.objects.create(
            owner=key, key=letter, language="fr", subject="{title}", body=body
        )
    return call


def a_version(call: Call, title: str = "Atelier", *dates: str, **values: object) -> Version:
    """A sent initiative, in no round yet, held by one person."""
    version = an_initiative(call, title, *dates, criteria={"droit": "par un cas"}, **values)
    person = PersonFactory()
    Mandate.objects.create(initiative=version.initiative, person=person, role="owner")
    Initiative.objects.filter(pk=version.initiative_id).update(
        state=State.SUBMITTED, settled_at=None
    )
    Version.objects.filter(pk=version.pk).update(sent_by=person)
    return Version.objects.select_related("initiative__call").get(pk=version.pk)


def a_dossier(
    call: Call, title: str = "Atelier", *dates: str, now: datetime = IN_APRIL, **values: object
) -> Dossier:
    version = a_version(call, title, *dates, **values)
    return enter_dossier(initiative=version.initiative, version=version, now=now)


def labelled(dossier: Dossier, person: Person | None = None, now: datetime = IN_MAY):
    return decide(
        dossier_id=dossier.pk, person=person or PersonFactory(), outcome="label",
        criteria=["droit"], scope="L’atelier et ses supports", message="Bravo.", now=now,
    )  # fmt: skip


def sent_back(dossier: Dossier, person: Person | None = None, now: datetime = IN_MAY):
    return decide(
        dossier_id=dossier.pk, person=person or PersonFactory(), outcome="complete",
        questions={"summary": "Dites où."}, due_on=(now + timedelta(days=20)).date(), now=now,
    )  # fmt: skip


def deferred(dossier: Dossier, person: Person | None = None, now: datetime = IN_MAY):
    return decide(
        dossier_id=dossier.pk, person=person or PersonFactory(), outcome="defer",
        message="Il nous manque un avis.", now=now,
    )  # fmt: skip


def declined(dossier: Dossier, person: Person | None = None, now: datetime = IN_MAY):
    return decide(
        dossier_id=dossier.pk, person=person or PersonFactory(), outcome="decline",
        reasons=["hors-territoire"], now=now,
    )  # fmt: skip
