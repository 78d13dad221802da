"""Split texts into words as the search compares them.

Its rules are data that `make_rules` gives to the script `words.js`, which compares the words of a query by them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from generator import welsh

COMMON_WORDS = """
    a about actually all almost already also always am an and another any anybody anyone anything are around as at be
    became been before began begun being best better between both but by came can come comes coming could did do does
    doing done each else ever every everybody everyone everything feel feels find finding finds for found from full
    get gets getting give given gives giving go going gone good got great had happen happening happens has have having
    he hello help helping helps him his how i if in into is it its just know let like little look looking lot lots
    make makes making many may maybe me might more most much must my near nearby need needs new no not now of off
    often on one only onto or ought our out over own perhaps please possible put puts quite rather really right same
    say saying says see seem seems shall she should show since so some someone something still such sure take taken
    takes taking tell than that the their them then there these they thing things think this those to told too took
    tried tries try trying under until up upon us use used useful using very via want wanted wants was way ways we
    went were what when where whether which while who whom whose why will with within without would yes yet you your
    arent cant couldnt didnt doesnt dont enough hasnt havent im isnt ive lets shouldnt theres wasnt whats wont
    wouldnt youre
    address deal dealing idea ideas improve improving issue issues problem problems reduce reducing stop
    stopping tackle tackling
"""
"""Words that a query is not about, unless it has no others."""
COMMON = {*COMMON_WORDS.split(), *welsh.COMMON_WORDS.split()}
WEAK_WORDS = """
    able action actions active activities activity allow approach area areas arrange authorities authority back
    bodies body borough bring bringing city communities community council councils county create creating deliver
    delivering department departments develop developing different difficult director directors district during
    easier effective encourage encouraging engage ensure example examples expand great group groups guidance handle
    handling hard important include increase increasing information join joining keep keeping kinds level local
    manage manager managers managing method neighbourhood neighbourhoods never nobody nothing officer officers
    option options organisation organisations organise organising part people person place places practical
    programme programmes project projects promote promoting provide providing region regional resident residents
    role scheme schemes service services set setting setup simpler start started starting support supporting teach
    team teams together town towns type types village villages wales work working works
"""
"""Words that many queries have and that say little about a subject.

A page with all other words of a query matches it, and these only count a little. Welsh ones are in `welsh.py`.
"""
ASIDE = """
    a an and are as at be been can could did do does for had has have here i if in is it just me my of on or our
    shall should that the there these they this those to us was we will with would you your
    ac ag ar dwi ein eich ei fod fy gallaf gallwn gan i mae maent n ni o r rydan rydym s sy sydd u y ydy ydych ydyn yn
    yr yw
"""
"""Words that don't change what a question asks for."""
SPELLINGS = [
    ("(.{4})iz(?=(?:e|es|ed|ing|er|ation)s?$)", "is"),
    ("^(neighb|behavi|col|fav|harb|lab|hum|flav|rum|endeav)or(?!at)", "our"),
]
"""Spellings that are the same to the search: organise and organize, colour and color.

What a pattern matches after its group is replaced.
"""
ENDINGS = [
    ("(.{1,3}[^aeious])s", [""]),  # GPs, PSBs
    ("(.{0,4})", [""]),  # of other short words, nothing is an ending
    ("(.*[^aeiou])(?:y|ies)", ["y", "i"]),
    ("(.*(?:ch|sh|x|ss))es", [""]),
    ("(.*[^su])s", [""]),
    ("(.*..[^aeiou]{1,2})ing", [""]),
]
"""Endings that the search takes off: volunteers also finds volunteering, and party finds parties.

The first pattern that matches the whole word decides. Other forms of the word begin with its group and one of the texts
after the pattern.
"""
FORMS = {
    "after": "(?:e|s|es|ed|ings?|ers?|ors?|ly|ness|ful|less|ments?|ions?|hoods?|ships?|able)",
    "both": "|e|es|ed|ings?|ions?|als?",
}
"""How forms of a word end: one `after` the whole of the other, as in kind and kindness, or `both` after the same
letters, as in arrive and arrivals.
"""

GENERAL, NAMES = "words", "names"
VOCABULARIES: dict[str, dict[str, Any]] = {
    GENERAL: {"endings": ENDINGS, "mutations": {}, "stem": 0.95, **FORMS},
    NAMES: {"endings": ENDINGS[:1], "mutations": {}, "stem": 0.95, "after": "s", "both": "(?!)"},
    welsh.WELSH: {"endings": welsh.ENDINGS, "mutations": welsh.MUTATIONS, "stem": 0.9, **welsh.FORMS},
}
"""How words are compared: by general rules, or by those of their language if it has some.

Names in capitals have no form but a plural: PSBs, but no sailor for SAIL.

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
        "common": sorted(COMMON),
        "weak": sorted({*WEAK_WORDS.split(), *welsh.WEAK_WORDS.split()}),
        "aside": ASIDE.split(),
        "joined": welsh.JOINED,
        "spellings": SPELLINGS,
        "vocabularies": VOCABULARIES,
    }


def split_words(text: str) -> list[str]:
    """Return the words of a text as the search compares them: lower case, no accents or ligatures, in one spelling.

    A word with hyphens is also found as one word: "well-being" as "well", "being" and "wellbeing".
    """
    plain = text.lower().replace("’", "'")
    if "'" in plain:
        plain = JOINED.sub("", plain).replace("'", "")
    if not plain.isascii():
        plain = ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
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
