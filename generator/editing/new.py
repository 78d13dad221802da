"""Begin a new entry in the right place of its file: its title, what must be filled in, and comments on the rest."""

import re
from collections.abc import Iterable
from pathlib import Path

from generator.document import CONSTANTS, Document
from generator.editing.schema import schema_name, write_schema_comment
from generator.fields import Field, fields_of
from generator.model import FILES, Action, CaseStudy, Entry, Grade, Organisation, Part, Source, Theme, find_pattern
from generator.problem import Place, Problem, Problems
from generator.reading.load import load_documents
from generator.text import BLANK, Official, find_reason_against, make_id, quote_title

KINDS: dict[str, type[Entry]] = {
    kind.noun.replace(" ", "-"): kind for kind in (Action, Organisation, Theme, Source, CaseStudy)
}
"""The kinds of entry that can be added, by their name on the command line."""


def add_entry(folder: Path, kind: type[Entry], title: str, grade: Grade | None, topic: str, after: str) -> Place:
    """Write the beginning of an entry into its file, after the entry with the id `after` or at the end.

    An action needs a grade, and also a topic unless exactly one topic has actions. Return the place of the new entry.
    Raise LookupError with a message if something is missing or impossible, or Problems if the file with `after` cannot
    be read.
    """
    problems: list[Problem] = []
    documents = load_documents(folder, problems)
    if not documents:
        raise LookupError(f"There is no guidance in {folder.as_posix()}.")
    key = make_id(title)
    if not re.search("[a-z]", key) or key in CONSTANTS or find_reason_against(key):  # YAML reads constants as no text
        raise LookupError(f'We cannot make an id from "{title}": choose another title.')
    if same := next((document for document in documents if key in document.ids), None):
        raise LookupError(f'The id "{key}" is already used in {same.file}: choose another title.')
    parts = tuple(find_file(kind, key, grade, topic, documents).split("/"))
    file = folder.joinpath(*parts)
    unread = [problem for problem in problems if problem.place.file == file.as_posix()]
    if after and unread:
        raise Problems(unread)
    document = next((one for one in documents if one.parts == parts), Document(file.as_posix(), parts))
    old = write_schema_comment(document, schema_name(find_pattern(document)))
    if file.exists():
        old = file.read_bytes().decode("utf-8", "surrogateescape")
    at = last_line_of(document, after) if after else len(old.splitlines())
    text, line = insert_lines(old, scaffold_entry(kind, title, grade), at)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    return Place(file.as_posix(), line)


def scaffold_entry(kind: type[Entry], title: str, grade: Grade | None = None) -> list[str]:
    """Return the lines of a new entry: its title, what must be filled in, and its other fields as comments."""
    lines: list[str] = []
    fields = [field for name, field in fields_of(kind).items() if name not in ("id", "gap", "reworded")]
    for field in [*fields, fields_of(kind)["gap"]]:
        # Two number signs, so that it is still a comment after someone removes one from every line.
        about = [f"## {field.help}"] if field.help else []
        if field.name in ("title", "name"):
            lines += [*([""] if lines else []), f"{field.name}: {quote_title(title)}"]
        elif field.is_required or (field.name == "scope" and grade == Grade.AMBITION):
            lines += ["## To be filled in.", *about, *scaffold_field(field)]
        elif field.name != "scope":
            lines += [*about, *(f"# {line}" for line in scaffold_field(field))]
    if "id" not in kind.model_fields:
        return lines
    return [f"- id: {make_id(title)}", *(f"  {line}".rstrip() for line in lines)]


def scaffold_field(field: Field) -> list[str]:
    """Return the lines of a field with placeholders for its values."""
    if field.entry:
        left_out = ("gap", "id") if issubclass(field.entry, Part) else ("gap",)
        fields = [each for name, each in fields_of(field.entry).items() if name not in left_out]
        inner = [line for each in fields for line in scaffold_field(each)]
        return [f"{field.name}:", *(f"  {'  ' if number else '- '}{line}" for number, line in enumerate(inner))]
    if field.is_list:
        return [f"{field.name}: [{BLANK}]"]
    if field.content is Official:
        return [f"{field.name}: |", f"  {BLANK}"]
    return [f"{field.name}: {BLANK}"]


def find_file(kind: type[Entry], key: str, grade: Grade | None, topic: str, documents: list[Document]) -> str:
    """Return the file that a new entry belongs in, relative to the folder of the guidance.

    Raise LookupError if the grade or the topic is needed to decide.
    """
    if kind is not Action:
        return next(pattern for pattern, held in FILES.items() if held is kind).replace("*", key)
    if not grade:
        raise LookupError(f"Which grade is the action? Add one of: {list_options('--grade', Grade)}.")
    topics = [document.parts[:-1] for document in documents if document.matches("*/*/topic.yml")]
    if not topics:
        raise LookupError("There is no topic in this folder.")
    if topic and topic not in [parts[-1] for parts in topics]:
        raise LookupError(f'There is no topic "{topic}". Use one of: {", ".join(parts[-1] for parts in topics)}.')
    busy = {document.parts[:-1] for document in documents if document.parts[-1].removesuffix(".yml") in list(Grade)}
    matching = [parts for parts in topics if (parts[-1] == topic if topic else parts in busy)]
    if len(matching) != 1:
        options = list_options("--topic", [parts[-1] for parts in topics])
        raise LookupError(f"Which topic is the action for? Add one of: {options}.")
    return "/".join([*matching[0], f"{grade}.yml"])


def list_options(option: str, values: Iterable[str]) -> str:
    return ", ".join(f"{option} {value}" for value in values)


def insert_lines(text: str, lines: list[str], at: int) -> tuple[str, int]:
    """Return the text of a file with a blank line and new lines after its line `at`, and the number of the first one.

    Nothing else changes, except that a last line without a line end gets one.
    """
    old = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    if old and not old[-1].endswith(("\n", "\r")):
        old[-1] += end
    return "".join([*old[:at], end, *(line + end for line in lines), *old[at:]]), min(at, len(old)) + 2


def last_line_of(document: Document, key: str) -> int:
    """Return the number of an entry's last line, without the blank lines and comments before the next entry."""
    keys = [entry.get("id") for entry in document.data or [] if isinstance(entry, dict)]
    if key not in keys:
        raise LookupError(f'There is no entry "{key}" in {document.file}.')
    last = document.lines_of((keys.index(key),))[-1]
    while not document.lines[last - 1].strip() or document.lines[last - 1].startswith("#"):
        last -= 1
    return last
