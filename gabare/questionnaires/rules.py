"""Which questions are asked, required, frozen. Their home is `asking`, which validators need."""

from gabare.questionnaires.asking import is_frozen, is_required, of_step, visible_questions

__all__ = ["is_frozen", "is_required", "of_step", "visible_questions"]
