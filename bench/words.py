"""Questions of two words, each asked once: nothing of their answers is kept."""

WORDS = ["musée", "données", "modèles", "débat", "quartier", "algorithmes", "atelier", "santé"]
QUESTIONS = [f"{first} {second}" for first in WORDS for second in WORDS[:5]]
