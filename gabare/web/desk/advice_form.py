"""An advice as typed: read, kept and shown again whatever it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from gabare.calls.models import Call, Criterion
from gabare.calls.queries import compass_in_force
from gabare.foundation.localised import pick
from gabare.initiatives.queries import public_record
from gabare.review.enums import Eligibility, Light, Outcome
from gabare.review.models import Advice, Dossier
from gabare.review.opinions import opinions_on
from gabare.review.validators import AdviceWords
from gabare.web.desk.access import language_of


@dataclass
class AdviceForm:
    words: AdviceWords
    errors: dict[str, str] = field(default_factory=dict)
    stale: bool = False  # the carrier sent another version meanwhile
    names: dict[str, str] = field(default_factory=dict)  # field → what it is called elsewhere

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [
            (f"id_{name}", f"{self.names[name]} – {said}" if name in self.names else said)
            for name, said in self.errors.items()
        ]


@dataclass(frozen=True)
class LightField:
    """One criterion of the form, or of an advice already given."""

    criterion: Criterion
    claimed: bool
    light: str
    why: str
    error: str = ""

    @property
    def shown_light(self) -> str:
        return str(Light(self.light).label) if self.light in Light.values else ""


@dataclass(frozen=True)
class Given:
    """An advice as its readers see it."""

    advice: Advice
    lights: list[LightField]


def typed_advice(data: QueryDict) -> AdviceWords:
    keys = {name.partition("-")[2] for name in data if name.startswith(("light-", "why-"))}
    return AdviceWords(
        abstains="abstain" in data,
        eligible=data.get("eligible", ""),
        recommendation=data.get("recommendation", ""),
        lights={
            key: {"light": data.get(f"light-{key}", ""), "why": data.get(f"why-{key}", "")}
            for key in sorted(keys)
        },
        comment=data.get("comment", ""),
    )


def advising(
    request: HttpRequest, call: Call, dossier: Dossier, form: AdviceForm | None, *, applied: bool
) -> dict[str, object]:
    """What the dossier's page shows of advices: those this reader may see, and their own form."""
    opinions = opinions_on(dossier, reader=request.user, applied=applied)
    if form is None:
        form = AdviceForm(AdviceWords.of(opinions.mine) if opinions.mine else AdviceWords())
    criteria = list(compass_in_force(call).criteria.all())
    claimed = public_record(dossier.version).criteria
    language = language_of(call)
    form.names = {f"light-{c.key}": f"{c.number} {pick(c.short, language)}" for c in criteria}
    fields = lights_of(criteria, claimed, form.words.lights, errors=form.errors)

    def given(advices: list[Advice]) -> list[Given]:
        return [Given(a, lights_of(criteria, claimed, a.lights, only_said=True)) for a in advices]

    return {
        "advice_form": form,
        "opinions": opinions,
        "others": given(opinions.others),
        "earlier": given(opinions.earlier),
        "set_aside": given(opinions.set_aside),
        "mine": given([opinions.mine])[0] if opinions.mine else None,
        "claimed_lights": [each for each in fields if each.claimed],
        "other_lights": [each for each in fields if not each.claimed],
        "others_said": any(each.light or each.error for each in fields if not each.claimed),
        "lights": Light.choices,
        "eligibilities": Eligibility.choices,
        "recommendations": Outcome.choices,
    }


def lights_of(
    criteria: list[Criterion],
    claimed: Mapping[str, str],
    said: Mapping[str, Mapping[str, str]],
    *,
    errors: Mapping[str, str] | None = None,
    only_said: bool = False,
) -> list[LightField]:
    return [
        LightField(
            criterion,
            criterion.key in claimed,
            said.get(criterion.key, {}).get("light", ""),
            said.get(criterion.key, {}).get("why", ""),
            (errors or {}).get(f"light-{criterion.key}", ""),
        )
        for criterion in criteria
        if criterion.key in said or not only_said
    ]
