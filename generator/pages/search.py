"""Make the data files of the search.

`search-index.js` reads them: `pages` lists what can be found, `words-<letter>` says where each word is, and
`text-<number>` has the texts that results show.
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

CHUNK = 32
"""How many documents share a file of texts."""
TITLE, KEYWORD = 16, 8
"""What a word counts in a title and as a keyword. In the text it counts once for each time, up to MOST times."""
MOST = 3

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
VOID = {"br", "hr", "img", "input", "wbr"}
BLOCK = {"p", "li", "div", "dd", "dt", "td", "th", "tr", "ul", "ol", "dl", "table", "figure", "figcaption", "summary"}
WORD = re.compile(r"[^\W_]+")
HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
VARIANTS = [(re.compile("is(?=(e|es|ed|ing|er|ation)s?$)"), "iz"), (re.compile("(?<=[a-z]{3})our(?=s?$)"), "or")]
"""Spellings that the search treats as the same: organise and organize, colour and color."""


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


def make_search(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Yield the address of each file of the search, from the root of the site, and its text."""
    listed: list[list[object]] = []
    labels: dict[str, int] = {}
    texts: list[str] = []
    places: dict[str, list[tuple[int, int]]] = {}
    for page in pages:
        if page.search.get("exclude"):
            continue
        body = "" if page.search.get("by_title") else str(page.body)
        for document in find_documents(page.address, page.title, body):
            number = len(listed)
            label = labels.setdefault(escape(page.title) if document.is_section else page.label, len(labels))
            boost = page.search.get("boost", 1)
            listed.append([document.address, document.title, label, min(boost, 1) if document.is_section else boost])
            texts.append(document.text)
            keywords = () if document.is_section else tuple(page.keywords)
            for word, weight in weigh_words(document.title, keywords, f"{document.text}\n{document.words}"):
                places.setdefault(word, []).append((number, weight))
    shards: dict[str, dict[str, str]] = {}
    for word in sorted(places):
        shards.setdefault(word[0], {})[word] = encode(places[word])
    yield make_data_file("search/pages", {"pages": listed, "labels": list(labels), "letters": "".join(shards)})
    for letter, words in shards.items():
        yield make_data_file(f"search/words-{ord(letter)}", words)
    for number, start in enumerate(range(0, len(texts), CHUNK)):
        yield make_data_file(f"search/text-{number}", texts[start : start + CHUNK])


def encode(places: Sequence[tuple[int, int]]) -> str:
    """Return the documents with a word and their weights as text: each document as the distance from the one before."""
    before, parts = 0, []
    for number, weight in places:
        parts.append(f"{number - before}.{weight}" if number - before != 1 else f".{weight}")
        before = number
    return "".join(f"{',' if index and not part.startswith('.') else ''}{part}" for index, part in enumerate(parts))


@lru_cache(maxsize=10_000)  # in a live preview, most pages are the same as before
def find_documents(address: str, title: str, body: str) -> list[Document]:
    """Return a page, and each of its sections that the search finds by itself.

    A heading with an id starts a section unless it is left out with `data-search-exclude`, like all that is in such an
    element. What is in an element with `data-search-words` is found, but not shown.
    """
    documents: list[Document] = []
    here, heading, parts, others = address, title, list[str](), list[str]()
    left_out = apart = depth = 0
    title_words: list[str] | None = None

    def finish() -> None:
        sentences = (" ".join(line.split()) for line in "".join(parts).split("\n"))
        text = "\n".join(filter(None, sentences))
        words = " ".join(others)
        documents.append(Document(here, " ".join(heading.split()), text, words, here != address))

    for closing, tag, attributes, content in TAG.findall(body):
        if content:
            if left_out:
                continue
            if title_words is not None:
                title_words.append(unescape(content))
            else:
                (others if apart else parts).append(unescape(content))
            continue
        if tag in VOID or attributes.endswith("/"):
            continue
        depth += -1 if closing else 1
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
                heading, title_words = "".join(title_words), None
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


@lru_cache(maxsize=10_000)
def weigh_words(title: str, keywords: tuple[str, ...], text: str) -> list[tuple[str, int]]:
    """Return the words by which the search finds a document, and what each counts."""
    weights: dict[str, int] = {}
    for word in split_words(text):
        weights[word] = min(weights.get(word, 0) + 1, MOST)
    for words, weight in ((" ".join(keywords), KEYWORD), (title, TITLE)):
        for word in set(split_words(words)):
            weights[word] = weights.get(word, 0) + weight
    return list(weights.items())


def split_words(text: str) -> Iterator[str]:
    """Yield the words of a text as the search compares them: in lower case, without accents, in one spelling.

    A word with hyphens is also found as one word: "well-being" as "well", "being" and "wellbeing". `search-words.js`
    splits texts by the same rules.
    """
    plain = unicodedata.normalize("NFD", re.sub("['’]", "", text.lower()))
    plain = re.sub(r"[\u0300-\u036f]", "", plain)
    yield from map(unify_spelling, WORD.findall(plain))
    yield from (unify_spelling(word.replace("-", "")) for word in HYPHENATED.findall(plain))


@lru_cache(maxsize=100_000)
def unify_spelling(word: str) -> str:
    """Return a word in one of its spellings."""
    for pattern, spelling in VARIANTS:
        word = pattern.sub(spelling, word)
    return word
