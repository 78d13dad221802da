"""Know which words of English and Welsh are real, so that the search doesn't take them for typing errors.

The package simplemma has the words of both languages, with their forms.
"""

from functools import cache, partial
from pathlib import Path
from string import ascii_lowercase

from generator import welsh
from generator.messages import ENGLISH
from generator.pages import words
from generator.pages.kept import keep, version
from generator.pages.words import split_words
from generator.welsh import WELSH

SHORTEST = 5
"""A shorter word is never taken for a typing error."""
SHORTEST_BEGINNING = 3
"""How many letters a word of a query has at least to find words that begin with it."""


def find_alike(words: set[str]) -> list[str]:
    """Return the real words that are not among `words`, but could be taken for one of them, in alphabetical order.

    They differ from it by one letter, or it begins with them: tension and pension, cult and culture.
    """
    return keep(".txt", describe_recipe(*sorted(words)), partial(compare_words, words)).decode().split()


def compare_words(words: set[str]) -> bytes:
    """Return what `find_alike` returns, one word in each line."""
    beginnings = {word[:length] for word in words for length in range(SHORTEST_BEGINNING, len(word))}
    alike = (beginnings & load_real_words(ENGLISH)).union(*map(find_neighbours, words))
    return "\n".join(sorted(alike - words)).encode()


@cache
def load_real_words(language: str) -> set[str]:
    """Return the words of English or Welsh, as the search compares them. They are kept, as decoding them takes long."""
    return set(keep(".txt", describe_recipe(language), partial(decode_words, language)).decode().split("\n"))


def describe_recipe(*parts: str) -> bytes:
    """Return what a list of words depends on: these parts, the dictionaries, and the rules for words."""
    rules = b"".join(Path(str(source)).read_bytes() for source in (__file__, words.__file__, welsh.__file__))
    return rules + "\n".join([version("simplemma"), *parts]).encode()


def decode_words(language: str) -> bytes:
    """Return the words of a language from simplemma's dictionary, one in each line."""
    from simplemma.strategies import DefaultDictionaryFactory  # only needed where the words are not kept

    found = {word.lower() for word in DefaultDictionaryFactory().get_dictionary(language)}
    accented = [word for word in found if not word.isascii()]
    return "\n".join(sorted(found.union(*map(split_words, accented)))).encode()


@cache
def find_neighbours(word: str) -> set[str]:
    """Return the real words that differ from a word by one letter: added, left out, replaced or swapped."""
    if len(word) < SHORTEST - 1:
        return set()
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    made = {start + end[1:] for start, end in parts if end}
    made.update(start + end[1] + end[0] + end[2:] for start, end in parts if len(end) > 1)
    for start, end in parts:
        made.update([start + letter + end for letter in ascii_lowercase])
        made.update([start + letter + end[1:] for letter in ascii_lowercase])
    real = (made & load_real_words(ENGLISH)) | (made & load_real_words(WELSH))
    return {neighbour for neighbour in real if len(neighbour) >= SHORTEST}
