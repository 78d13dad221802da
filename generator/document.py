"""A YAML file as plain data that knows its lines."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from generator.problem import Place

Path = tuple[str | int, ...]
"""The way to a value in a document: field names and list positions, from the top."""

INVISIBLE = "\u00a0\u00ad\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u2069\u3000\ufeff"
"""The signs that look like a space or like nothing and that YAML takes for letters, for use inside [ ] of a pattern."""

CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
"""Plain words that YAML 1.2 reads as nothing, true or false, in lower case."""

ID = re.compile(r"(?<!\w)id\W+([a-z0-9-]+)")
"""An id, its dash, colon or spaces right or wrong, at the beginning of a line or behind what has got before it."""


def invisible(sign: str) -> tuple[str, str]:
    """What to say of such a sign outside words, and what to do."""
    name = {"\u00a0": "no-break space", "\ufeff": "byte-order mark"}.get(sign) or unicodedata.name(sign, "sign").lower()
    name = name.replace("zero width", "zero-width")
    message = f"An invisible character ({name}, U+{ord(sign):04X}) stands here."
    return message, "Delete it, and type a plain space if one belongs there."


@dataclass
class Document:
    """One file of the guidance, read.

    `file` is its path as people write it, `parts` the same below the guidance's folder.
    `data` is None when the file could not be read.
    """

    file: str
    parts: tuple[str, ...]
    lines: list[str] = field(default_factory=list)
    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    """Where each value stands."""
    keys: dict[Path, Place] = field(default_factory=dict)
    """Where the name of each field stands."""
    blocks: dict[Path, range] = field(default_factory=dict)
    """The lines, counted from 1, of each text written below a bar."""
    written: dict[Path, str] = field(default_factory=dict)
    """What is written where YAML reads a number, true, false or nothing."""
    cut: dict[Path, str] = field(default_factory=dict)
    """What stands behind words without quotes and is lost to them, from the `#` on."""

    def fits(self, pattern: str) -> bool:
        """Whether this is one of the files that a pattern of the model means."""
        parts = pattern.split("/")
        return len(parts) == len(self.parts) and all(map(fnmatchcase, self.parts, parts))

    @property
    def ids(self) -> Iterator[str]:
        """Every id that it seems to give, whether or not it could be read: those of its folder and its name too."""
        yield self.parts[-1].split(".")[0]
        yield from self.parts[-2:-1]
        yield from (found[1] for line in self.lines for found in ID.finditer(line))

    def place(self, path: Path = ()) -> Place:
        """Where the value at `path` stands; for one that is missing, where it would."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, Place(self.file))

    def place_in(self, text: str, index: int, first_line: int = 1) -> Place:
        """Return the place of the character at `index` in `text`, which starts in `first_line` of the file."""
        lines = text[:index].split("\n")
        return Place(self.file, first_line + len(lines) - 1, len(lines[-1]) + 1)

    def lines_of(self, path: Path) -> range:
        """The lines, counted from 1, from where an item of a list begins to the one before the next item."""
        *above, position = path
        following = self.places.get((*above, int(position) + 1))
        return range(self.place(path).line, following.line if following else len(self.lines) + 1)

    def spot(self, path: Path, words: str) -> Place:
        """Where `words` stand inside the text at `path`, or where the text begins."""
        place = self.place(path)
        for number in self.blocks.get(path, range(place.line, place.line + 1)):
            start = place.column - 1 if number == place.line else 0
            column = self.lines[number - 1].find(words, start) if number <= len(self.lines) else -1
            if column >= 0:
                return Place(self.file, number, column + 1)
        return place

    def stands_apart(self, place: Place) -> bool:
        """Whether a blank line stands above a spot."""
        return place.line > 1 and not self.lines[place.line - 2].strip()

    def key_place(self, path: Path) -> Place:
        """Where the name of the field at `path` stands."""
        return self.keys.get(path) or self.place(path)
