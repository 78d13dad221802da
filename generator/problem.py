"""A problem in the YAML: where it is, what is wrong, and what to write instead."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LINE_LENGTH = 100
"""Characters shown of a line with a problem: the part around it."""


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a file. `line` and `column` count from 1, as editors do."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One problem: a mistake, which stops the build, or advice, which doesn't."""

    place: Place
    message: str
    remedy: str
    advice: bool = False
    stops_reading: bool = False
    """Whether the file could not be read because of it. Such problems are listed first."""

    def __str__(self) -> str:
        return f"{self.place}: {'advice: ' if self.advice else ''}{self.message} {self.remedy}"

    @property
    def excerpt(self) -> str:
        """The line with the problem, and below it a line with a mark; empty if there is no such line."""
        lines: list[str] = []
        with suppress(OSError):
            path = Path(self.place.file)
            lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines() if path.is_file() else []
        line = lines[self.place.line - 1] if self.place.line <= len(lines) else ""
        start = max(0, self.place.column - 1 - LINE_LENGTH // 2) if len(line) > LINE_LENGTH else 0
        # A tab is as wide in the mark's line as in the line above it.
        before = "".join(sign if sign == "\t" else " " for sign in line[start : self.place.column - 1])
        is_readable = line.strip() and "\0" not in line
        return f"\n    {line[start : start + LINE_LENGTH]}\n    {before}^" if is_readable else ""


class Problems(Exception):  # noqa: N818 - it contains problems
    """Raised with every problem that was found, in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda problem: (not problem.stops_reading, problem))
        super().__init__("\n".join(map(str, self.problems)))


def with_article(noun: str) -> str:
    """Return a noun with "a" or "an". "St" is read letter by letter."""
    return f"an {noun}" if noun[0] in "aeiou" or noun.startswith("St ") else f"a {noun}"


def capitalise(sentence: str) -> str:
    """Return a sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
