"""Read YAML files into plain data that knows its lines. If YAML can't read a file, say what an editor has to fix.

Values are read as in YAML 1.2 and as the language servers of editors read them: `no`, `on`, dates and times are text;
`42`, `1.10` and `010` are numbers. Deep nesting, aliases and tags are refused while reading, so no file can do harm.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import yaml

from generator.document import CONSTANTS, Document, Path
from generator.model import EDITIONS, RETIRED, SCHEMAS
from generator.problem import Place, Problem, Problems
from generator.reading.nesting_problems import find_sign_before_field
from generator.reading.syntax_messages import QUOTE_ITEM, missing_dash, write_below_bar
from generator.reading.syntax_problems import find_problem_before_parsing, find_syntax_problem
from generator.reading.yaml_lines import read_line

Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 30
"""No file of the guidance is nested deeper than six levels. Many more are an attack or an accident."""
TOO_DEEP = (
    f"There are more than {MAX_DEPTH} levels of brackets or dashes inside one another.",
    "Delete the extra ones.",
)

LINE_END = re.compile("\r\n|\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
NUMBER = re.compile(r"[-+]?(\d+|0o[0-7]+|0x[0-9a-fA-F]+|(\.\d+|\d+\.\d*)([eE][-+]?\d+)?|\d+[eE][-+]?\d+|\.(inf|nan))")
CUT = re.compile(r"(?!\s{2,}# )\s+(#.*)")
"""What YAML takes for a comment, perhaps against the editor's will. With two spaces before `#` and one after it, it's
meant as one."""

REST = "The rest of the file has not been checked yet."
MAX_SIZE = 1_000_000
"""In bytes. No file of the guidance has more than 20,000. Checking a huge one could take minutes."""
LEFT_BEHIND = re.compile(
    r"\..*|~.*|.*~|.*\.(tmp|swp|lnk)|desktop\.ini|(eh)?thumbs\.db|icon\r|"
    r"__macosx|\$recycle\.bin|system volume information|lost\+found",
    re.IGNORECASE | re.DOTALL,
)
"""The names of files and folders that Windows, macOS, OneDrive, editors and git leave behind, and hidden ones."""


def load_documents(folder: FilePath, problems: list[Problem]) -> list[Document]:
    """Read all files in `folder` in a stable order, and add what is wrong to `problems`.

    The schemas, the records of published editions and what other programs leave behind are skipped.
    """
    paths = sorted(find_files(folder))
    if not paths:
        message = "There is no guidance in this folder."
        problems.append(Problem(Place(folder.as_posix()), message, "Use the folder that contains it."))
    return [read_file(path, folder, problems) for path in paths]


def find_files(folder: FilePath) -> Iterator[FilePath]:
    """Yield each file in a folder and those below it, and each folder that can't be read or has the name of a file."""
    unreadable: list[FilePath] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(FilePath(error.filename))):
        skipped = (SCHEMAS, EDITIONS) if FilePath(here) == folder else ()
        for name in skipped:
            yield from (FilePath(here, name).rglob("*.yml") if name in folders else ())
        folders[:] = [name for name in folders if name not in skipped and not LEFT_BEHIND.fullmatch(name)]
        links = [name for name in folders if FilePath(here, name).is_symlink()]
        named_like_files = [name for name in folders if name.endswith(".yml")]
        names = {*files, *links, *named_like_files}
        yield from (FilePath(here, name) for name in names if not LEFT_BEHIND.fullmatch(name))
        folders[:] = [name for name in folders if name not in named_like_files]
    yield from (path for path in unreadable if path != folder)


def read_file(path: FilePath, folder: FilePath, problems: list[Problem]) -> Document:
    """Read one file, and add what is wrong to `problems`. If it can't be read, the document has no data."""
    file, parts = path.as_posix(), path.relative_to(folder).parts
    try:
        problem = find_problem_with_file(path)
        if not problem:
            document, found = read_content(file, parts, path.read_bytes())
            problems += found
            return document
    except OSError as error:
        message = f'"{path.name}" cannot be read: {error.strerror}.'
        problem = Problem(Place(file), message, "Change its permissions, or add it again.")
    problems.append(replace(problem, stops_reading=True))
    return Document(file, parts, is_unread=True)


@lru_cache(maxsize=1000)  # in a live preview, only the files that change are read again
def read_content(file: str, parts: tuple[str, ...], content: bytes) -> tuple[Document, list[Problem]]:
    """Return what a file contains, and what is wrong. `file` and `parts` are its path, as in a document."""
    document, problems = Document(file, parts), list[Problem]()
    document.lines = content.decode("utf-8-sig", "replace").splitlines()
    if file.endswith(".yml"):
        try:
            text = decode(content, document)
            document.lines = text.splitlines()
            Reader(document, problems).read(text)
        except Problems as unreadable:
            document.data, document.is_unread = None, True
            [problem] = unreadable.problems
            problems.append(replace(problem, remedy=f"{problem.remedy} {REST}", stops_reading=True))
    return document, problems


def find_problem_with_file(path: FilePath) -> Problem | None:
    """Return the problem for what isn't a file of a usual size. Raise OSError if the system doesn't let us look."""
    place = Place(path.as_posix())
    if path.is_dir() and not path.is_symlink():
        os.scandir(path).close()
        message = f'This is a folder, but "{path.name}" is the name of a file.'
        return Problem(place, message, "Move the file out of it, or rename the folder.")
    if not path.is_file():
        message = "This is a link, or something else that is not a file."
        return Problem(place, message, "Replace it with the file itself, or delete it.")
    if path.stat().st_size > MAX_SIZE:
        message = f"This file is larger than {MAX_SIZE // 1000} kB, which no file of the guidance should be."
        return Problem(place, message, "Check that it is the right file.")
    return None


def decode(content: bytes, document: Document) -> str:
    """Return the text of a file with `\\n` as line ends and without a byte-order mark.

    Raises Problems if the text isn't UTF-8 or contains a control character.
    """
    try:
        text = LINE_END.sub("\n", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        message = "This character is not UTF-8: the file was saved with another encoding."
        remedy = 'Save the file again with the encoding "UTF-8".'
        raise Problems([Problem(document.place_in(before, len(before)), message, remedy)]) from None
    if found := CONTROL.search(text):
        message = f"There is an invisible control character (U+{ord(found[0]):04X}) here."
        remedy = "Delete it, or retype the words around it."
        raise Problems([Problem(document.place_in(text, found.start()), message, remedy)])
    return text


class Reader:
    """Turns the events of the YAML parser into data, and notes in the document where each value is."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document, self.problems = document, problems

    def read(self, text: str) -> None:
        """Set `document.data`. Raises Problems if the file can't be read."""
        if problem := find_problem_before_parsing(self.document):
            raise Problems([problem])
        try:
            for event in (events := yaml.parse(text, Loader=Parser)):
                if isinstance(event, yaml.DocumentStartEvent):
                    if self.document.places:
                        message = "A line of three hyphens starts a second document in this file."
                        remedy = "Delete the line ---. In a file for one entry, move what follows to another file."
                        raise self.unreadable(event.start_mark, message, remedy)
                    self.document.data = self.value(next(events), events, ())
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if mark and "nesting depth" in str(error.problem):  # far beyond ours, but found before it gives any event
                raise self.unreadable(mark, *TOO_DEEP) from None
            raise Problems([find_syntax_problem(self.document, mark.line if mark else 0)]) from None
        if self.document.data is None and not self.document.matches(RETIRED):
            remedy = "Fill it in like the other files here, or delete it."
            self.problems.append(Problem(Place(self.document.file), "The file is empty.", remedy, stops_reading=True))
            self.document.is_unread = True

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
        """Return the value that begins with `event`, and take its other events from `events`."""
        if isinstance(event, yaml.MappingStartEvent):
            return self.entries(event, events, path)[0]
        self.refuse(event, path)
        self.document.places[path] = self.place(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                within = (*path, len(items))
                is_entry = isinstance(event, yaml.MappingStartEvent)
                items += self.entries(event, events, within) if is_entry else [self.value(event, events, within)]
            return items
        assert isinstance(event, yaml.ScalarEvent)
        assert event.end_mark
        value, lines, end = parse_scalar(event), self.document.lines, event.end_mark
        if not isinstance(value, str):
            self.document.written[path] = event.value
        elif not event.style and end.line < len(lines) and (cut := CUT.match(lines[end.line], end.column)):
            self.document.cut[path] = cut[1]
        if event.style in ("|", ">"):
            self.document.blocks[path] = range(self.place(event.start_mark).line + 1, end.line + 1)
        elif end.line + 1 > self.document.places[path].line:
            self.document.ends[path] = end.line + 1
        return value

    def entries(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> list[dict[str, Any]]:
        """Return the entry that begins with `event`, and the entries after it that have no dash.

        A field that is there twice is a problem, and its first value is used.
        """
        self.refuse(event, path)
        self.document.places[path] = self.place(event.start_mark)
        entries: list[dict[str, Any]] = [{}]
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            self.refuse(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                message = "There are brackets or braces in the place of a field's name."
                raise self.unreadable(key.start_mark, message, "Put quotes around the words.")
            name, place, fields = key.value, self.place(key.start_mark), entries[-1]
            if name == "<<" and not key.style:
                message = '"<<" takes fields from another entry in YAML, which the guidance does not use.'
                raise self.unreadable(key.start_mark, message, "Delete the line, and write the fields themselves.")
            # If the line with its id is lost, an entry begins with its second field.
            has_lost_id = "id" in fields and name in [*fields][1:2] and self.document.follows_blank_line(place)
            if name in fields and path and (has_lost_id or begins_entry(name, fields, path)):
                if not has_lost_id:
                    self.problems.append(Problem(place, *missing_dash(name)))
                path = (*path[:-1], int(path[-1]) + 1)
                self.document.places[path] = place
                entries.append({})
            elif name in fields:
                first = self.document.keys[*path, name].line
                message = f'"{name}" is here twice. The first is on line {first}.'
                remedy = "Delete one of the two."
                if self.document.follows_blank_line(place):
                    remedy = "If it is left over from another entry, delete it or move it there."
                self.problems.append(Problem(place, message, remedy))
                self.value(next(events), events, (*path, name, "again"))
                continue
            self.document.keys[*path, name] = place
            entries[-1][name] = self.value(next(events), events, (*path, name))
        return entries

    def refuse(self, event: yaml.Event, path: Path) -> None:
        """Raise Problems for what the guidance doesn't need and what could do harm: deep nesting, aliases and tags."""
        if len(path) > MAX_DEPTH:
            raise self.unreadable(event.start_mark, *TOO_DEEP)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if not anchor and not tag:
            return
        place = self.place(event.start_mark)
        line = read_line(self.document, place.line - 1)
        if problem := find_sign_before_field(line):
            raise Problems([problem])
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if anchor else "!"
        message = f'A word that starts with "{sign}" is {"an alias" if anchor else "a command"} in YAML, '
        is_item = self.document.lines[line.number][: place.column - 1].rstrip().endswith(("[", ","))
        remedy = QUOTE_ITEM if is_item else write_below_bar(line)
        raise self.unreadable(event.start_mark, message + "which the guidance does not use.", remedy)

    def unreadable(self, mark: Any, message: str, remedy: str) -> Problems:
        return Problems([Problem(self.place(mark), message, remedy)])

    def place(self, mark: Any) -> Place:
        """Return the place of a parser's mark, which counts from 0."""
        return Place(self.document.file, mark.line + 1, mark.column + 1)


def begins_entry(name: str, fields: dict[str, Any], path: Path) -> bool:
    """Return whether a repeated field begins the next entry of a list, because its dash is missing."""
    in_list = bool(path) and isinstance(path[-1], int)
    return in_list and len(fields) > 1 and name in ("id", next(iter(fields)))


def parse_scalar(event: yaml.ScalarEvent) -> Any:
    """Return text, or the number, true, false or None that text without quotes can mean.

    Numbers of more than four digits and fractions are of no use here: they become NaN.
    """
    value, lower = event.value, event.value.lower()
    if event.style or not event.implicit[0]:
        return value
    if lower in CONSTANTS and value in (lower, lower.title(), lower.upper()):
        return CONSTANTS[lower]
    if NUMBER.fullmatch(value):
        return int(value) if re.fullmatch(r"\d{1,4}", value) else float("nan")
    return value
