"""A YAML file as plain data that knows its lines."""

from dataclasses import dataclass, field
from typing import Any

from generator.problem import Place

Path = tuple[str | int, ...]
"""The way to a value in a document: field names and list positions, from the top."""


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

    def place(self, path: Path = ()) -> Place:
        """Where the value at `path` stands; for one that is missing, where it would."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, Place(self.file))

    def spot(self, path: Path, words: str) -> Place:
        """Where `words` stand inside the text at `path`, or where the text begins."""
        place = self.place(path)
        for number in self.blocks.get(path, range(place.line, place.line + 1)):
            column = self.lines[number - 1].find(words) if number <= len(self.lines) else -1
            if column >= 0:
                return Place(self.file, number, column + 1)
        return place

    def key_place(self, path: Path) -> Place:
        """Where the name of the field at `path` stands."""
        return self.keys.get(path) or self.place(path)
