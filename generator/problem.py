"""A mistake as a value: where it stands, what is wrong, what to write instead."""

from dataclasses import dataclass
from pathlib import Path

LINE_LENGTH = 100
"""Of a longer line, the part around the spot is shown."""


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file. `line` and `column` count from 1, as editors do."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the YAML. `advice` is worth knowing and stops nothing."""

    place: Place
    message: str
    remedy: str
    advice: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {'advice: ' if self.advice else ''}{self.message} {self.remedy}"

    @property
    def shown(self) -> str:
        """The line that it stands on and a mark below the spot, each on a line of its own; nothing for no line."""
        path = Path(self.place.file)
        lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines() if path.is_file() else []
        line = lines[self.place.line - 1] if self.place.line <= len(lines) else ""
        start = max(0, self.place.column - 1 - LINE_LENGTH // 2) if len(line) > LINE_LENGTH else 0
        # A tab is as wide in the mark's line as in the line above it.
        before = "".join(sign if sign == "\t" else " " for sign in line[start : self.place.column - 1])
        return f"\n    {line[start : start + LINE_LENGTH]}\n    {before}^" if line.strip() else ""


class Problems(Exception):  # noqa: N818 - it holds problems
    """The one exception of the generator: everything that was found, in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def a(noun: str) -> str:
    """A noun with its article, for messages. "St" is read letter by letter."""
    return f"an {noun}" if noun[0] in "aeiou" or noun.startswith("St ") else f"a {noun}"


def begun(sentence: str) -> str:
    """A sentence with a capital letter in front."""
    return sentence[:1].upper() + sentence[1:]
