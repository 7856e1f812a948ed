import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gabare.foundation.localised import pick
from gabare.questionnaires import choosing, texts
from gabare.questionnaires.answers import Raw, Refused, Terms, checked_length, lines_html
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.counters import counter, length_hint
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Choice, Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads
from gabare.questionnaires.options import flag, whole

HOW_MAX = 1000
KEY_MAX = 60  # of a criterion; what is longer names none
SOURCE = "criteria"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Criteria(Kind):
    """The rose as input: `{criterion: "in what way, in words"}`, in the compass's order.

    As typed, it may also be `{"chosen": [criterion, …], "how": {criterion: text}}`: a text was
    written for a criterion that is not ticked; it is kept on the screen and not sent.
    """

    key = "criteria"
    name = gettext_lazy("Critères")
    comparison = Comparison.CHOICE
    block = True
    options = (
        flag("explain", "Each chosen criterion must be explained."),
        whole("max_length", f"Most characters of an explanation, {HOW_MAX} by default.", lowest=1),
        whole("min", "Fewest criteria, once one is chosen.", lowest=1, highest=100),
        whole("max", "Most criteria.", lowest=1, highest=100),
    )

    def read(self, _question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        chosen = [texts.typed(each)[:KEY_MAX] for each in data.getlist(name)]
        start = f"{name}--"
        how = {
            texts.typed(field[len(start) :])[:KEY_MAX]: texts.typed(data.get(field, ""))
            for field in data
            if field.startswith(start)
        }
        if any(text.strip() and each not in chosen for each, text in how.items()):
            return {"chosen": chosen, "how": how}
        return {each: how.get(each, "") for each in chosen}

    def is_empty(self, raw: Raw) -> bool:
        return super().is_empty(raw) if not isinstance(raw, Mapping) else not _chosen(raw)

    def clean(self, question: Asked, raw: Raw, facts: Facts) -> dict[str, str]:
        highest = question.options.get("max_length", HOW_MAX)
        found: dict[str, str] = {}
        for name, how in _chosen(raw).items():
            value = choosing.find(choosing.given(SOURCE, facts), texts.line(name))
            if value is None:
                raise Refused(
                    _("Le critère « %(name)s » n’est pas dans la boussole de cet appel.")
                    % {"name": texts.line(name)[:80]}
                )
            found[value] = self._explanation(_offer(facts)[value], how, highest, facts)
        self._count(question, len(found))
        return {value: found[value] for value in _offer(facts) if value in found}

    def _explanation(self, criterion: Choice, how: Raw, highest: int, facts: Facts) -> str:
        try:
            return checked_length(texts.block(how), texts.typed(how), highest=highest)
        except Refused as refusal:
            raise Refused(f"{_name(criterion, facts)}\u00a0: {refusal.message}") from None

    def _count(self, question: Asked, count: int) -> None:
        lowest, highest = question.options.get("min"), question.options.get("max")
        if highest and count > highest:
            message = ngettext(
                "Gardez %(max)s critère au plus (il y en a %(count)s).",
                "Gardez %(max)s critères au plus (il y en a %(count)s).",
                highest,
            )
            raise Refused(message % {"max": highest, "count": count})
        if lowest and 0 < count < lowest:
            raise Refused(_("Choisissez au moins %(min)s critères.") % {"min": lowest})

    def lacks(self, question: Asked, value: dict[str, str], facts: Facts) -> str:
        offer = _offer(facts)
        silent = [_name(offer[key], facts) for key, how in value.items() if not how]
        if not silent or not question.options.get("explain"):
            return ""
        return _("Dites en quelques mots en quoi, pour : %(names)s.") % {"names": "; ".join(silent)}

    def missing(self) -> str:
        return _("Choisissez au moins un enjeu pour pouvoir envoyer.")

    def terms(self, value: dict[str, str]) -> Terms:
        return frozenset(value)

    def widget(self, question: Asked, raw: Raw, facts: Facts, name: str) -> dict[str, Any]:
        chosen = _chosen(raw)
        typed = raw["how"] if _has_both(raw) and isinstance(raw.get("how"), Mapping) else {}
        highest = question.options.get("max_length", HOW_MAX)
        petals = choosing.rows(choosing.given(SOURCE, facts), chosen, facts.language, name)
        for petal, criterion in zip(petals, choosing.given(SOURCE, facts), strict=True):
            how = texts.typed(chosen.get(criterion.value) or typed.get(criterion.value))
            petal.update(
                number=criterion.number,
                colour=criterion.colour if _COLOUR.fullmatch(criterion.colour) else "#5c6664",
                how=how,
                how_id=f"id_{name}--how-{criterion.value}",
                how_name=f"{name}--{criterion.value}",
                counter=counter(highest),
                child="." in criterion.number,
            )
        return {"petals": petals, "explain": bool(question.options.get("explain"))}

    def format_hint(self, question: Asked, _facts: Facts) -> str:
        length = length_hint(None, question.options.get("max_length", HOW_MAX))
        return _("Plusieurs réponses possibles. Pour chaque explication : %(length)s") % {
            "length": length
        }

    def text(self, _question: Asked, value: dict[str, str], facts: Facts) -> str:
        offer = _offer(facts)
        names = {key: _name(offer[key], facts) if key in offer else key for key in value}
        return "\n\n".join(f"{names[key]}\n{how}".strip() for key, how in value.items())

    def html(self, _question: Asked, value: dict[str, str], facts: Facts) -> SafeString:
        offer = _offer(facts)
        rows = (
            (_name(offer[key], facts) if key in offer else key, lines_html(how))
            for key, how in value.items()
        )
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))

    def columns(self, question: Asked) -> list[Column]:
        return [
            Column(question.key, question.label),
            Column(f"{question.key}_how", question.label),
        ]

    def cells(self, _question: Asked, value: dict[str, str] | None) -> list[str]:
        """The keys, then the explanations as `key: text`, one a paragraph."""
        chosen = value or {}
        return [
            "|".join(chosen),
            "\n\n".join(f"{key}: {how}" for key, how in chosen.items() if how),
        ]


def _has_both(raw: Raw) -> bool:
    return isinstance(raw, Mapping) and isinstance(raw.get("chosen"), list)


def _chosen(raw: Raw) -> dict[str, Raw]:
    """What is chosen, whatever the shape: canonical, as typed, or a plain list of names."""
    if _has_both(raw):
        how = raw["how"] if isinstance(raw.get("how"), Mapping) else {}
        return {each: how.get(each, "") for each in raw["chosen"] if isinstance(each, str)}
    if isinstance(raw, Mapping):
        return {str(each): how for each, how in raw.items()}
    listed = raw if isinstance(raw, list) else [raw] if isinstance(raw, str) else []
    return {each: "" for each in listed if isinstance(each, str) and texts.line(each)}


def _offer(facts: Facts) -> dict[str, Choice]:
    return {choice.value: choice for choice in choosing.given(SOURCE, facts)}


def _name(criterion: Choice, facts: Facts) -> str:
    label = pick(criterion.label, facts.language)
    return f"{criterion.number}. {label}" if criterion.number else label
