from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires import addresses
from gabare.questionnaires.answers import Raw
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Kind


class Link(Kind):
    key = "link"
    name = gettext_lazy("Lien")

    def clean(self, _question: Asked, raw: Raw, _facts: Facts) -> str:
        return addresses.web_address(raw)

    def format_hint(self, _question: Asked, _facts: Facts) -> str:
        return _("Par exemple https://www.exemple.fr/agenda")

    def html(self, _question: Asked, value: str, _facts: Facts) -> SafeString:
        shown = addresses.without_scheme(value)
        return format_html('<a href="{}" rel="nofollow ugc">{}</a>', value, shown)
