"""Read a line of YAML as dashes, the name of a field and its value, which also works in files that YAML can't read.

Line numbers and columns count from 0 here. Only those of a Place count from 1.
"""

import re
from dataclasses import dataclass

from generator.document import Document
from generator.fields import fields_of, required_fields
from generator.model import FILES, NAMES, every_kind
from generator.problem import Problem

FIELDS = [field for kind in every_kind() for field in fields_of(kind).values()]
LISTS = {field.name for field in FIELDS if field.is_list}
"""The fields that contain a list."""
WORDS = {field.name for field in FIELDS if field.is_text} - LISTS
"""The fields that contain text, which can always be written below a bar."""
FIRST = {
    required_fields(kind)[0]
    for kind in every_kind()
    if required_fields(kind) and (kind not in FILES.values() or "id" in kind.model_fields)
}
"""The fields that the entries of lists begin with."""

FIELD_LINE = re.compile(
    r" *(?P<dashes>(?:-(?: +|$))*)(?:(?P<name>[A-Za-z_](?:[^:#]|:(?=\S)|(?<=\S)#)*?):(?=\s|$))?[ \t]*"
)
"""Dashes, the name of a field and its colon: a line up to its value."""
COMMENT = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True)
class Line:
    """A line, as it reads where it isn't inside a text, a quotation or a list in brackets."""

    document: Document
    number: int
    dashes: list[int]
    """The column of each dash."""
    name: str
    """The name of the field, or an empty string."""
    indent: int
    """The column of the name or, without a name, of the value."""
    value: str
    """What comes after the dashes, the name and its colon, without a comment."""
    value_at: int
    """The column of the value."""

    @property
    def is_field(self) -> bool:
        """Whether the guidance has a field of this name."""
        return self.name in NAMES

    @property
    def has_bar(self) -> bool:
        """Whether its text is in the lines below, after a bar."""
        return bool(re.fullmatch(r"[|>][-+\d]*", self.value))

    @property
    def is_bare(self) -> bool:
        """Whether its value has neither quotation marks nor brackets around it, nor a bar."""
        return bool(self.value) and self.value[0] not in "'\"[{" and not self.has_bar

    def problem(self, message: str, remedy: str, at: int) -> Problem:
        """Return a problem that is `at` characters after the start of this line, be it in this line or below."""
        text = "\n".join(self.document.lines[self.number :])
        return Problem(self.document.place_in(text, at, self.number + 1), message, remedy)


def read_line(document: Document, number: int) -> Line:
    """Return the line of a document with this number."""
    text = document.lines[number]
    found = FIELD_LINE.match(text)
    assert found
    value = text[found.end() :]
    if value[:1] not in ("'", '"', "[", "{"):
        value = COMMENT.split(value)[0].rstrip()
    dashes = [column for column in range(*found.span("dashes")) if text[column] == "-"]
    name = found["name"] or ""
    return Line(document, number, dashes, name, found.start("name") if name else found.end(), value, found.end())


def indent_of(text: str) -> int:
    """Return the number of spaces that a line starts with."""
    return len(text) - len(text.lstrip(" "))
