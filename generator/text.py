"""Texts of the guidance, the Commissioner's or ours, as plain text and as HTML."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import ClassVar

from markupsafe import Markup, escape
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LINK = re.compile(r"\[([^\[\]]+)\]\(((?:[^()\s]|\([^()\s]*\))*)\)")
TARGET = re.compile(r"https?://[\w-]+(\.[\w-]+)+([:/?#]|$)|mailto:.+@.+\..+")
"""What a link can lead to: a page, on a host with a dot in its name, or a mailbox."""
ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\"'.,;:!?)\]]")

MAX_ID_LENGTH = 80
"""The most characters that an id can have. It leaves room for `.html`, and for folders inside a zip on Windows."""
RESERVED_BY_WINDOWS = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
FRAME_IDS = ("query", "results")
"""HTML ids that every page has, besides those that begin with underscores."""
BLANK = "…"
"""The placeholder in a new entry for words or an id."""
PLAIN = re.compile(r"[A-Z](\w|[ ’(),-](?! ))*", re.ASCII)
"""A title that needs no quotes."""


def make_id(title: str) -> str:
    """Return an id made from a title: its words in lower case, without accents, with hyphens between them."""
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", title.casefold()))
    words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    return "-".join(words)[:MAX_ID_LENGTH].rstrip("-")


def find_reason_against(key: str) -> str:
    """Return why a well-formed id cannot be used; empty if it can."""
    if key == "index":
        return "the pages of lists have this name"
    if key in FRAME_IDS:
        return "the search of every page has this name"
    if RESERVED_BY_WINDOWS.fullmatch(key):
        return "Windows cannot store a file with this name"
    if len(key) > MAX_ID_LENGTH:
        return f"it has {len(key)} characters, more than {MAX_ID_LENGTH}"
    return ""


def quote_title(title: str) -> str:
    """Return a title in quotes if YAML needs them to read it as text."""
    return title if PLAIN.fullmatch(title) else json.dumps(title, ensure_ascii=False)


class Words(str):
    """Plain words in another language than the page's. HTML marks them with their language."""

    language: str

    def __new__(cls, words: str, language: str) -> "Words":
        """`language` is an ISO 639-1 code."""
        made = super().__new__(cls, words)
        made.language = language
        return made

    def __html__(self) -> Markup:
        return Markup(f'<span lang="{escape(self.language)}">{escape(unmark(self))}</span>')


def unmark(words: str) -> str:
    """Return words without the mark of their language, for places that can't have one, such as attributes."""
    return words if isinstance(words, Markup) else str(words)


def mark_language(words: str) -> Markup:
    """Return the `lang` attribute for words in another language than the page's; else nothing."""
    language = getattr(words, "language", "")
    return Markup(f' lang="{escape(language)}"') if language else Markup("")


class Text(str):
    """A text of one or more paragraphs, which blank lines separate. Other line breaks become spaces.

    `[words](address)` is a link; `[words]()` is a link that lost its address.
    """

    language: str = ""
    """The language of the text if it isn't the page's; else empty."""
    original: "Text | None" = None
    """The English of a translation."""
    source: str = ""
    """The id of the source of an official translation."""
    reviewer: str = ""
    """Who has reviewed a translation of ours; empty if nobody has."""

    official: ClassVar[bool] = False
    """Whether these are the Commissioner's words or ours."""
    exact: ClassVar[bool] = False
    """Whether the words are copied exactly, and stay as published unless an entry says why."""

    def __new__(cls, words: str) -> "Text":
        """Make a text of what YAML reads. All white space, no-break spaces too, becomes single spaces."""
        paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", words.strip()))
        return super().__new__(cls, "\n\n".join(paragraphs))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls._of, core_schema.str_schema(strict=True))

    @classmethod
    def _of(cls, words: str) -> "Text":
        text = cls(words)
        if not text or text == BLANK:
            raise PydanticCustomError("empty", "empty")
        for link in LINK.finditer(text):
            if link[2] and (BLANK in link[2] or not TARGET.match(link[2])):
                raise PydanticCustomError("address", "address", {"address": link[2], "words": link[1]})
        if any("](" in LINK.sub("", paragraph) for paragraph in text.paragraphs):
            raise PydanticCustomError("link", "link")
        return text

    @property
    def paragraphs(self) -> list[str]:
        return self.split("\n\n")

    @property
    def plain(self) -> str:
        """The words alone, without brackets and addresses of links."""
        return self.quote(LINK.sub(r"\1", self))

    def quote(self, words: str) -> str:
        """Return words of this text with the mark of its language."""
        return Words(words, self.language) if self.language else words

    @property
    def runs(self) -> list[list[tuple[str, str]]]:
        """Each paragraph as pieces of words, with the address that they link to or an empty string."""
        return [list(split_links(paragraph)) for paragraph in self.paragraphs]

    @property
    def html(self) -> Markup:
        """The text as HTML: a `p` for each paragraph, with its links. Nothing else turns links in texts into HTML."""
        inner = (Markup("").join(make_link(*run) for run in paragraph) for paragraph in self.runs)
        return Markup("\n").join(Markup(f"<p{mark_language(self)}>{each}</p>") for each in inner)

    @property
    def links(self) -> list[tuple[str, str]]:
        """The words and the address of each link; the address is empty if it is lost."""
        return LINK.findall(self)

    @property
    def lost_links(self) -> list[str]:
        """The words of each link that lost its address."""
        return [words for words, address in self.links if not address]


class Name(Text):
    """The name of an organisation or a place, which is mostly the same in every language."""


class Official(Text):
    """The Commissioner's words: copy them exactly."""

    official = True
    exact = True


class Quoted(Text):
    """The words or figures of a source: copy them exactly."""

    exact = True


def split_links(words: str) -> Iterator[tuple[str, str]]:
    """Yield the words of one paragraph piece by piece, each with the address that it links to or an empty string."""
    end = 0
    for link in re.finditer(f"{LINK.pattern}|{ADDRESS.pattern}", words):
        if link.start() > end:
            yield words[end : link.start()], ""
        yield (link[1], link[2]) if link[1] else (link[0], link[0])
        end = link.end()
    if end < len(words):
        yield words[end:], ""


def make_link(words: str, address: str) -> Markup:
    """Return words as HTML, with their link if they have an address."""
    if not address:
        return escape(words)
    looks = ' class="address"' if words == address else ""
    return Markup(f'<a{looks} href="{escape(address)}">{escape(words)}</a>')
