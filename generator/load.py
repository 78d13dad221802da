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
CUT = re.compile(r"\s+(#.*)")
WORD = {"": None, "~": None, "null": None, "true": True, "false": False}

FIELD = re.compile(r"^(?P<before>\s*(?:- +)*)(?P<name>[A-Za-z_]+):(?= |$)")


class Mistake(Exception):  # noqa: N818 - it is caught in this module, where a file's reading ends
    """YAML that cannot be read on from: what is wrong, what to write, and where (counted from 0)."""

    def __init__(self, message: str, remedy: str, line: int, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.remedy, self.line, self.column = message, remedy, line, column


def load(folder: FilePath, problems: list[Problem]) -> list[Document]:
    """Every file below `folder`, in a stable order. What is wrong is added to `problems`.

    Left aside are hidden files, editors' backups, and the schemas, which are made from the model.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = [path for path in paths if not path.name.startswith(".") and not path.name.endswith("~")]
    paths = [path for path in paths if path.relative_to(folder).parts[0] != "schema"]
    if not paths:
        problems.append(Problem(Place(folder.as_posix()), "There is no guidance in this folder.", "Give its folder."))
    return [read_file(path, folder, problems) for path in paths]


def read_file(path: FilePath, folder: FilePath, problems: list[Problem]) -> Document:
    """One file, read; its `data` stays None where YAML cannot be read."""
    document = Document(path.as_posix(), path.relative_to(folder).parts)
    if path.suffix != ".yml":
        return document
    content = path.read_bytes()
    document.lines = content.decode("utf-8-sig", "replace").splitlines()
    try:
        text = decode(content)
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
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x85", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    if found := CONTROL.search(text):
        line, column = (
            text.count("\n", 0, found.start()),
            found.start() - text.rfind("\n", 0, found.start()) - 1,
        )
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
        value = scalar(event)
        if not isinstance(value, str):
            self.document.written[path] = event.value
        elif not event.style and event.end_mark and (cut := CUT.match(self.line(event), event.end_mark.column)):
            self.document.cut[path] = cut[1]
        if event.style in ("|", ">"):
            self.document.blocks[path] = range(spot(event)[0] + 2, event.end_mark.line + 1 if event.end_mark else 0)
        return value

    def mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Any]:
        """Fields up to the end of a mapping. The same field twice is a problem; the first one counts."""
        fields: dict[str, Any] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            self.refuse(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                message = "Brackets or braces stand where the name of a field should."
                raise Mistake(message, "Put quotes around the words.", *spot(key))
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
            raise Mistake(message, bar(self.line(event)), *spot(event))
        if getattr(event, "tag", None):
            message = 'A word that begins with "!" is a command in YAML; the guidance has none.'
            raise Mistake(message, bar(self.line(event)), *spot(event))

    def line(self, event: yaml.Event) -> str:
        return self.document.lines[spot(event)[0]]

    def place(self, event: yaml.Event) -> Place:
        line, column = spot(event)
        return Place(self.document.file, line + 1, column + 1)


def spot(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, counted from 0."""
    assert event.start_mark
    return event.start_mark.line, event.start_mark.column


def scalar(event: yaml.ScalarEvent) -> Any:
    """The value of a scalar: only a plain one can be other than text, and only small numbers are of use."""
    if event.style or not event.implicit[0]:
        return event.value
    if event.value.lower() in WORD and event.value in {
        event.value.lower(),
        event.value.title(),
        event.value.upper(),
    }:
        return WORD[event.value.lower()]
    if NUMBER.fullmatch(event.value):
        return int(event.value) if re.fullmatch(r"\d{1,4}", event.value) else float("nan")
    return event.value


# --- What a YAML error means ---------------------------------------------------------------------------------------


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> Mistake:
    """A parser's error in an editor's words. The parser's own words are of no help; the lines where it stopped are."""
    mark = error.problem_mark or error.context_mark
    number = min(mark.line if mark else 0, max(len(lines) - 1, 0))
    opened = error.context_mark
    start = min(opened.line, number) if opened else number

    for at in range(start, number + 1):
        if odd := re.match(r" *([^\S ])", lines[at]):
            sign = "A tab" if odd[1] == "\t" else "A no-break space"
            return Mistake(f"{sign} indents this line.", "Use spaces: two for each step.", at, odd.end() - 1)
    if opened and "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or ""):
        return Mistake("A quotation mark opens here and is never closed.", bar(lines[start]), start, opened.column)
    for at in dict.fromkeys((number, start, max(number - 1, 0))):
        if mistake := value_mistake(lines[at], at) or space_mistake(lines[at], at):
            return mistake
    return indentation_mistake(lines, start if "could not find expected ':'" in (error.problem or "") else number)


def bar(line: str) -> str:
    """How to write the text of the field on this line so that nothing in it can be mistaken."""
    field = FIELD.match(line)
    return (
        f"Write a bar, and the words on the lines below, two spaces further in: {field['name'] if field else 'text'}: |"
    )


def value_mistake(line: str, number: int) -> Mistake | None:
    """What is wrong with the value of the field on this line, if that can be seen from the line alone."""
    found = re.match(r"^\s*(?:- +)*(?:[A-Za-z_]+: +)?(?=\S)", line)
    if not found:
        return None
    value, column = line[found.end() :], found.end()
    first = value[0]
    if first in "'\"":
        closing = re.match(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", value)
        if closing and value[closing.end() :].strip() and not value[closing.end() :].lstrip().startswith("#"):
            mark = "An apostrophe" if first == "'" else "A quotation mark"
            message = f"{mark} closes the quotation before the words end."
            return Mistake(message, bar(line), number, column + closing.end() - 1)
    elif first in "@`%*&!":
        return Mistake(f'Words that begin with "{first}" cannot stand bare in YAML.', bar(line), number, column)
    elif first in "[{":
        return list_mistake(line, number, value, column)
    elif first not in "|>#" and FIELD.match(line) and (colon := re.search(r":(?= |$)", value)):
        message = "A colon followed by a space stands inside the words, and YAML takes it for a field."
        return Mistake(message, bar(line), number, column + colon.start())
    return None


def list_mistake(line: str, number: int, value: str, column: int) -> Mistake | None:
    """What is wrong with a value that begins with a bracket."""
    opening, closing = value[0], "]" if value[0] == "[" else "}"
    if closing not in value:
        message = f'The list that opens here with "{opening}" has no "{closing}" on its line.'
        return Mistake(message, f'Close it with "{closing}".', number, column)
    after = value[value.rfind(closing) + 1 :].strip()
    if after and not after.startswith("#"):
        return Mistake(f'Words that begin with "{opening}" are read as a list.', bar(line), number, column)
    if odd := re.search(r"[\[,]\s*([^\s,'\"\]][^,'\"\]]*[?:{}&*!%@`][^,\]]*|[?&*!%@`][^,\]]*)", value):
        words = odd[1].strip()
        message = f'"{words}" cannot stand bare in a list.'
        return Mistake(message, f'Put quotes around it: "{words}".', number, column + odd.start(1))
    return None


def space_mistake(line: str, number: int) -> Mistake | None:
    """A space that is missing after a dash or a colon."""
    if dash := re.match(r"^\s*-(?=[A-Za-z])", line):
        return Mistake("A space is missing after the dash.", "Write: dash, space, words.", number, dash.end() - 1)
    if colon := re.match(r"^\s*(?:- +)?[a-z_]+:(?=[^\s/])", line):
        return Mistake(
            "A space is missing after the colon.",
            "Write: name, colon, space, words.",
            number,
            colon.end() - 1,
        )
    return None


def indentation_mistake(lines: list[str], number: int) -> Mistake:
    """A line that stands too far in or not far enough: what it could stand below."""
    column = len(lines[number]) - len(lines[number].lstrip())
    for above in range(number - 1, -1, -1):
        if field := FIELD.match(lines[above]):
            depth, name = len(field["before"]), field["name"]
            if column <= depth and re.search(r": +[|>][-+]?\s*$", lines[above]) and not FIELD.match(lines[number]):
                message = f'The words of "{name}" are not further in than its name on line {above + 1}.'
                return Mistake(message, f"Put {depth + 2} spaces before each line of them.", number, column)
            message = (
                f"This line has {column} space{'' if column == 1 else 's'} before it, which fits nothing above it."
            )
            remedy = f'Fields of one entry stand exactly below one another: "{name}" on line {above + 1} has {depth}.'
            return Mistake(message, remedy, number, column)
    return Mistake("This line belongs to no field.", "Write: name, colon, space, words.", number, column)
