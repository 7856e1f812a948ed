"""Words as the search knows them: the same cut on what is indexed and on what is typed.

Folding comes before stemming, so `musee`, `Musée` and `musées` are one word. Every engine then
receives plain ASCII words and has nothing left to decide: SQLite and PostgreSQL find the same rows.
Do not leave accents, stop words or stemming to an engine: each has its own.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST = 60  # characters of a word that count; PostgreSQL refuses words over 2 kB
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
# Scripts written without spaces: each sign is a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
# One-letter elisions (l’, d’, qu’…) and the words that a French question is full of.
_EMPTY = frozenset(
    _WORD.findall(
        "a au aux avec ce ces cette dans de des du elle en est et eux il ils je la le les "
        "leur leurs lui ma mais me mes mon ne nos notre nous on ou par pas pour que qui sa se "
        "ses son sont sur ta te tes ton tu un une vos votre vous c d j l m n s t y qu the of "
        "and to in for "
    )
)
_own = threading.local()  # a Snowball stemmer keeps its word in itself: one for each thread


def fold(text: str) -> str:
    """Lower case, without accents or ligatures: `L’Œuvre` → `l’oeuvre`."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return bare.translate(_LIGATURES)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    if not word.isascii():
        # Engines disagree on what a letter is in other scripts; they agree on hexadecimal.
        return "x" + word.encode().hex()
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("french")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]  # Snowball leaves the plural of short words: `lois`, `cours`
    stem: str = _own.stemmer.stemWord(word)
    return stem


def _words(text: str) -> list[str]:
    spaced = _UNSPACED.sub(lambda sign: f" {sign[0]} ", fold(text))
    return [word[:LONGEST] for word in _WORD.findall(spaced)]


def stems(text: str) -> list[str]:
    """Each different stem of `text` once, in the order of its first appearance."""
    return list(dict.fromkeys(_stem(word) for word in _words(text)))


def indexed(*texts: str) -> str:
    """What is stored of some texts, ready for any engine."""
    return " ".join(stems("\n".join(texts)))


def asked(query: str, most: int = 12) -> list[str]:
    """The stems that a question asks for; empty words count only when there is nothing else."""
    words = _words(query)
    telling = [word for word in words if word not in _EMPTY] or words
    return list(dict.fromkeys(_stem(word) for word in telling))[:most]
