"""YAML files in, plain data that knows its lines out; a YAML mistake becomes a sentence that an editor understands.

Scalars are read as YAML 1.2 and editors' language servers read them: `no`, `on`, dates and times are text, `42`, `1.10`
and `010` are numbers. Nesting, aliases and tags are refused while reading, so that no file can harm the reader.
"""

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import yaml

from generator.document import Document, Path
from generator.problem import Place, Problem

Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEPTH = 30
"""No file of the guidance nests deeper than six; far more is an attack or an accident."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
NUMBER = re.compile(r"[-+]?(\d+|0o[0-7]+|0x[0-9a-fA-F]+|(\.\d+|\d+\.\d*)([eE][-+]?\d+)?|\d+[eE][-+]?\d+|\.(inf|nan))")
WORD = {"": None, "~": None, "null": None, "true": True, "false": False}

BAR = "Write a bar, and the words on the lines below, two spaces further in: text: |"


class Mistake(Exception):  # noqa: N818 - it is caught in this module, where a file's reading ends
    """YAML that cannot be read on from: what is wrong, what to write, and where (counted from 0)."""

    def __init__(self, message: str, remedy: str, line: int, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.remedy, self.line, self.column = message, remedy, line, column


def load(folder: FilePath, problems: list[Problem]) -> list[Document]:
    """Every YAML file below `folder`, in a stable order. What is wrong is added to `problems`."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".yaml") and path.is_file())
    return [read_file(path, folder, problems) for path in files]


def read_file(path: FilePath, folder: FilePath, problems: list[Problem]) -> Document:
    """One file, read; its `data` stays None where YAML cannot be read."""
    document = Document(path.as_posix(), path.relative_to(folder).parts)
    try:
        text = decode(path.read_bytes())
        document.lines = text.splitlines()
        Reader(text, document, problems).read()
    except Mistake as mistake:
        place = Place(document.file, mistake.line + 1, mistake.column + 1)
        problems.append(Problem(place, mistake.message, mistake.remedy))
    return document


def decode(content: bytes) -> str:
    """The file's text, with line ends made one, a byte-order mark dropped and no control characters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        message = "This character is not UTF-8: the file was saved in another encoding."
        raise Mistake(message, 'Save the file again with the encoding "UTF-8".', line, column) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if found := CONTROL.search(text):
        line, column = text.count("\n", 0, found.start()), found.start() - text.rfind("\n", 0, found.start()) - 1
        message = f"An invisible control character (U+{ord(found[0]):04X}) stands here."
        raise Mistake(message, "Delete it, or type the words around it again.", line, column)
    return text


class Reader:
    """Turns the events of one YAML file into data, and keeps where each piece stood."""

    def __init__(self, text: str, document: Document, problems: list[Problem]) -> None:
        self.text, self.document, self.problems = text, document, problems

    def read(self) -> None:
        """Fill `document.data`, or raise Mistake."""
        try:
            events = yaml.parse(self.text, Loader=Parser)
            self.document.data = self.values(event for event in events)
        except yaml.MarkedYAMLError as error:
            self.document.data = None
            raise explain(error, self.document.lines) from None
        if self.document.data is None:
            raise Mistake("The file is empty.", "Fill it in as the files beside it are, or delete it.", 0)

    def values(self, events: Iterator[yaml.Event]) -> Any:
        """The one value of the file."""
        documents: list[Any] = []
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if documents:
                    message = "A line of three hyphens begins a second document in this file."
                    raise Mistake(message, "Delete the line ---; one file holds one list or one entry.", *spot(event))
                documents.append(self.value(next(events), events, ()))
        return documents[0] if documents else None

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
        """The value that begins with `event`; takes from `events` up to its end."""
        self.refuse(event, path)
        self.document.places[path] = self.place(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self.value(event, events, (*path, len(items))))
            return items
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        assert isinstance(event, yaml.ScalarEvent)
        if event.style in ("|", ">"):
            self.document.blocks[path] = range(event.start_mark.line + 2, event.end_mark.line + 1)
        return scalar(event)

    def mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Any]:
        """Fields up to the end of a mapping. The same field twice is a problem; the first one counts."""
        fields: dict[str, Any] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            self.refuse(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                message = "Brackets or braces stand where the name of a field should."
                raise Mistake(message, f"{BAR} Or put quotes around the words.", *spot(key))
            name, place = key.value, self.place(key)
            if name in fields:
                first = self.document.keys[*path, name].line
                message = f'"{name}" stands here twice; the first is on line {first}.'
                self.problems.append(Problem(place, message, "Delete one of the two."))
                self.value(next(events), events, (*path, name, "again"))
                continue
            self.document.keys[*path, name] = place
            fields[name] = self.value(next(events), events, (*path, name))
        return fields

    def refuse(self, event: yaml.Event, path: Path) -> None:
        """Stop at what the guidance has no use for and what could harm its reader."""
        if len(path) > DEPTH:
            message = f"Brackets or dashes stand more than {DEPTH} deep in one another."
            raise Mistake(message, "Delete those that are too many.", *spot(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f'A word that begins with "{sign}" is an alias in YAML; the guidance has none.'
            raise Mistake(message, BAR, *spot(event))
        if tag := getattr(event, "tag", None):
            message = f'A word that begins with "!" ({tag}) is a command in YAML; the guidance has none.'
            raise Mistake(message, BAR, *spot(event))

    def place(self, event: yaml.Event) -> Place:
        line, column = spot(event)
        return Place(self.document.file, line + 1, column + 1)


def spot(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, counted from 0."""
    return event.start_mark.line, event.start_mark.column


def scalar(event: yaml.ScalarEvent) -> Any:
    """The value of a scalar: only a plain one can be other than text."""
    if event.style or not event.implicit[0]:
        return event.value
    if event.value.lower() in WORD and event.value in {event.value.lower(), event.value.title(), event.value.upper()}:
        return WORD[event.value.lower()]
    if NUMBER.fullmatch(event.value):
        return int(event.value) if re.fullmatch(r"[-+]?\d+", event.value) else float_or_int(event.value)
    return event.value


def float_or_int(number: str) -> float:
    return float(int(number, 0)) if number[:2] in ("0o", "0x") else float(number.replace(".inf", "inf").replace(".nan", "nan"))


# --- What a YAML error means ---------------------------------------------------------------------------------------

FIELD = re.compile(r"^(?P<before>\s*(?:- +)*)(?P<name>[A-Za-z_]+):(?P<value> .*|)$")


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> Mistake:
    """A parser's error in an editor's words. The parser's own words are of no help; the line it stopped at is."""
    mark = error.problem_mark or error.context_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    number = min(number, max(len(lines) - 1, 0))
    start = error.context_mark.line if error.context_mark else number
    said = f"{error.context or ''} {error.problem or ''}"

    for at in range(min(start, number), number + 1):
        if tab := re.match(r" *\t", lines[at]):
            return Mistake("A tab indents this line.", "Use spaces: two for each step.", at, tab.end() - 1)
    if "quoted scalar" in said and "end of stream" in said:
        column = error.context_mark.column if error.context_mark else 0
        return Mistake("A quotation mark opens here and is never closed.", BAR, start, column)
    for at in (number, start, number - 1):
        if 0 <= at < len(lines) and (mistake := value_mistake(lines[at], at)):
            return mistake
    before = lines[number - 1] if number else ""
    if glued := re.match(r"^(\s*(?:- +)?[a-z_]+):(?=\S)(?!//)", lines[start]):
        return Mistake("A space is missing after the colon.", "Write: name, colon, space, words.", start, glued.end() - 1)
    if re.match(r"^\s*-\S", lines[number]) and not lines[number].lstrip().startswith("---"):
        column = lines[number].index("-")
        return Mistake("A space is missing after the dash.", "Write: dash, space, words.", number, column)
    if "could not find expected ':'" in said:
        column = len(lines[start]) - len(lines[start].lstrip())
        message = "This line belongs to no field: a colon is missing, or it is not as far in as the words before it."
        return Mistake(message, "Move it as far in as the text that it continues, or write: name, colon, words.", start, column)
    column = len(lines[number]) - len(lines[number].lstrip())
    above = len(before) - len(before.lstrip())
    message = f"This line is indented by {column} spaces, which fits nothing above it."
    remedy = f"The line above is indented by {above}. Put the fields of one entry exactly below one another."
    return Mistake(message, remedy, number, column)


def value_mistake(line: str, number: int) -> Mistake | None:
    """What is wrong with the value of the field on this line, if that can be seen from the line alone."""
    found = re.match(r"^\s*(?:- +)*(?:[A-Za-z_]+: +)?(?=\S)", line)
    if not found:
        return None
    value, column = line[found.end() :], found.end()
    first = value[:1]
    if first in "'\"":
        closing = re.match(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", value)
        if closing and value[closing.end() :].strip() and not value[closing.end() :].lstrip().startswith("#"):
            mark = "An apostrophe" if first == "'" else "A quotation mark"
            message = f"{mark} closes the quotation before the words end."
            return Mistake(message, BAR, number, column + closing.end() - 1)
    if first in "@`%":
        return Mistake(f'Words that begin with "{first}" cannot stand bare in YAML.', BAR, number, column)
    if first in "[{":
        closing_sign = "]" if first == "[" else "}"
        after = value[value.rfind(closing_sign) + 1 :].strip() if closing_sign in value else None
        if after and not after.startswith("#"):
            message = f'Words that begin with "{first}" are read as a list.'
            return Mistake(message, BAR, number, column)
        if after is None:
            message = f'The list that opens here with "{first}" has no "{closing_sign}" on its line.'
            return Mistake(message, f'Close it with "{closing_sign}".', number, column)
        if odd := re.search(r"[\[,]\s*([^\s,'\"\]][^,'\"\]]*[?:{}&*!%@`][^,\]]*)", value):
            message = f'"{odd[1].strip()}" cannot stand bare in a list.'
            return Mistake(message, f'Put quotes around it: "{odd[1].strip()}".', number, column + odd.start(1))
    elif first not in "'\"|>#" and (colon := re.search(r":(?= |$)", value)) and line[:column].strip(" -"):
        message = "A colon followed by a space stands inside the words, and YAML takes it for a field."
        return Mistake(message, BAR, number, column + colon.start())
    return None
