"""Split texts into words as the search compares them.

Its rules are data that `make_rules` gives to the script `words.js`, which compares the words of a query by them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from generator import welsh

COMMON_WORDS = """
    a about all am an and any anyone anything are around as at be been being between but by can could did do does
    doing done each else every everyone for from get gets getting give gives go good got had has have having help
    helps how i if in into is it its just know like look make makes making many may me more most much must my near
    need needs new no not of off on one or our out over own people please say see shall she should show so some
    someone something tell than that the their them there these they thing things this those to too up us use used
    using very want wants was way ways we were what when where whether which who whom whose why will with without
    would you your
"""
"""Words that a query is not about, unless it has no others."""
SPELLINGS = [("()is(?=(?:e|es|ed|ing|er|ation)s?$)", "iz"), ("([a-z]{3})our(?=s?$)", "or")]
"""Spellings that are the same to the search: organise and organize, colour and color.

What a pattern matches after its group is replaced.
"""
ENDINGS = [
    ("(.{1,3}[^aeious])s", [""]),  # GPs, PSBs
    ("(.{0,4})", [""]),  # of other short words, nothing is an ending
    ("(.*[^aeiou])(?:y|ies)", ["y", "ie"]),
    ("(.*(?:ch|sh|x|ss))es", [""]),
    ("(.*[^su])s", [""]),
    ("(.*..[^aeiou]{1,2})ing", [""]),
]
"""Endings that the search takes off: volunteers also finds volunteering, and party finds parties.

The first pattern that matches the whole word decides. Other forms of the word begin with its group and one of the texts
after the pattern.
"""

GENERAL = "words"
VOCABULARIES: dict[str, dict[str, Any]] = {
    GENERAL: {"endings": ENDINGS, "mutations": {}, "stem": 0.95},
    welsh.WELSH: {"endings": welsh.ENDINGS, "mutations": welsh.MUTATIONS, "stem": 0.9},
}
"""How words are compared: by general rules, or by those of their language if it has some.

`mutations` are what a word may begin with in a dictionary, by its first letters. `stem` is what a word counts that is
left when the ending of one in the query is taken off.
"""

JOINED = re.compile(rf"(?<=\w)'(?:{'|'.join(welsh.JOINED)})\b")
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
ACCENTS = re.compile("[\u0300-\u036f]")
VARIANTS = [(re.compile(pattern), rf"\g<1>{spelling}") for pattern, spelling in SPELLINGS]


def make_rules() -> dict[str, Any]:
    """Return the rules by which words are compared, for scripts."""
    return {
        "common": [*COMMON_WORDS.split(), *welsh.COMMON_WORDS.split()],
        "joined": welsh.JOINED,
        "spellings": SPELLINGS,
        "vocabularies": VOCABULARIES,
    }


def split_words(text: str) -> list[str]:
    """Return the words of a text as the search compares them: in lower case, without accents, in one spelling.

    A word with hyphens is also found as one word: "well-being" as "well", "being" and "wellbeing".
    """
    plain = text.lower().replace("’", "'")
    if "'" in plain:
        plain = JOINED.sub("", plain).replace("'", "")
    if not plain.isascii():
        plain = ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    words = WORD.findall(plain)
    joined = [word.replace("-", "") for word in words if "-" in word]
    return [unify_spelling(word) for word in [*(part for word in words for part in word.split("-")), *joined]]


@lru_cache(maxsize=100_000)
def unify_spelling(word: str) -> str:
    """Return a word in one of its spellings."""
    for pattern, spelling in VARIANTS:
        word = pattern.sub(spelling, word)
    return word


def unmutate(word: str, vocabulary: str) -> list[str]:
    """Return a word and all forms of which it may be a mutation: nghymunedau, cymunedau."""
    mutations = VOCABULARIES[vocabulary]["mutations"]
    starts = [length for length in (3, 2, 1) if len(word) > length]
    return [word, *(start + word[length:] for length in starts for start in mutations.get(word[:length], ()))]
