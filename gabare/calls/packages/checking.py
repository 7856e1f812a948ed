"""What only the whole package shows: dates in order, references that lead somewhere, letters."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from gabare.calls.packages.axes import Axes
from gabare.calls.packages.colours import LEAST, contrast
from gabare.calls.packages.pages import file_name
from gabare.calls.packages.questions import check_questions, check_record
from gabare.calls.packages.shapes import Calendar, Compass, Doctrine, Package, Page, Step, Wave
from gabare.calls.packages.sources import Report
from gabare.mail import placeholders

# CRPA R112-11-1: date received, service, address, e-mail, telephone; and all that was received.
SAID = {"acknowledgment": ("received_on", "record", "service", "address", "email", "phone")}
WAVE_DATES = ("opens_on", "new_until", "complete_until", "correct_until", "freeze_on")


def check(package: Package, axes: Axes, report: Report) -> None:
    check_calendar(package.calendar, report)
    check_steps(package, report)
    check_questions(package, axes, report)
    check_record(package, report)
    check_doctrine(package.doctrine, report)
    check_letters(package.letters, package.call.languages, report)


def check_calendar(calendar: Calendar, report: Report) -> None:
    for index, wave in enumerate(calendar.waves):
        check_wave(wave, index, report)
    for index, (before, after) in enumerate(pairwise(calendar.waves), start=1):
        if after.opens_on <= before.new_until:
            report.add(
                "waves.toml", ("waves", index, "opens_on"),
                _("cette vague s’ouvre avant que la précédente soit fermée aux nouveaux dépôts"),
                _("l’ouvrir après le %(day)s") % {"day": before.new_until.isoformat()},
            )  # fmt: skip
    rounds = [(w, r, plan) for w, wave in enumerate(calendar.waves)
              for r, plan in enumerate(wave.rounds)]  # fmt: skip
    for (_w, _r, earlier), (w, r, later) in pairwise(rounds):
        if later.closes_on <= earlier.closes_on or later.key <= earlier.key:
            report.add(
                "waves.toml", ("waves", w, "rounds", r, "closes_on"),
                _("cette relève ne vient pas après la précédente"),
                _("les écrire dans l’ordre, chacune avec sa clé et sa date"),
            )  # fmt: skip


def check_wave(wave: Wave, index: int, report: Report) -> None:
    pairs = [*pairwise(WAVE_DATES), ("starts_on", "ends_on")]
    for before, after in pairs:
        if getattr(wave, before) > getattr(wave, after):
            names = {"before": before, "after": after, "day": getattr(wave, before).isoformat()}
            report.add(
                "waves.toml", ("waves", index, after),
                _("« %(after)s » vient avant « %(before)s » (%(day)s)") % names,
                _("mettre ces dates dans l’ordre"),
            )  # fmt: skip
    for number, planned in enumerate(wave.rounds):
        place = ("waves", index, "rounds", number)
        if planned.edition_on <= planned.closes_on:
            report.add(
                "waves.toml", (*place, "edition_on"),
                _("l’édition paraîtrait avant que sa relève soit close"),
                _("choisir un jour après le %(day)s") % {"day": planned.closes_on.isoformat()},
            )  # fmt: skip
        if not wave.opens_on <= planned.closes_on <= wave.freeze_on:
            report.add(
                "waves.toml", (*place, "closes_on"),
                _("cette relève ferme hors de sa vague"),
                _("choisir un jour entre « opens_on » et « freeze_on »"),
            )  # fmt: skip
    if wave.rounds[-1].closes_on < wave.new_until:
        report.add(
            "waves.toml", ("waves", index, "new_until"),
            _("les derniers dépôts n’entreraient dans aucune relève"),
            _("ajouter une relève qui ferme ce jour-là ou après"),
        )  # fmt: skip


def check_steps(package: Package, report: Report) -> None:
    last = len(package.steps) - 1
    dated = any(axis.occurrences != "none" for axis in package.axes)
    if package.steps[last].holds:
        report.add(
            "steps.toml", ("steps", last, "holds"),
            _("la dernière étape est la relecture : elle ne porte aucun bloc"),
            _("retirer « holds », ou ajouter une étape de relecture après"),
        )  # fmt: skip
    for block, wanted in (("carriers", True), ("occurrences", dated)):
        check_block(package.steps, block, report, wanted=wanted)


def check_block(steps: Sequence[Step], block: str, report: Report, *, wanted: bool) -> None:
    holders = [index for index, step in enumerate(steps) if block in step.holds]
    if wanted and not holders:
        report.add(
            "steps.toml", ("steps",), _("aucune étape ne porte « %(block)s »") % {"block": block},
            _("ajouter « holds = [\"%(block)s\"] » à une étape") % {"block": block},
        )  # fmt: skip
    for index in holders[1:]:
        report.add(
            "steps.toml", ("steps", index, "holds"),
            _("« %(block)s » est déjà porté par une autre étape") % {"block": block},
            _("le retirer d’ici"),
        )  # fmt: skip


def check_doctrine(doctrine: Doctrine, report: Report) -> None:
    in_force = [i for i, compass in enumerate(doctrine.compasses) if compass.in_force]
    if len(in_force) != 1:
        report.add(
            "compass.toml", ("compasses", *in_force[1:2], "in_force"),
            _("une boussole et une seule est en vigueur"),
            _("écrire « in_force = true » dans une seule"),
        )  # fmt: skip
    for index, compass in enumerate(doctrine.compasses):
        check_compass(compass, index, report)
    known = {f"{c.key}/{criterion.key}": c for c in doctrine.compasses for criterion in c.criteria}
    seen: set[str] = set()
    for index, match in enumerate(doctrine.correspondences):
        place = ("correspondences", index)
        for side in ("left", "right"):
            if getattr(match, side) not in known:
                report.add(
                    "compass.toml", (*place, side),
                    _("« %(name)s » n’existe pas") % {"name": getattr(match, side)},
                    _("écrire « boussole/critère », avec deux clés de ce fichier"),
                )  # fmt: skip
        if known.get(match.left) is known.get(match.right) or match.key in seen:
            report.add(
                "compass.toml", place,
                _("cette correspondance est dite deux fois, ou reste dans une même boussole"),
                _("la retirer, ou relier deux boussoles différentes"),
            )  # fmt: skip
        seen.add(match.key)


def check_compass(compass: Compass, index: int, report: Report) -> None:
    first_rank: set[str] = set()
    numbers: set[str] = set()
    for position, criterion in enumerate(compass.criteria):
        place = ("compasses", index, "criteria", position)
        if criterion.parent and criterion.parent not in first_rank:
            report.add(
                "compass.toml", (*place, "parent"),
                _("« %(key)s » n’est pas un critère qui précède celui-ci")
                % {"key": criterion.parent},
                _("nommer un critère de premier rang écrit plus haut"),
            )  # fmt: skip
        if criterion.number in numbers:
            report.add(
                "compass.toml", (*place, "number"), _("ce numéro est déjà pris"), _("en changer")
            )
        numbers.add(criterion.number)
        first_rank |= set() if criterion.parent else {criterion.key}
        if compass.in_force and not criterion.parent and not criterion.colour:
            report.add(
                "compass.toml", place, _("ce critère n’a pas de couleur"),
                _("ajouter « colour = \"#0f5f8c\" »"),
            )  # fmt: skip
        if criterion.colour and contrast(criterion.colour) < LEAST:
            report.add(
                "compass.toml", (*place, "colour"),
                _("cette couleur se voit mal sur le papier (contraste %(ratio)s)")
                % {"ratio": round(contrast(criterion.colour), 1)},
                _("la foncer jusqu’à un contraste de %(least)s") % {"least": LEAST},
            )  # fmt: skip


def check_letters(letters: Sequence[Page], languages: Sequence[str], report: Report) -> None:
    promised = placeholders.letter_keys()
    written = {letter.key for letter in letters}
    for key in promised:
        if key not in written:
            report.add(
                file_name("letters", key, languages[0], languages), 1,
                _("cette lettre manque"), _("l’écrire : le logiciel l’envoie"),
            )  # fmt: skip
    for letter in letters:
        for language in languages:
            name = file_name("letters", letter.key, language, languages)
            if letter.key not in promised:
                report.add(
                    name, 1, _("le logiciel n’envoie pas de lettre de ce nom"),
                    _("la retirer ; existent : %(keys)s") % {"keys": ", ".join(promised)},
                )  # fmt: skip
                continue
            title, body = letter.title[language], letter.body[language]
            for sentence in placeholders.check(letter.key, title, body):
                report.add(name, line_of(sentence, body), sentence, _("corriger cette lettre"))
            for needed in SAID.get(letter.key, ()):
                if f"{{{needed}}}" not in body:
                    report.add(
                        name, 1, _("la lettre ne dit pas {%(name)s}") % {"name": needed},
                        _("l’ajouter : la personne doit pouvoir le lire"),
                    )  # fmt: skip


def line_of(sentence: str, body: str) -> int:
    """The line that a sentence about `{name}` speaks of: the file has a title and a blank first."""
    for name in placeholders.NAME.findall(sentence)[:1]:
        at = body.find(f"{{{name}}}")
        return body.count("\n", 0, at) + 3 if at >= 0 else 1
    return 1
