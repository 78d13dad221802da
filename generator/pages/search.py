"""Make the data files of the search.

`search-index.js` reads them: `pages` lists what can be found, `words-<letter>` and `welsh-<letter>` say where each word
is, and `text-<number>` has the texts that results show. Lines in another language than the site begin with a tab.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from markupsafe import escape

from generator.pages.data_files import make_data_file
from generator.pages.page import Page
from generator.text import Words, unmark

CHUNK = 32
"""How many documents share a file of texts."""
TITLE, KEYWORD = 16, 8
"""What a word counts in a title and as a keyword. In the text it counts once for each time, up to MOST times."""
MOST = 3

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
VOID = {"br", "hr", "img", "input", "wbr"}
BLOCK = {"p", "li", "div", "dd", "dt", "td", "th", "tr", "ul", "ol", "dl", "table", "figure", "figcaption", "summary"}
WORD = re.compile(r"[^\W_]+")
JOINED = re.compile(r"(?<=\w)['’](?:r|n|i|u|m|w|ch)\b")
"""What Welsh joins to the word before: cau'r, sy'n."""
HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
LANGUAGE = re.compile(r'\blang="([a-z]+)"')
FOREIGN = "\t"
"""What a line in another language than the site begins with."""
WELSH = "^"
"""What Welsh words begin with here, to tell them from the English ones. They are compared in another way."""
VARIANTS = [(re.compile("is(?=(e|es|ed|ing|er|ation)s?$)"), "iz"), (re.compile("(?<=[a-z]{3})our(?=s?$)"), "or")]
"""Spellings that the search treats as the same: organise and organize, colour and color."""


UNMUTATED = {
    **{"b": "p", "d": "t", "g": "c", "f": "bm", "dd": "d", "l": ["ll", "gl"], "r": ["rh", "gr"]},
    **{"mh": "p", "nh": "t", "ngh": "c", "m": "b", "n": ["d", "gn"], "ng": "g", "ph": "p", "th": "t", "ch": "c"},
    **{vowel: ["g" + vowel] for vowel in "aeiouwy"},
    **{"h" + vowel: [vowel] for vowel in "aeiouwy"},
}
"""What a Welsh word that begins with these letters may begin with in a dictionary, by the mutations and after h."""


@dataclass(frozen=True)
class Document:
    """Something that the search can find: a page, or a section of one."""

    address: str
    title: str
    text: str
    """Sentences, separated by line breaks."""
    words: str = ""
    """Other words that find it, which results don't show."""
    is_section: bool = False


def make_search(pages: Iterable[Page], language: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each file of the search, from the root of the site, and its text.

    `language` is that of the site.
    """
    listed: list[list[object]] = []
    labels: dict[str, int] = {}
    texts: list[str] = []
    places: dict[str, list[tuple[int, int]]] = {}
    for page in pages:
        if page.search.get("exclude"):
            continue
        body = "" if page.search.get("by_title") else str(page.render().html)
        for document in find_documents(page.address, mark_line(page.title), body, language):
            number = len(listed)
            label = labels.setdefault(escape(page.title) if document.is_section else page.label, len(labels))
            boost = page.search.get("boost", 1)
            listed.append([document.address, document.title, label, min(boost, 1) if document.is_section else boost])
            texts.append(document.text)
            keywords = "" if document.is_section else "\n".join(map(mark_line, page.keywords))
            text = f"{document.text}\n{document.words}"
            for word, weight in weigh_words(document.title, keywords, text, language):
                places.setdefault(word, []).append((number, weight))
    shards: dict[str, dict[str, dict[str, str]]] = {"words": {}, "welsh": {}}
    for word in sorted(places):
        kind = "welsh" if word.startswith(WELSH) else "words"
        plain = word.removeprefix(WELSH)
        shards[kind].setdefault(plain[0], {})[plain] = encode(places[word])
    letters = {kind: "".join(shard) for kind, shard in shards.items()}
    yield make_data_file("search/pages", {"pages": listed, "labels": list(labels), "letters": letters})
    for kind, shard in shards.items():
        for letter, words in shard.items():
            yield make_data_file(f"search/{kind}-{ord(letter)}", words)
    for number, start in enumerate(range(0, len(texts), CHUNK)):
        yield make_data_file(f"search/text-{number}", texts[start : start + CHUNK])


def encode(places: Sequence[tuple[int, int]]) -> str:
    """Return the documents with a word and their weights as text: each document as the distance from the one before."""
    before, parts = 0, []
    for number, weight in places:
        parts.append(f"{number - before}.{weight}" if number - before != 1 else f".{weight}")
        before = number
    return "".join(f"{',' if index and not part.startswith('.') else ''}{part}" for index, part in enumerate(parts))


def mark_line(words: str) -> str:
    """Return words as a line of a document."""
    return FOREIGN + unmark(words) if isinstance(words, Words) else words


@lru_cache(maxsize=10_000)  # in a live preview, most pages are the same as before
def find_documents(address: str, title: str, body: str, language: str) -> list[Document]:
    """Return a page, and each of its sections that the search finds by itself.

    A heading with an id starts a section unless it is left out with `data-search-exclude`, like all that is in such an
    element. What is in an element with `data-search-words` is found, but not shown. `title` is a line of a document,
    `language` that of the site.
    """
    documents: list[Document] = []
    here, heading, parts, others = address, title, list[str](), list[str]()
    left_out = apart = foreign = depth = 0
    title_words: list[str] | None = None

    def finish() -> None:
        documents.append(Document(here, heading, join_lines(parts), join_lines(others), here != address))

    for closing, tag, attributes, content in TAG.findall(body):
        if content:
            if left_out:
                continue
            words = f"\n{FOREIGN}{unescape(content)}\n" if foreign else unescape(content)
            if title_words is not None:
                title_words.append(words)
            else:
                (others if apart else parts).append(words)
            continue
        if tag in VOID or attributes.endswith("/"):
            continue
        depth += -1 if closing else 1
        if foreign:
            foreign = 0 if depth < foreign else foreign
        elif not closing and (marked := LANGUAGE.search(attributes)) and marked[1] != language:
            foreign = depth
        if left_out:
            left_out = 0 if depth < left_out else left_out
        elif not closing and "data-search-exclude" in attributes:
            left_out = depth
        elif apart:
            apart = 0 if depth < apart else apart
        elif not closing and "data-search-words" in attributes:
            apart = depth
        elif re.fullmatch("h[1-6]", tag):
            id = re.search(r'\bid="([^"]*)"', attributes)
            if closing and title_words is not None:
                heading, title_words = " ".join(join_lines(title_words).replace(f"\n{FOREIGN}", " ").split("\n")), None
            elif not closing and tag == "h1":
                title_words = []
            elif not closing and id:
                finish()
                here, parts, others, title_words = f"{address}#{id[1]}", [], [], []
            if tag == "h1" and closing:
                heading = title
        elif tag in BLOCK:
            parts.append("\n")
    finish()
    return documents


def join_lines(parts: Iterable[str]) -> str:
    """Return pieces of text as lines without extra space. A line of another language keeps its mark."""
    lines: list[str] = []
    for line in "".join(parts).split("\n"):
        if words := " ".join(line.split()):
            lines.append(FOREIGN + words if line.startswith(FOREIGN) else words)
    return "\n".join(lines)


@lru_cache(maxsize=10_000)
def weigh_words(title: str, keywords: str, text: str, language: str) -> list[tuple[str, int]]:
    """Return the words by which the search finds a document, and what each counts.

    Title, keywords and text are lines of a document, and `language` is that of the site.
    """
    weights: dict[str, int] = {}
    for word in list_words(text, language):
        weights[word] = min(weights.get(word, 0) + 1, MOST)
    for lines, weight in ((keywords, KEYWORD), (title, TITLE)):
        for word in set(list_words(lines, language)):
            weights[word] = weights.get(word, 0) + weight
    return list(weights.items())


def list_words(lines: str, language: str) -> Iterator[str]:
    """Yield the words of lines as they are in the files of the search. A Welsh word is there in several forms."""
    for line in lines.split("\n"):
        words = split_words(line)
        is_welsh = line.startswith(FOREIGN) == (language != "cy")
        yield from (WELSH + form for word in words for form in unmutate(word)) if is_welsh else words


@lru_cache(maxsize=100_000)
def unmutate(word: str) -> list[str]:
    """Return a Welsh word and all forms of which it may be a mutation: nghymunedau, cymunedau.

    `search-words.js` has the same rules.
    """
    forms = [word]
    for length in (3, 2, 1):
        for start in UNMUTATED.get(word[:length], ()) if len(word) > length else ():
            forms.append(start + word[length:])
    return forms


def split_words(text: str) -> Iterator[str]:
    """Yield the words of a text as the search compares them: in lower case, without accents, in one spelling.

    A word with hyphens is also found as one word: "well-being" as "well", "being" and "wellbeing". `search-words.js`
    splits texts by the same rules.
    """
    plain = unicodedata.normalize("NFD", re.sub("['’]", "", JOINED.sub("", text.lower())))
    plain = re.sub(r"[\u0300-\u036f]", "", plain)
    yield from map(unify_spelling, WORD.findall(plain))
    yield from (unify_spelling(word.replace("-", "")) for word in HYPHENATED.findall(plain))


@lru_cache(maxsize=100_000)
def unify_spelling(word: str) -> str:
    """Return a word in one of its spellings."""
    for pattern, spelling in VARIANTS:
        word = pattern.sub(spelling, word)
    return word


class SearchIndex:
    def __init__(self, pages, language):
        self.pages, self.language = pages, language
    def add(self, page, body):
        pass
    def make_files(self):
        return make_search(self.pages, self.language)
