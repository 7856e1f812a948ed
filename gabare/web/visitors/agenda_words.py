"""The sentence over the agenda, and what is said of filters that were not understood."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gabare.agenda.filters import ALL, MONTH, PAST, RUNNING, UPCOMING, WEEK
from gabare.agenda.queries import Page
from gabare.web.visitors.agenda_facets import Labels


def heading(page: Page, labels: Labels) -> str:
    """« 37 rendez-vous à venir »; dates and what runs on are never added together."""
    dated = page.total - page.running
    periods = page.filters.periods
    if page.running and (not dated or periods == (RUNNING,)):
        count = ngettext(
            "%(n)d initiative en continu", "%(n)d initiatives en continu", page.running
        ) % {"n": page.running}
        return _with_question(count, page)
    count = ngettext("%(n)d rendez-vous", "%(n)d rendez-vous", dated) % {"n": dated}
    if not page.total:
        count = _("Aucun rendez-vous")
    when = _period(periods, labels, dated)
    return _with_question(f"{count} {when}".strip(), page)


def _with_question(count: str, page: Page) -> str:
    if not page.filters.q:
        return count
    return _("%(count)s pour « %(question)s »") % {
        "count": count, "question": page.filters.q
    }  # fmt: skip


def _period(periods: tuple[str, ...], labels: Labels, count: int) -> str:
    if len(periods) != 1 or periods == (ALL,):
        return ""
    if MONTH.fullmatch(periods[0]):
        return _("en %(month)s") % {"month": labels.of("quand", periods[0]).lower()}
    return {
        UPCOMING: _("à venir"),
        WEEK: _("cette semaine"),
        PAST: ngettext("passé", "passés", count),
        RUNNING: _("en continu"),
    }[periods[0]]


def ignored_words(ignored: tuple[tuple[str, str], ...]) -> list[str]:
    """« commune : 99999 », for each value that nothing here answers to."""
    names = {
        "quand": _("quand"), "axe": _("axe"), "critere": _("critère"), "theme": _("thème"),
        "commune": _("commune"), "public": _("public"), "gratuit": _("gratuit"),
        "mode": _("lieu"), "porteur": _("porteur"), "edition": _("édition"),
    }  # fmt: skip
    return [f"{names[name]}\u00a0: {value}" for name, value in ignored]
