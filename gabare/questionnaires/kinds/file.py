from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gabare.foundation import files
from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts, StoredFile
from gabare.questionnaires.kinds.base import Kind, Uploads
from gabare.questionnaires.options import whole, words

MAX_FILES = 20


class File(Kind):
    """A list of attachments' public ids.

    As read from a form, the list also holds the uploads themselves; `operations.keep_uploads`
    turns them into ids before anything is stored. An id of another owner is refused.
    """

    key = "file"
    name = gettext_lazy("Fichier")
    block = True
    options = (
        whole("max", "Most files, 1 by default.", lowest=1, highest=MAX_FILES),
        words("formats", "Extensions accepted, all those allowed by default.", [*files.ALLOWED]),
    )

    def read(self, _question: Asked, data: QueryDict, uploads: Uploads, name: str) -> Raw:
        removed = set(data.getlist(f"{name}--remove"))
        kept = [texts.typed(each) for each in data.getlist(name) if each and each not in removed]
        return [*kept, *uploads.getlist(f"{name}--upload")]

    def clean(self, question: Asked, raw: Raw, facts: Facts) -> list[str]:
        if not isinstance(raw, list):
            raise Refused(_("Ces fichiers n’ont pas été reçus. Joignez-les de nouveau."))
        if any(isinstance(each, UploadedFile) for each in raw):
            raise Refused(_("Un fichier n’a pas fini d’arriver. Joignez-le de nouveau."))
        kept = list(dict.fromkeys(each for each in raw if isinstance(each, str)))
        if any(not isinstance(each, str) or each not in facts.files for each in raw):
            raise Refused(_("Un fichier n’est plus là. Retirez-le et joignez-le de nouveau."))
        highest = question.options.get("max", 1)
        if len(kept) > highest:
            message = ngettext(
                "Gardez %(max)s fichier au plus : retirez les autres.",
                "Gardez %(max)s fichiers au plus : retirez les autres.",
                highest,
            )
            raise Refused(message % {"max": highest})
        return kept

    def missing(self) -> str:
        return _("Joignez un fichier pour pouvoir envoyer.")

    def accepted(self, question: Asked) -> list[str]:
        """The extensions that this question takes."""
        return list(question.options.get("formats", files.ALLOWED))

    def widget(self, question: Asked, raw: Raw, facts: Facts, name: str) -> dict[str, Any]:
        return {
            "files": [
                {
                    "file": stored,
                    "size": _weight(stored.size),
                    "id": f"id_{name}--{stored.public_id}",
                }
                for stored in _stored(raw, facts)
            ],
            "accept": ",".join(f".{each}" for each in self.accepted(question)),
            "multiple": question.options.get("max", 1) > 1,
        }

    def format_hint(self, question: Asked, _facts: Facts) -> str:
        highest = question.options.get("max", 1)
        formats = ", ".join(each.upper() for each in self.accepted(question) if each != "jpeg")
        message = ngettext(
            "%(max)s fichier, 20 Mo au plus. Formats : %(formats)s.",
            "Jusqu’à %(max)s fichiers de 20 Mo au plus. Formats : %(formats)s.",
            highest,
        )
        return message % {"max": highest, "formats": formats}

    def text(self, _question: Asked, value: list[str], facts: Facts) -> str:
        return ", ".join(stored.name for stored in _stored(value, facts))

    def html(self, _question: Asked, value: list[str], facts: Facts) -> SafeString:
        items = ((_link(stored), _weight(stored.size)) for stored in _stored(value, facts))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} ({})</li>", items))

    def cells(self, _question: Asked, value: list[str] | None) -> list[str]:
        return ["|".join(value or [])]


def _stored(raw: Raw, facts: Facts) -> list[StoredFile]:
    ids = raw if isinstance(raw, list) else []
    return [facts.files[each] for each in ids if isinstance(each, str) and each in facts.files]


def _link(stored: StoredFile) -> SafeString:
    if not stored.url:
        return format_html("{}", stored.name)
    return format_html('<a href="{}" download>{}</a>', stored.url, stored.name)


def _weight(size: int) -> str:
    """`120 ko`, `1,2 Mo`: decimal units, as the limit of 20 Mo is read."""
    if size < 1_000_000:
        return _("%(size)s ko") % {"size": max(1, round(size / 1000))}
    return _("%(size)s Mo") % {"size": number_format(size / 1_000_000, 1)}
