"""A title in, the commented block of a new entry out: what must be filled in, and what else it may hold."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args, get_origin

from pydantic.fields import FieldInfo

from generator.document import CONSTANTS, Document
from generator.model import FILES, SCHEMAS, Action, CaseStudy, Entry, Grade, Organisation, Source, Theme, schema_name
from generator.problem import Place, Problem, Problems
from generator.text import BLANK, Official, id_of, quoted

KINDS: dict[str, type[Entry]] = {
    kind.noun.replace(" ", "-"): kind for kind in (Action, Organisation, Theme, Source, CaseStudy)
}
"""What can be begun with a title, by the word for it on the command line."""


def add_entry(
    folder: Path,
    documents: list[Document],
    problems: list[Problem],
    kind: type[Entry],
    title: str,
    grade: Grade | None,
    topic: str,
    after: str,
) -> Place:
    """Write the beginning of an entry into its file, behind the entry `after` or at the end, and give its place.

    `documents` and `problems` are what was read from `folder`. An action needs a grade, and a topic where not exactly
    one has actions. Raises LookupError saying what is wrong, or Problems if the file with `after` cannot be read.
    """
    if not documents:
        raise LookupError(f"There is no guidance in {folder.as_posix()}.")
    key = id_of(title)
    if not re.search("[a-z]", key) or key in ("index", *CONSTANTS):  # pages of lists, and what YAML takes for no words
        raise LookupError(f'No id can be made of "{title}": choose another title.')
    if same := next((document for document in documents if key in document.ids), None):
        raise LookupError(f'The id "{key}" is taken, in {same.file}: choose another title.')
    parts = tuple(home(kind, key, grade, topic, documents).split("/"))
    file = folder.joinpath(*parts)
    unread = [problem for problem in problems if problem.place.file == file.as_posix()]
    if after and unread:
        raise Problems(unread)
    document = next((one for one in documents if one.parts == parts), Document(file.as_posix(), parts))
    old = file.read_bytes().decode("utf-8", "surrogateescape") if file.exists() else first_line(document)
    at = end_of(document, after) if after else len(old.splitlines())
    text, line = insert(old, scaffold(kind, title, grade), at)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    return Place(file.as_posix(), line)


def scaffold(kind: type[Entry], title: str, grade: Grade | None = None) -> list[str]:
    """The lines of a new entry: its title, what must be filled in, and as comments what else it may have."""
    lines: list[str] = []
    fields = {name: field for name, field in kind.model_fields.items() if name not in ("id", "gap", "reworded")}
    for name, field in [*fields.items(), ("gap", kind.model_fields["gap"])]:
        # With two number signs it stays a note when somebody takes one away from each line.
        about = [f"## {field.description}"] if field.description else []
        if name in ("title", "name"):
            lines += [*([""] if lines else []), f"{name}: {quoted(title)}"]
        elif field.is_required() or (name == "scope" and grade == Grade.AMBITION):
            lines += ["## To be filled in.", *about, *example(name, field)]
        elif name != "scope":
            lines += [*about, *(f"# {line}" for line in example(name, field))]
    if "id" not in kind.model_fields:
        return lines
    return [f"- id: {id_of(title)}", *(f"  {line}".rstrip() for line in lines)]


def example(name: str, field: FieldInfo) -> list[str]:
    """How a field is written, by way of example."""
    kinds = [field.annotation, *get_args(field.annotation)]
    entry = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Entry)), None)
    if entry:
        inner = [line for item in entry.model_fields.items() if item[0] != "gap" for line in example(*item)]
        return [f"{name}:", *(f"  {'  ' if number else '- '}{line}" for number, line in enumerate(inner))]
    if get_origin(field.annotation) is list:
        return [f"{name}: [{BLANK}]"]
    if isinstance(field.annotation, type) and issubclass(field.annotation, Official):
        return [f"{name}: |", f"  {BLANK}"]
    return [f"{name}: {BLANK}"]


def home(kind: type[Entry], key: str, grade: Grade | None, topic: str, documents: list[Document]) -> str:
    """The file that a new entry belongs in, below the folder of the guidance. Raises LookupError if in doubt."""
    if kind is not Action:
        return next(pattern for pattern, held in FILES.items() if held is kind).replace("*", key)
    if not grade:
        raise LookupError(f"Of which grade is the action? Add one of: {choices('--grade', Grade)}.")
    topics = [document.parts[:-1] for document in documents if document.fits("*/*/topic.yml")]
    if not topics:
        raise LookupError("There is no topic in this folder.")
    if topic and topic not in [parts[-1] for parts in topics]:
        raise LookupError(f'There is no topic "{topic}". Use one of: {", ".join(parts[-1] for parts in topics)}.')
    busy = {document.parts[:-1] for document in documents if document.parts[-1].removesuffix(".yml") in list(Grade)}
    fitting = [parts for parts in topics if (parts[-1] == topic if topic else parts in busy)]
    if len(fitting) != 1:
        raise LookupError(f"Of which topic is the action? Add one of: {choices('--topic', [t[-1] for t in topics])}.")
    return "/".join([*fitting[0], f"{grade}.yml"])


def choices(option: str, values: Iterable[str]) -> str:
    return ", ".join(f"{option} {value}" for value in values)


def first_line(document: Document) -> str:
    """How a new file begins: with the schema by which editors know its fields."""
    pattern = next(pattern for pattern in FILES if document.fits(pattern))
    return f"# yaml-language-server: $schema={'../' * (len(document.parts) - 1)}{SCHEMAS}/{schema_name(pattern)}\n"


def insert(text: str, lines: list[str], at: int) -> tuple[str, int]:
    """The text of a file with new lines behind its line `at`, and the number of the first of them.

    All else stays as it is, byte for byte; a last line that has no end gets one.
    """
    old = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    if old and not old[-1].endswith(("\n", "\r")):
        old[-1] += end
    return "".join([*old[:at], end, *(line + end for line in lines), *old[at:]]), min(at, len(old)) + 2


def end_of(document: Document, key: str) -> int:
    """The number of the last line of an entry, without blank lines and notes before the next one."""
    keys = [entry.get("id") for entry in document.data or [] if isinstance(entry, dict)]
    if key not in keys:
        raise LookupError(f'There is no entry "{key}" in {document.file}.')
    last = document.lines_of((keys.index(key),))[-1]
    while not document.lines[last - 1].strip() or document.lines[last - 1].startswith("#"):
        last -= 1
    return last
