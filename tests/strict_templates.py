"""An undefined variable in one of our templates fails the test that renders it.

Django shows nothing instead, so a page may lose a line without a word. The variables are marked
when a template of ours is compiled; those of libraries keep Django's own behaviour. `{% if x %}`
may ask for what an include was not given, and `|default:` says what to show.
"""

from pathlib import Path

import pytest
from django.template import base
from django.template.defaulttags import TemplateLiteral

GABARE = str(Path(__file__).resolve().parent.parent / "gabare")
TOLERANT_FILTERS = {"default", "default_if_none"}


class StrictVariable(base.Variable):
    __slots__ = ()

    def resolve(self, context):
        try:
            return super().resolve(context)
        except base.VariableDoesNotExist as missing:
            template = getattr(context, "template", None)
            # pytest's failure is not an Exception: neither `{% if %}` nor a view can swallow it.
            pytest.fail(
                f"{{{{ {self.var} }}}} is undefined in {template and template.name}: {missing}"
            )


def is_ours(origin: object) -> bool:
    return str(getattr(origin, "name", "")).startswith(GABARE)


def make_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    compile_expression = base.FilterExpression.__init__
    read_condition = TemplateLiteral.__init__

    def compile_and_mark(self, token, parser):
        compile_expression(self, token, parser)
        names = {getattr(function, "__name__", "") for function, _ in self.filters}
        if not is_ours(parser.origin):
            return
        for _, arguments in self.filters:
            for is_variable, argument in arguments:
                if is_variable:
                    argument.__class__ = StrictVariable
        if self.is_var and not names & TOLERANT_FILTERS:
            self.var.__class__ = StrictVariable

    def read_and_unmark(self, value, text):
        read_condition(self, value, text)
        if isinstance(value.var, StrictVariable):
            value.var.__class__ = base.Variable

    monkeypatch.setattr(base.FilterExpression, "__init__", compile_and_mark)
    monkeypatch.setattr(TemplateLiteral, "__init__", read_and_unmark)
