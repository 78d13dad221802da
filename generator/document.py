"""A YAML file as plain data, with the place of each value in the file."""

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
"""Characters that look like a space or like nothing, but that YAML reads as letters. For use in [ ] of a pattern."""

CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
"""Words that YAML 1.2 reads as null, true or false, in lower case."""

ID = re.compile(r"(?<!\w)id\W+([a-z0-9-]+)")
"""An id, even if its dash, colon or spaces are wrong or something else comes before it on the line."""

TRANSLATED = re.compile(r"(.+)\.([a-z]{2})(\.yml)")
"""The name of a file with translations: that of the English file, with a language before its ending."""


def invisible(sign: str) -> tuple[str, str]:
    """Return the message and the remedy for an invisible character outside a text."""
    name = {"\u00a0": "no-break space", "\ufeff": "byte-order mark"}.get(sign) or unicodedata.name(sign, "sign").lower()
    name = name.replace("zero width", "zero-width")
    message = f"There is an invisible character ({name}, U+{ord(sign):04X}) here."
    return message, "Delete it, and type a normal space if you need one."


@dataclass
class Document:
    """One file of the guidance."""

    file: str
    """Its path, for messages."""
    parts: tuple[str, ...]
    """Its path from the folder of the guidance."""
    lines: list[str] = field(default_factory=list)
    data: Any = None
    """What YAML reads; None if it cannot be read."""
    is_unread: bool = False
    """Whether the file could not be read, or has nothing in it that its entries could be made of."""
    places: dict[Path, Place] = field(default_factory=dict)
    """The place of each value."""
    keys: dict[Path, Place] = field(default_factory=dict)
    """The place of each field's name."""
    blocks: dict[Path, range] = field(default_factory=dict)
    """The lines, counted from 1, of each text below a bar."""
    ends: dict[Path, int] = field(default_factory=dict)
    """The last line, counted from 1, of each text on several lines that is not below a bar."""
    written: dict[Path, str] = field(default_factory=dict)
    """The characters in the file where YAML reads a number, true, false or null."""
    cut: dict[Path, str] = field(default_factory=dict)
    """What YAML leaves out after a text without quotes: from a `#` to the end of the line."""

    @property
    def root(self) -> str:
        """The path of the folder of the guidance, with a slash at its end."""
        return self.file.removesuffix("/".join(self.parts))

    def matches(self, pattern: str) -> bool:
        """Return whether the path of this file matches a pattern of `model.FILES`."""
        parts = pattern.split("/")
        return len(parts) == len(self.parts) and all(map(fnmatchcase, self.parts, parts))

    def may_contain(self, pattern: str) -> bool:
        """Return whether this is such a file, or a folder that could not be read and may contain such files."""
        is_folder = not self.file.endswith(".yml")
        parts = pattern.split("/")[: len(self.parts) if is_folder else None]
        return len(parts) == len(self.parts) and all(map(fnmatchcase, self.parts, parts))

    @property
    def ids(self) -> Iterator[str]:
        """Every id that the file seems to have, even if it cannot be read. Its name and its folder may be ids, too."""
        yield self.parts[-1].removesuffix(".yml")
        yield from self.parts[-2:-1]
        yield from (found[1] for line in self.lines for found in ID.finditer(line))

    def place(self, path: Path = ()) -> Place:
        """Return the place of the value at `path`; if there is none, of the entry that it belongs to."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, Place(self.file))

    def place_in(self, text: str, index: int, first_line: int = 1) -> Place:
        """Return the place of the character at `index` in `text`, which starts in `first_line` of the file."""
        lines = text[:index].split("\n")
        return Place(self.file, first_line + len(lines) - 1, len(lines[-1]) + 1)

    def lines_of(self, path: Path) -> range:
        """Return the lines, counted from 1, of an item of a list, up to the next item; without a path, all lines."""
        if not path:
            return range(1, len(self.lines) + 1)
        *above, position = path
        following = self.places.get((*above, int(position) + 1))
        return range(self.place(path).line, following.line if following else len(self.lines) + 1)

    def find_words(self, path: Path, words: str, after: str = "") -> Place:
        """Return the place of `words` in the text at `path`, or of the text if they are not found as written.

        `after` is the text before them, if they may be in it, too.
        """
        place = self.place(path)
        numbers = self.blocks.get(path, range(place.line, self.ends.get(path, place.line) + 1))
        start = place.column - 1 if numbers.start == place.line else 0
        text = "\n".join(self.lines[numbers.start - 1 : numbers.stop - 1])
        # A text is on several lines, and a space in it may be a line break there.
        before, pattern = (r"\s+".join(map(re.escape, re.split("[ \n]+", part))) for part in (after, words))
        found = re.compile(rf"{before}\s*({pattern})").search(text, start)
        return self.place_in(text, found.start(1), numbers.start) if found else place

    def follows_blank_line(self, place: Place) -> bool:
        """Return whether the line above a place is blank."""
        return place.line > 1 and not self.lines[place.line - 2].strip()

    def key_place(self, path: Path) -> Place:
        """Return the place of the name of the field at `path`."""
        return self.keys.get(path) or self.place(path)
