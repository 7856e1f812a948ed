"""The kinds of question. A new kind is one module, one template, and one line here."""

from gabare.questionnaires.asked import Asked
from gabare.questionnaires.kinds.base import Kind
from gabare.questionnaires.kinds.commune import Commune
from gabare.questionnaires.kinds.criteria import Criteria
from gabare.questionnaires.kinds.date import Date
from gabare.questionnaires.kinds.date_range import DateRange
from gabare.questionnaires.kinds.email import Email
from gabare.questionnaires.kinds.explanation import Explanation
from gabare.questionnaires.kinds.file import File
from gabare.questionnaires.kinds.link import Link
from gabare.questionnaires.kinds.long_text import LongText
from gabare.questionnaires.kinds.multiple_choice import MultipleChoice
from gabare.questionnaires.kinds.organisation import Organisation
from gabare.questionnaires.kinds.phone import Phone
from gabare.questionnaires.kinds.place import Place
from gabare.questionnaires.kinds.short_text import ShortText
from gabare.questionnaires.kinds.single_choice import SingleChoice
from gabare.questionnaires.kinds.whole_number import WholeNumber
from gabare.questionnaires.kinds.yes_no import YesNo

REGISTRY: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        ShortText(),
        LongText(),
        SingleChoice(),
        MultipleChoice(),
        YesNo(),
        WholeNumber(),
        Date(),
        DateRange(),
        Link(),
        Email(),
        Phone(),
        File(),
        Commune(),
        Place(),
        Organisation(),
        Criteria(),
        Explanation(),
    )
}


def kind_of(question: Asked) -> Kind:
    return REGISTRY[question.kind]
