from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gabare.questionnaires.rendering import Field

register = template.Library()


@register.simple_tag
def field(f: Field) -> SafeString:
    """One question of a form, from its label to its error."""
    return render_to_string(f.template, {"field": f})
