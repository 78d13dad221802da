"""YAML files in, plain data that knows its lines out; a YAML mistake becomes a sentence that an editor understands.

Scalars are read as YAML 1.2 and editors' language servers read them: `no`, `on`, dates and times are text, `42`, `1.10`
and `010` are numbers. Nesting, aliases and tags are refused while reading, so that no file can harm the reader.
"""

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import yaml

from generator.document import CONSTANTS, Document, Path, position
from generator.model import EDITIONS, RETIRED, SCHEMAS
from generator.problem import Place, Problem
from generator.reading.syntax_problems import Mistake, bar, explain_syntax, line_at, missing_dash, outright, stray

Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEPTH = 30
"""No file of the guidance nests deeper than six; far more is an attack or an accident."""

LINE_END = re.compile("\r\n|\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
NUMBER = re.compile(r"[-+]?(\d+|0o[0-7]+|0x[0-9a-fA-F]+|(\.\d+|\d+\.\d*)([eE][-+]?\d+)?|\d+[eE][-+]?\d+|\.(inf|nan))")
CUT = re.compile(r"(?!\s{2,}# )\s+(#.*)")
"""Words behind a `#` that may be lost by mistake: with two spaces before it and one behind, it is a note on purpose."""

REST = "The rest of this file is checked once this is mended."


def load_documents(folder: FilePath, problems: list[Problem]) -> list[Document]:
    """Every file below `folder`, in a stable order. What is wrong is added to `problems`.

    Left aside are hidden files, editors' backups, and what the generator itself keeps there.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = [path for path in paths if not path.name.startswith(".") and not path.name.endswith("~")]
    paths = [path for path in paths if path.relative_to(folder).parts[0] not in (SCHEMAS, EDITIONS)]
    if not paths:
        problems.append(Problem(Place(folder.as_posix()), "There is no guidance in this folder.", "Give its folder."))
    return [read_file(path, folder, problems) for path in paths]


def read_file(path: FilePath, folder: FilePath, problems: list[Problem]) -> Document:
    """One file, read; its `data` stays None where YAML cannot be read."""
    document = Document(path.as_posix(), path.relative_to(folder).parts)
    content = path.read_bytes()
    document.lines = content.decode("utf-8-sig", "replace").splitlines()
    if path.suffix != ".yml":
        return document
    try:
        text = decode(content)
        document.lines = text.splitlines()
        Reader(text, document, problems).read()
    except Mistake as mistake:
        place = Place(document.file, mistake.line + 1, mistake.column + 1)
        problems.append(Problem(place, mistake.message, f"{mistake.remedy} {REST}"))
    return document


def decode(content: bytes) -> str:
    """The file's text, with line ends made one, a byte-order mark dropped and no control characters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        line, column = position(before, len(before))
        message = "This character is not UTF-8: the file was saved in another encoding."
        raise Mistake(message, 'Save the file again with the encoding "UTF-8".', line, column) from None
    text = LINE_END.sub("\n", text)
    if found := CONTROL.search(text):
        line, column = position(text, found.start())
        message = f"An invisible control character (U+{ord(found[0]):04X}) stands here."
        raise Mistake(message, "Delete it, or type the words around it again.", line, column)
    return text


class Reader:
    """Turns the events of one YAML file into data, and keeps where each piece stood."""

    def __init__(self, text: str, document: Document, problems: list[Problem]) -> None:
        self.text, self.document, self.problems = text, document, problems

    def read(self) -> None:
        """Fill `document.data`, or raise Mistake."""
        if mistake := outright(self.document.lines):
            raise mistake
        try:
            self.document.data = self.values(yaml.parse(self.text, Loader=Parser))
        except yaml.MarkedYAMLError as error:
            self.document.data = None
            mark = error.problem_mark or error.context_mark
            raise explain_syntax(self.document.lines, mark.line if mark else 0) from None
        if self.document.data is None and not self.document.fits(RETIRED):
            remedy = "Fill it in as the files beside it are, or delete it."
            self.problems.append(Problem(Place(self.document.file), "The file is empty.", remedy))

    def values(self, events: Iterator[yaml.Event]) -> Any:
        """The one value of the file."""
        documents: list[Any] = []
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if documents:
                    message = "A line of three hyphens begins a second document in this file."
                    remedy = "Delete the line ---; or, where a file holds one entry, move what follows into another."
                    raise Mistake(message, remedy, *spot(event))
                documents.append(self.value(next(events), events, ()))
        return documents[0] if documents else None

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
        """The value that begins with `event`; takes from `events` up to its end."""
        if isinstance(event, yaml.MappingStartEvent):
            return self.entries(event, events, path)[0]
        self.refuse(event, path)
        self.document.places[path] = self.place(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                within = (*path, len(items))
                entry = isinstance(event, yaml.MappingStartEvent)
                items += self.entries(event, events, within) if entry else [self.value(event, events, within)]
            return items
        assert isinstance(event, yaml.ScalarEvent)
        value = scalar(event)
        if not isinstance(value, str):
            self.document.written[path] = event.value
        elif not event.style and event.end_mark:
            end = event.end_mark
            if end.line < len(self.document.lines) and (cut := CUT.match(self.document.lines[end.line], end.column)):
                self.document.cut[path] = cut[1]
        if event.style in ("|", ">"):
            self.document.blocks[path] = range(spot(event)[0] + 2, event.end_mark.line + 1 if event.end_mark else 0)
        return value

    def entries(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> list[dict[str, Any]]:
        """The fields that begin with `event`: one entry, and in a list also those behind it whose dash is missing.

        The same field twice is a problem; the first one counts.
        """
        self.refuse(event, path)
        self.document.places[path] = self.place(event)
        entries: list[dict[str, Any]] = [{}]
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            self.refuse(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                message = "Brackets or braces stand where the name of a field should."
                raise Mistake(message, "Put quotes around the words.", *spot(key))
            name, place, fields = key.value, self.place(key), entries[-1]
            # Where the line with the id is lost, an entry begins with its second field.
            nameless = "id" in fields and name in [*fields][1:2] and self.document.stands_apart(place)
            if name in fields and path and (nameless or begins_entry(name, fields, path)):
                if not nameless:
                    self.problems.append(Problem(place, *missing_dash(name)))
                path = (*path[:-1], int(path[-1]) + 1)
                self.document.places[path] = place
                entries.append({})
            elif name in fields:
                first = self.document.keys[*path, name].line
                message = f'"{name}" stands here twice; the first is on line {first}.'
                remedy = "Delete one of the two."
                if self.document.stands_apart(place):
                    remedy = "Is it left over from another entry? Then delete it, or take it there."
                self.problems.append(Problem(place, message, remedy))
                self.value(next(events), events, (*path, name, "again"))
                continue
            self.document.keys[*path, name] = place
            entries[-1][name] = self.value(next(events), events, (*path, name))
        return entries

    def refuse(self, event: yaml.Event, path: Path) -> None:
        """Stop at what the guidance has no use for and what could harm its reader."""
        if len(path) > DEPTH:
            message = f"Brackets or dashes stand more than {DEPTH} deep in one another."
            raise Mistake(message, "Delete those that are too many.", *spot(event))
        if (getattr(event, "anchor", None) or getattr(event, "tag", None)) and (
            mistake := stray(line_at(self.document.lines, spot(event)[0]))
        ):
            raise mistake
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f'A word that begins with "{sign}" is an alias in YAML; the guidance has none.'
            raise Mistake(message, self.bare(event), *spot(event))
        if getattr(event, "tag", None):
            message = 'A word that begins with "!" is a command in YAML; the guidance has none.'
            raise Mistake(message, self.bare(event), *spot(event))

    def bare(self, event: yaml.Event) -> str:
        """How to write words that cannot stand bare, in a list or behind the name of a field."""
        number, column = spot(event)
        if self.document.lines[number][:column].rstrip().endswith(("[", ",")):
            return "Put quotes around the item."
        return bar(line_at(self.document.lines, number))

    def place(self, event: yaml.Event) -> Place:
        line, column = spot(event)
        return Place(self.document.file, line + 1, column + 1)


def begins_entry(name: str, fields: dict[str, Any], path: Path) -> bool:
    """Whether a field that comes again begins another entry of a list, to which its dash is missing."""
    in_list = bool(path) and isinstance(path[-1], int)
    return in_list and len(fields) > 1 and name in ("id", next(iter(fields)))


def spot(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, counted from 0."""
    assert event.start_mark
    return event.start_mark.line, event.start_mark.column


def scalar(event: yaml.ScalarEvent) -> Any:
    """The value of a scalar: only a plain one can be other than text, and only small numbers are of use."""
    if event.style or not event.implicit[0]:
        return event.value
    if event.value.lower() in CONSTANTS and event.value in {
        event.value.lower(),
        event.value.title(),
        event.value.upper(),
    }:
        return CONSTANTS[event.value.lower()]
    if NUMBER.fullmatch(event.value):
        return int(event.value) if re.fullmatch(r"\d{1,4}", event.value) else float("nan")
    return event.value
