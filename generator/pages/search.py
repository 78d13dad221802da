"""Make the data files of the search.

`search-index.js` reads them: `pages` lists what can be found, with the rules by which words are compared;
`<vocabulary>-<letter>` say where each word is; `all` lists these words, and `real-<letter>` other real words that look
like typing errors of them; `subjects` says which pages come nearest to what the guidance has no action about; and
`text-<number>` has the texts that results show. A line in another language than the site begins with the code of that
language and a tab.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import chain, groupby, pairwise
from operator import itemgetter

from markupsafe import escape

from generator.pages.data_files import make_data_file
from generator.pages.page import Body, Page
from generator.pages.questions import read_near, read_questions
from generator.pages.real_words import SHORTEST, find_alike, find_real
from generator.pages.words import COMMON, GENERAL, NAMES, VOCABULARIES, make_rules, split_words, unmutate
from generator.text import Words, unmark
from generator.welsh import WELSH

CHUNK = 4
"""How many documents share a file of texts. Most results are from different parts of the site."""
TITLE, KEYWORD = 16, 8
"""What a word counts in a title and as a keyword. In the text it counts once for each time, up to MOST times."""
MOST = 3
GUESS = "~"
"""What the places of a word begin with if it isn't real, and pages only have a word that may be its mutation."""
NEAR = "?"
"""What comes before the places of a word that are only near: pages without it that are about something like it."""
STEP = 32
"""A place of a word is the number of a document times STEP, plus what the word counts there, which is less."""

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
VOID = {"br", "hr", "img", "input", "wbr"}
BLOCK = {"p", "li", "div", "dd", "dt", "td", "th", "tr", "ul", "ol", "dl", "table", "figure", "figcaption", "summary"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LANGUAGE = re.compile(r'\blang="([a-z]+)"')
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
MARK = re.compile(r"([a-z]+)\t")
"""What a line in another language than the site begins with."""


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


class SearchIndex:
    """Collects what the search needs of each page, and makes files of it when all pages are added."""

    def __init__(self, language: str) -> None:
        """`language` is that of the site."""
        self.language = language
        self.added: set[str] = set()
        """The addresses of the pages."""
        self.listed: list[list[object]] = []
        self.labels: dict[str, int] = {}
        self.texts: list[str] = []
        self.places = {vocabulary: defaultdict[str, "array[int]"](partial(array, "I")) for vocabulary in VOCABULARIES}

    def add(self, page: Page, body: Body) -> None:
        """Add a page and those of its sections that are found by themselves, unless the search should not find it."""
        if page.address in self.added:
            return
        self.added.add(page.address)
        if page.search.get("exclude"):
            return
        html = "" if page.search.get("by_title") else str(body.all)
        for document in find_documents(page.address, mark_line(page.title), html, self.language):
            label, keywords, boost = page.label, "\n".join(map(mark_line, page.keywords)), page.search.get("boost", 1)
            if document.is_section:
                names = page.section_names.get(document.address.partition("#")[2], ())
                label, keywords, boost = escape(page.title), "\n".join(map(mark_line, names)), min(boost, 1)
            self.add_words(document, keywords)
            number = self.labels.setdefault(label, len(self.labels))
            self.listed.append([document.address, document.title, number, boost])
            self.texts.append(document.text or mark_line(page.description))

    def add_words(self, document: Document, keywords: str) -> None:
        """Add the words of a document, which is listed next: common ones only if its title has them."""
        weights: dict[str, Counter[str]] = {vocabulary: Counter() for vocabulary in VOCABULARIES}
        for vocabulary, text in self.group_lines(f"{document.text}\n{document.words}"):
            counts = Counter(word for word in split_words(text) if word not in COMMON)
            weights[vocabulary].update({word: min(count, MOST) for word, count in counts.items()})
        for lines, weight in ((keywords, KEYWORD), (document.title, TITLE)):
            for vocabulary, text in self.group_lines(lines):
                words = [*split_words(text), *(word for line in text.split("\n") for word in join_pairs(line))]
                # A query is about a common word of a title, but not of a keyword: people who can't afford food.
                weights[vocabulary].update({word: weight for word in words if weight == TITLE or word not in COMMON})
        start = len(self.listed) * STEP
        for vocabulary, counted in weights.items():
            places = self.places[vocabulary]
            for word, weight in counted.items():
                places[word].append(start + weight)

    def find_near(self, vocabulary: str, numbers: Mapping[str, int]) -> "dict[str, array[int]]":
        """Return the pages that are near to words of `questions.toml`. The first of them counts most."""
        weights: dict[str, dict[int, int]] = {}
        for word, addresses in read_near(vocabulary) if vocabulary != NAMES else ():
            for address in addresses:
                if address in numbers:
                    found = weights.setdefault(word, {})
                    found.setdefault(numbers[address], KEYWORD if found else TITLE)
        return {
            word: array("I", (number * STEP + found[number] for number in sorted(found)))
            for word, found in weights.items()
        }

    def group_lines(self, lines: str) -> Iterable[tuple[str, str]]:
        """Return the vocabularies of the words in lines of a document, each with its text: names in capitals apart."""
        texts: dict[str, list[str]] = {}
        for line in lines.split("\n"):
            marked = MARK.match(line)
            language = marked[1] if marked else self.language
            vocabulary = language if language in VOCABULARIES else GENERAL
            text = line[marked.end() :] if marked else line
            texts.setdefault(vocabulary, []).append(CAPITALS.sub("", text))
            texts.setdefault(NAMES, []).extend(CAPITALS.findall(text))
        return [(vocabulary, "\n".join(text)) for vocabulary, text in texts.items()]

    def make_files(self, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
        """Yield the address of each file, from the root of the site, and its text. `pages` are all that can be added.

        In a live preview, only some of them have been rendered and added. Then begin again with all, in their order.
        """
        if len(self.added) < len(pages):
            self.__init__(self.language)  # type: ignore[misc]
            for page in pages:
                self.add(page, page.render())
        shards: dict[str, dict[str, dict[str, str]]] = {}
        likely: set[str] = set()
        numbers = {str(address): number for number, (address, *_) in enumerate(self.listed)}
        for vocabulary in VOCABULARIES:
            words = add_forms(self.places[vocabulary], vocabulary)
            near = add_forms(self.find_near(vocabulary, numbers), vocabulary)
            shard = shards[vocabulary] = {}
            guesses = (words.keys() | near.keys()) - self.places[vocabulary].keys()
            guesses -= find_real(guesses, WELSH)
            for word in sorted(words | near):
                is_guess = word in guesses
                likely.update([word] if word in words and not is_guess else ())
                own = GUESS * is_guess + encode(words[word]) if word in words else ""
                shard.setdefault(word[0], {})[word] = own + (NEAR + encode(near[word]) if word in near else "")
        rules = make_rules() | {"chunk": CHUNK, "title": TITLE, "keyword": KEYWORD}
        letters = {vocabulary: "".join(shard) for vocabulary, shard in shards.items()}
        listed = {"pages": self.listed, "labels": list(self.labels), "letters": letters, "rules": rules}
        questions, nearest = read_questions(self.language, numbers)
        yield make_data_file("search/pages", listed | questions)
        yield make_data_file("search/subjects", nearest)
        yield make_data_file("search/all", " ".join(sorted(word for word in likely if len(word) >= SHORTEST - 1)))
        yield from list_real_words(likely)
        for vocabulary, shard in shards.items():
            for letter, encoded in shard.items():
                yield make_data_file(f"search/{vocabulary}-{ord(letter)}", encoded)
        for number, start in enumerate(range(0, len(self.texts), CHUNK)):
            yield make_data_file(f"search/text-{number}", self.texts[start : start + CHUNK])


def list_real_words(words: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the files of real words that are not among the words of pages, but could be taken for one."""
    for letter, real in groupby(sorted(find_alike(words)), itemgetter(0)):
        yield make_data_file(f"search/real-{ord(letter)}", " ".join(real))


def join_pairs(line: str) -> list[str]:
    """Return each pair of words beside each other as one word, as people write them: playstreets, timebank."""
    words = split_words(line.replace("-", " "))
    return [first + second for first, second in pairwise(words) if first not in COMMON]


def add_forms(places: "dict[str, array[int]]", vocabulary: str) -> "dict[str, array[int]]":
    """Return the places of words and of all words of which they may be a mutation.

    A real word is no mutation of one that isn't real. A word has only lost a g if the word with it is real.
    """
    forms = {word: unmutate(word, vocabulary) for word in places}
    real = find_real(chain.from_iterable(forms.values()), WELSH)
    found: dict[str, list[array[int]]] = {}
    for word in places:
        for form in forms[word]:
            if form == word or form in places or form in real or not (word in real or form.endswith(word)):
                found.setdefault(form, []).append(places[word])
    return {form: lists[0] if len(lists) == 1 else merge(lists) for form, lists in found.items()}


def merge(lists: "list[array[int]]") -> "array[int]":
    """Return the places of several words as those of one word."""
    weights: dict[int, int] = {}
    for number, weight in (divmod(place, STEP) for places in lists for place in places):
        other = weights.get(number, 0)
        count = min(weight % KEYWORD + other % KEYWORD, MOST)
        weights[number] = count + ((weight | other) & (TITLE | KEYWORD))
    return array("I", (number * STEP + weights[number] for number in sorted(weights)))


def encode(places: Iterable[int]) -> str:
    """Return the documents with a word and their weights as text: each document as the distance from the one before."""
    before, parts = 0, []
    for number, weight in (divmod(place, STEP) for place in places):
        parts.append(f".{weight}" if number - before == 1 else f",{number - before}.{weight}")
        before = number
    return "".join(parts).removeprefix(",")


def mark_line(words: str) -> str:
    """Return words as a line of a document."""
    return f"{words.language}\t{unmark(words)}" if isinstance(words, Words) else words


def find_documents(address: str, title: str, body: str, language: str) -> list[Document]:
    """Return a page, and each of its sections that the search finds by itself.

    A heading with an id starts a section unless it is left out with `data-search-exclude`, like all that is in such an
    element. What is in an element with `data-search-words` is found, but not shown. `title` is a line of a document,
    `language` that of the site.
    """
    documents: list[Document] = []
    here, heading, parts, others = address, title, list[str](), list[str]()
    left_out = apart = foreign = depth = 0
    code = ""
    title_words: list[str] | None = None

    def finish() -> None:
        documents.append(Document(here, heading, join_lines(parts), join_lines(others), here != address))

    for closing, tag, attributes, content in TAG.findall(body):
        if content:
            if left_out:
                continue
            words = unescape(content).replace("\t", " ")
            if foreign:
                words = f"\n{code}\t{words}\n"
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
            foreign, code = depth, marked[1]
        if left_out:
            left_out = 0 if depth < left_out else left_out
        elif not closing and "data-search-exclude" in attributes:
            left_out = depth
        elif apart:
            apart = 0 if depth < apart else apart
        elif not closing and "data-search-words" in attributes:
            apart = depth
        elif tag in HEADINGS:
            id = re.search(r'\bid="([^"]*)"', attributes)
            if closing and title_words is not None:
                heading, title_words = re.sub(r"\n(?:[a-z]+\t)?", " ", join_lines(title_words)), None
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
        mark, tab, words = line.rpartition("\t")
        if words := " ".join(words.split()):
            lines.append(mark + tab + words)
    return "\n".join(lines)
