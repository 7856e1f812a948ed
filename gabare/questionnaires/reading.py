"""From a POST to answers as typed: never raises, loses nothing, judges nothing."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gabare.questionnaires.asked import Asked
from gabare.questionnaires.kinds import kind_of


def read_answers(
    questions: Iterable[Asked],
    data: QueryDict,
    files: MultiValueDict[str, UploadedFile],
    *,
    prefix: str = "",
) -> dict[str, Any]:
    """Question key → what was typed.

    Give the questions that the page showed, no others: a box left unticked and a question that
    was not there look the same in a POST. The result is JSON once `operations.keep_uploads` has
    stored the files of `file` questions.
    """
    return {
        question.key: kind.read(question, data, files, f"{prefix}{question.key}")
        for question in questions
        if (kind := kind_of(question)).stores
    }
