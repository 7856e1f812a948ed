from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gabare.foundation import clock
from gabare.foundation.tokens import new_public_id
from gabare.people.enums import MemberRole, OrganisationKind, TeamRole


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", **fields: object) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        person.set_unusable_password()  # nobody signs in with a password here
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, name: str = "", **fields: object) -> "Person":
        return self.create_user(email, name, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in with a code sent to an address. Organisations are never persons."""

    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    language = models.CharField(_("langue"), max_length=8, default="fr")
    is_active = models.BooleanField(_("actif"), default=True)
    is_staff = models.BooleanField(_("accès technique"), default=False)
    created_at = models.DateTimeField(_("créé le"), default=clock.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("personne")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def held_roles(self) -> frozenset[tuple[int, str]]:
        """(team, role) pairs, asked once for each time the person is loaded."""
        return frozenset(self.team_roles.values_list("team_id", "role"))

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Organisation(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=160)
    folded_name = models.CharField(
        max_length=160, unique=True, help_text="What makes two spellings one organisation"
    )
    kind = models.CharField(_("nature"), max_length=20, choices=OrganisationKind.choices)
    website = models.URLField(_("site"), blank=True)
    register_number = models.CharField(
        _("numéro SIRET ou RNA"), max_length=20, blank=True,
        help_text=_("CRPA R112-9-1 : demandé aux entreprises et aux associations."),
    )  # fmt: skip
    created_at = models.DateTimeField(default=clock.now)
    members: "models.ManyToManyField[Person, Membership]" = models.ManyToManyField(
        Person, through="Membership", related_name="organisations"
    )

    class Meta:
        verbose_name = _("organisation")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="Kept once over: a past tie still recuses a reader"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"


class Team(models.Model):
    """The people who hold a call. `key` is what a call names."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="team_roles")
    role = models.CharField(max_length=10, choices=TeamRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "role"], name="one_role_each"),
            models.CheckConstraint(
                condition=models.Q(role__in=TeamRole.values), name="team_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"
