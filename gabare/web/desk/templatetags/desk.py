from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def asked(questions: Mapping[str, str], key: str) -> str:
    """What is asked on the question of that key, "" when nothing is."""
    return questions.get(key, "")
