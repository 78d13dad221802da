"""Know which words of English and Welsh are real, so that the search doesn't take them for typing errors.

The package simplemma has the words of both languages, with their forms.
"""

from collections.abc import Callable, Iterable
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


def find_real(words: Iterable[str], language: str) -> set[str]:
    """Return those of some words that English or Welsh has."""
    letters = {word for word in words if word.isalpha()}
    return keep_words(lambda: letters & load_real_words(language), "real", language, *sorted(letters))


def find_alike(words: Iterable[str]) -> set[str]:
    """Return the real words that are not among some words, but could be taken for one of them.

    They differ from it by one letter, or it begins with them: tension and pension, cult and culture.
    """
    letters = {word for word in words if word.isalpha()}

    def find() -> set[str]:
        beginnings = {word[:length] for word in letters for length in range(SHORTEST_BEGINNING, len(word))}
        return (beginnings & load_real_words(ENGLISH)).union(*map(find_neighbours, letters)) - letters

    return keep_words(find, "alike", *sorted(letters))


def keep_words(find: Callable[[], set[str]], *recipe: str) -> set[str]:
    """Return the words that `find` returns. They are kept, as decoding the dictionaries and comparing words take long.

    `recipe` is everything that they depend on besides the dictionaries and the rules for words.
    """
    rules = b"".join(Path(str(source)).read_bytes() for source in (__file__, words.__file__, welsh.__file__))
    whole = rules + "\n".join([version("simplemma"), *recipe]).encode()
    return set(keep(".txt", whole, lambda: "\n".join(sorted(find())).encode()).decode().split())


@cache
def load_real_words(language: str) -> set[str]:
    """Return the words of English or Welsh, as the search compares them."""
    return keep_words(partial(decode_words, language), "all", language)


def decode_words(language: str) -> set[str]:
    """Return the words of a language from simplemma's dictionary."""
    from simplemma.strategies import DefaultDictionaryFactory  # only needed where the words are not kept

    found = {word.lower() for word in DefaultDictionaryFactory().get_dictionary(language)}
    return found.union(*(split_words(word) for word in found if not word.isascii()))


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
