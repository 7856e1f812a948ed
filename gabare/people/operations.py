from datetime import datetime

from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from gabare.foundation.enums import TraceKind
from gabare.foundation.operations import record
from gabare.foundation.queries import reference_of
from gabare.foundation.tokens import new_public_id
from gabare.people.enums import MemberRole, PeopleTrace, TeamRole
from gabare.people.models import Membership, Organisation, Person, Team, TeamMember
from gabare.people.validators import folded_name, tidy_name


@transaction.atomic
def find_or_add_person(*, email: str, name: str, now: datetime) -> Person:
    """The person at this address, added when nobody is.

    Adding gives no right and proves nothing: only a code sent to the address signs in. A name
    that the person gave is never replaced. Raises `ValidationError` when it is no address.
    """
    address = email.strip().lower()
    validate_email(address)
    person, added = Person.objects.get_or_create(
        email=address, defaults={"name": tidy_name(name)[:120], "created_at": now}
    )
    if added:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    elif name and not person.name:
        person.name = tidy_name(name)[:120]
        person.save(update_fields=["name"])
    return person


@transaction.atomic
def find_or_add_organisation(
    *, name: str, kind: str, website: str = "", register_number: str = "", now: datetime
) -> Organisation:
    """The organisation of this name, however it is spelt; added when there is none.

    What is already known is never replaced, only completed: whoever names an organisation is
    not its owner. Raises `ValueError` when the name is empty.
    """
    tidy = tidy_name(name)
    if not tidy:
        raise ValueError("an organisation has a name")
    organisation, added = Organisation.objects.get_or_create(
        folded_name=folded_name(tidy),
        defaults={
            "name": tidy,
            "kind": kind,
            "slug": _free_slug(tidy),
            "website": website,
            "register_number": register_number,
            "created_at": now,
        },
    )
    if not added:
        _complete(organisation, {"website": website, "register_number": register_number})
    return organisation


@transaction.atomic
def join_organisation(
    *, organisation: Organisation, person: Person, role: str = MemberRole.MEMBER
) -> Membership:
    """Make the person a member. Joining again changes nothing: an owner stays one.

    Who had left is a member again.
    """
    membership, _added = Membership.objects.get_or_create(
        organisation=organisation, person=person, defaults={"role": role}
    )
    if membership.ended_at is not None:
        membership.ended_at = None
        membership.save(update_fields=["ended_at"])
    return membership


@transaction.atomic
def leave_organisation(*, organisation: Organisation, person: Person, now: datetime) -> None:
    """End the membership; it is remembered, since a past tie still recuses a reader."""
    Membership.objects.filter(
        organisation=organisation, person=person, ended_at__isnull=True
    ).update(ended_at=now)


@transaction.atomic
def find_or_add_team(*, key: str, name: str) -> Team:
    team, _added = Team.objects.get_or_create(key=key, defaults={"name": name})
    return team


@transaction.atomic
def give_role(
    *,
    team: Team,
    person: Person,
    role: TeamRole,
    by: Person | None = None,
    now: datetime | None = None,
) -> TeamMember:
    """Giving again changes nothing. `by` is nobody when it is done from the command line."""
    member, added = TeamMember.objects.get_or_create(team=team, person=person, role=role)
    if added:
        _record_role(PeopleTrace.ROLE_GIVEN, member, by, now)
    person.__dict__.pop("held_roles", None)
    return member


@transaction.atomic
def take_role(
    *,
    team: Team,
    person: Person,
    role: TeamRole,
    by: Person | None = None,
    now: datetime | None = None,
) -> None:
    member = TeamMember.objects.filter(team=team, person=person, role=role).first()
    if member is not None:
        member.delete()
        _record_role(PeopleTrace.ROLE_TAKEN, member, by, now)
    person.__dict__.pop("held_roles", None)


@transaction.atomic
def record_sign_in(*, person: Person, now: datetime) -> None:
    """A member of a team came in: each of their teams may know. Nobody else is recorded."""
    for key in person.team_roles.values_list("team__key", flat=True).distinct():
        record(
            actor=person, verb=PeopleTrace.SIGNED_IN, about=reference_of(person),
            owner=f"team:{key}", kind=TraceKind.SEEN, now=now,
        )  # fmt: skip


def _record_role(
    verb: PeopleTrace, member: TeamMember, by: Person | None, now: datetime | None
) -> None:
    record(
        actor=by, verb=verb, about=reference_of(member.person),
        owner=f"team:{member.team.key}", detail={"role": member.role}, now=now,
    )  # fmt: skip


def _free_slug(name: str) -> str:
    """The name in an address; with a public id where another organisation has it, or has none."""
    slug = slugify(name)[:60].strip("-")
    if slug and not Organisation.objects.filter(slug=slug).exists():
        return slug
    return f"{slug}-{new_public_id()}".lstrip("-")


def _complete(organisation: Organisation, found: dict[str, str]) -> None:
    missing = {key: text for key, text in found.items() if text and not getattr(organisation, key)}
    if missing:
        for key, text in missing.items():
            setattr(organisation, key, text)
        organisation.save(update_fields=list(missing))
