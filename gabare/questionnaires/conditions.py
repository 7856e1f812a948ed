"""When a question is asked: a small language, as data.

    {all = [ … ]}   {any = [ … ]}
    {question = "access", op = "=", value = "payant"}      = != in < >
    {axis = "evenements"}   {axis = ["a", "b"]}   {role = "team"}   {axis = "a", op = "!="}

An answer that is missing, wrong or hidden makes every comparison false, `!=` too: a question asked
because of an answer waits for that answer. Several choices: `=` is "is among them".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gabare.questionnaires.answers import Terms
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.options import is_day

MAX_DEPTH = 8
OPERATORS = ("=", "!=", "in", "<", ">")
ORDERED = {Comparison.NUMBER, Comparison.DAY}


class Malformed(Exception):
    """A condition that cannot be read: a sentence and its remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True)
class Answer:
    """Compares an earlier answer. `values` has one item, or several for `in`."""

    question: str
    op: str
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True)
class Fact:
    """Compares the axis or the role of who answers."""

    name: str
    op: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """`word` is `all` or `any`."""

    word: str
    parts: tuple["Condition", ...]


Condition = Answer | Fact | Group


def parse(data: object, depth: int = 0) -> Condition:
    """The condition that `data` writes, or `Malformed`."""
    if not isinstance(data, Mapping):
        raise Malformed(
            _("Une condition s’écrit entre accolades."),
            _("Par exemple : %(example)s")
            % {"example": '{question = "access", op = "=", value = "payant"}'},
        )
    if depth > MAX_DEPTH:
        raise Malformed(_("Cette condition est trop profonde."), _("Ne dépassez pas huit niveaux."))
    if "all" in data or "any" in data:
        return _parse_group(data, depth)
    if "question" in data:
        return _parse_answer(data)
    if "axis" in data or "role" in data:
        return _parse_fact(data)
    raise Malformed(
        _("Cette condition ne compare rien."),
        _("Commencez par « all », « any », « question », « axis » ou « role »."),
    )


def _only(data: Mapping[str, Any], *names: str) -> None:
    extra = [str(each) for each in data if each not in names]
    if extra:
        raise Malformed(
            _("Cette condition dit autre chose : %(names)s.") % {"names": ", ".join(extra)},
            _("Gardez seulement : %(names)s.") % {"names": ", ".join(names)},
        )


def _parse_group(data: Mapping[str, Any], depth: int) -> Group:
    word = "all" if "all" in data else "any"
    _only(data, word)
    parts = data[word]
    if not isinstance(parts, list) or not parts:
        raise Malformed(
            _("« %(word)s » attend une liste de conditions.") % {"word": word},
            _("Par exemple : %(example)s")
            % {"example": f'{{{word} = [{{axis = "a"}}, {{role = "team"}}]}}'},
        )
    return Group(word, tuple(parse(each, depth + 1) for each in parts))


def _parse_answer(data: Mapping[str, Any]) -> Answer:
    _only(data, "question", "op", "value")
    op, value = data.get("op", "="), data.get("value")
    if op not in OPERATORS:
        raise Malformed(
            _("Le signe « %(op)s » n’existe pas.") % {"op": op},
            _("Choisissez parmi : %(ops)s") % {"ops": " ".join(OPERATORS)},
        )
    listed: list[Any] = value if isinstance(value, list) else [value]
    scalars = all(isinstance(each, str | int) for each in listed)
    if not isinstance(data["question"], str) or not listed or not scalars:
        raise Malformed(
            _("Cette condition n’a pas de valeur à comparer."),
            _("Donnez « value » : un texte, un nombre, true ou false, ou une liste pour « in »."),
        )
    if (op == "in") != isinstance(value, list):
        raise Malformed(
            _("Seul « in » compare avec une liste."),
            _('Écrivez op = "in", value = ["a", "b"], ou une seule valeur.'),
        )
    return Answer(data["question"], op, tuple(listed))


def _parse_fact(data: Mapping[str, Any]) -> Fact:
    name = "axis" if "axis" in data else "role"
    _only(data, name, "op")
    op = data.get("op", "=")
    listed = data[name] if isinstance(data[name], list) else [data[name]]
    if op not in ("=", "!=") or not listed or not all(isinstance(each, str) for each in listed):
        raise Malformed(
            _("« %(name)s » attend un mot ou une liste de mots.") % {"name": name},
            _("Par exemple : %(example)s") % {"example": f'{{{name} = ["a", "b"], op = "!="}}'},
        )
    return Fact(name, op, tuple(listed))


def compared(condition: Condition) -> Iterator[Answer]:
    """Every comparison with an answer that the condition makes."""
    if isinstance(condition, Group):
        for each in condition.parts:
            yield from compared(each)
    elif isinstance(condition, Answer):
        yield condition


def holds(condition: Condition, answers: Mapping[str, Terms], facts: Facts) -> bool:
    """Whether the question is asked; `answers` are the terms of the answers given so far."""
    if isinstance(condition, Group):
        together = all if condition.word == "all" else any
        return together(holds(each, answers, facts) for each in condition.parts)
    if isinstance(condition, Fact):
        said = facts.axis if condition.name == "axis" else facts.role
        return (said in condition.values) == (condition.op == "=")
    terms = answers.get(condition.question, frozenset())
    return bool(terms) and _compares(condition, terms)


def _compares(condition: Answer, terms: Terms) -> bool:
    # `True == 1` in Python: a yes is not the number one.
    said = {(isinstance(term, bool), term) for term in terms}
    asked = {(isinstance(value, bool), value) for value in condition.values}
    if condition.op in ("=", "in"):
        return bool(said & asked)
    if condition.op == "!=":
        return not said & asked
    (bound,) = condition.values
    return any(
        type(term) is type(bound) and (term < bound if condition.op == "<" else term > bound)  # type: ignore[operator]
        for term in terms
    )


def type_problem(comparison: Comparison, answer: Answer) -> Malformed | None:
    """What is wrong in comparing a kind of answer with these values by this sign."""
    if comparison is Comparison.NOTHING:
        return Malformed(
            _("La réponse à « %(key)s » ne se compare pas.") % {"key": answer.question},
            _("Comparez un choix, un oui ou non, un nombre, une date ou un texte court."),
        )
    if answer.op in ("<", ">") and comparison not in ORDERED:
        return Malformed(
            _("« < » et « > » ne comparent que des nombres et des dates."),
            _("Pour « %(key)s », employez un de ces signes : %(signs)s")
            % {"key": answer.question, "signs": "= != in"},
        )
    if not all(_fits(comparison, value) for value in answer.values):
        return Malformed(
            _("La réponse à « %(key)s » ne peut pas être cette valeur.") % {"key": answer.question},
            _("Donnez %(expected)s.") % {"expected": comparison.label},
        )
    return None


def _fits(comparison: Comparison, value: object) -> bool:
    if comparison is Comparison.FLAG:
        return isinstance(value, bool)
    if comparison is Comparison.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if comparison is Comparison.DAY:
        return is_day(value)
    return isinstance(value, str)
