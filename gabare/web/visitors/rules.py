"""Wagtail's own question, answered by our rule: its admin opens to who may edit pages."""

import rules

from gabare.people.rules import is_editor, is_lead

if not rules.perm_exists("wagtailadmin.access_admin"):
    rules.add_perm("wagtailadmin.access_admin", is_lead | is_editor)
