"""Find the language of each text on a page: the one that its HTML states, and the one that its words belong to."""

import re
from html.parser import HTMLParser
from pathlib import Path

from generator.guidance import Guidance
from generator.text import Name

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
SPOKEN = ("aria-label", "placeholder", "title", "alt")
"""Attributes that readers see or hear."""
CODE = {"script", "style", "code", "pre"}

TELLING = {
    "en": {"the", "and", "of", "with", "for", "that", "this", "from", "are", "our", "your", "not", "has", "have", "it"},
    "cy": {"yn", "yr", "mae", "wedi", "sydd", "gan", "eich", "ein", "hyn", "gyda", "gweithredu", "tudalen", "wefan"},
}
"""Words of each language that the other doesn't have."""


class Spoken(HTMLParser):
    """The texts of a page with their language: those between tags, and those of attributes that readers see or hear.

    `texts` has pairs of a language and a text. Code is left out.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.links: list[dict[str, str | None]] = []
        self.feed(html)

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        language = values.get("lang") or self.language
        self.texts += [(language, " ".join((values[name] or "").split())) for name in SPOKEN if values.get(name)]
        if tag == "meta" and values.get("name") == "description":
            self.texts.append((language, values["content"] or ""))
        if tag == "a" and "hreflang" in values:
            self.links.append(values)
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not CODE & {tag for tag, _ in self.open}:
            self.texts.append((self.language, " ".join(data.split())))


def read_spoken(page: Path) -> Spoken:
    """Return the texts of a page."""
    return Spoken(page.read_text(encoding="utf-8"))


def find_names(guidance: Guidance) -> list[str]:
    """Return the names that are the same in every language, the longest first: a text may have them."""
    names = {"English", "Cymraeg", "Cymraeg Clir", "Atom", "Data Package", "Python", "Escape", "Tab", "Nu"}
    for top in guidance.tops:
        names.add(str(top.label))
        for entry in top.within():
            names |= {text.plain for _, text in entry.texts() if type(text) is Name}
            names |= {str(name) for field in ("area", "place") if (name := getattr(entry, field, None))}
    for source in guidance.sources:
        names.add(source.publisher.plain)
    return sorted(names, key=len, reverse=True)


def find_telling_words(text: str, language: str, names: list[str]) -> set[str]:
    """Return the words of a text, without names, that show that it is in a language."""
    text = re.sub(r"\S*/\S*", "·", text)  # addresses and files
    for name in names:
        text = text.replace(name, "·")
    return TELLING[language] & set(re.findall(r"[^\W\d_]+", text.lower()))
