"""Begin a new entry in the right place of its file: its title, what must be filled in, and comments on the rest.

Some entries are inside their journey's file, in a list of its kind. All others are files or lists of their own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.document import CONSTANTS, Document
from generator.editing.schema import schema_name, write_schema_comment
from generator.fields import Field, fields_of
from generator.model import (
    FILES,
    Action,
    CaseStudy,
    Disabler,
    Enabler,
    Entry,
    Grade,
    Journey,
    Organisation,
    Part,
    Requirement,
    Source,
    Theme,
    Topic,
    find_pattern,
)
from generator.problem import Place, Problem, Problems
from generator.reading.load import load_documents
from generator.text import BLANK, MAX_ID_LENGTH, Official, find_reason_against, make_id, quote_title

IN_JOURNEY: dict[type[Entry], str] = {Requirement: "statutory_requirements", Enabler: "enablers", Disabler: "disablers"}
"""The kinds of entry that are in a list in their journey's file, with the name of this list."""
ADDED: list[type[Entry]] = [Action, Organisation, Theme, Source, CaseStudy, Journey, Topic, *IN_JOURNEY]
KINDS = {kind.noun.replace(" ", "-"): kind for kind in ADDED}
"""The kinds of entry that can be added, by their name on the command line."""
NEXT: dict[type[Entry], str] = {
    Journey: 'Next, add its document and write the id after source: new source "Its title"\n'
    'Then add its topics: new topic "A title" --journey {id}\n'
    'And what helps or hinders: new enabler "A title" --journey {id}, new disabler, new statutory-requirement\n'
    "In the end, delete the line progress: begun",
    Topic: 'Next, add its actions: new action "A title" --topic {id} --grade simple',
    Source: "Next, write its id after source in the journey or case study that comes from it: source: {id}",
    Requirement: "Next, name it in the actions that rest on it: under: {id}",
    Enabler: "Next, name it in the actions that help with it: strengthens: [{id}]",
    Disabler: "Next, name it in the actions that help to overcome it: counters: [{id}]",
    Theme: "Next, name it in its actions: themes: [{id}]",
    Organisation: "Next, name it where it is mentioned: organisations: [{id}]",
    CaseStudy: "Next, name the actions that it illustrates: illustrates: [some-id]",
    Action: "Next, name its themes, and add its examples",
}
"""What comes after adding an entry."""


@dataclass(frozen=True)
class Where:
    """Where a new entry belongs, as far as an editor says."""

    grade: Grade | None = None
    """Of an action."""
    topic: str = ""
    """Of an action: the id of its topic. Needed unless exactly one topic has actions."""
    journey: str = ""
    """Of what is part of a journey: its id. Needed if there are several."""
    after: str = ""
    """The id of the entry before it; empty for the last one."""


def add_entry(folder: Path, kind: type[Entry], title: str, where: Where) -> tuple[Place, str]:
    """Write the beginning of an entry into its file, and return its place and its id.

    Raise LookupError with a message if something is missing or impossible, or Problems if a file that has to be known
    cannot be read.
    """
    problems: list[Problem] = []
    documents = load_documents(folder, problems)
    if not documents:
        raise LookupError(f"There is no guidance in {folder.as_posix()}.")
    key = make_id(title)
    if not re.search("[a-z]", key) or key in CONSTANTS or find_reason_against(key):  # YAML reads constants as no text
        raise LookupError(f'We cannot make an id from "{title}": choose another title.')
    parts = tuple(find_file(kind, key, where, documents).split("/"))
    users = sorted(document.file for document in documents if key in document.ids)
    if users and kind in (Topic, Requirement):  # their titles are official, and those of other journeys may be the same
        key = make_id(f"{title[: MAX_ID_LENGTH // 2]} {parts[0]}")
        users = sorted(document.file for document in documents if key in document.ids)
        parts = tuple(find_file(kind, key, where, documents).split("/"))
    if users:  # the last of a file and its translations is the English one
        raise LookupError(f'The id "{key}" is already used in {users[-1]}: choose another title.')
    file = folder.joinpath(*parts)
    unread = [problem for problem in problems if problem.place.file == file.as_posix()]
    if unread and (where.after or kind in IN_JOURNEY):
        raise Problems(unread)
    document = next((one for one in documents if one.parts == parts), Document(file.as_posix(), parts))
    old = write_schema_comment(document, schema_name(find_pattern(document)))
    if file.exists():
        old = file.read_bytes().decode("utf-8", "surrogateescape")
    lines = scaffold_entry(kind, key, title, number_entry(kind, parts, documents), where.grade)
    name = IN_JOURNEY.get(kind, "")
    if name:
        lines = [f"  {line}".rstrip() for line in lines]
    if name and name not in document.data:
        lines, name = [f"{name}:", *lines], ""
    at = last_line_of(document, where.after, name) if where.after or name else len(old.splitlines())
    text, line = insert_lines(old, lines, at)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    return Place(file.as_posix(), line), key


def number_entry(kind: type[Entry], parts: tuple[str, ...], documents: list[Document]) -> dict[str, str]:
    """Return what is known of a new journey or topic: that it comes last and, for a journey, that it is only begun."""
    others = [one for one in documents if one.parts[-1] == parts[-1] and one.parts[:-2] == parts[:-2]]
    numbers = [one.data.get("number") for one in others if isinstance(one.data, dict)]
    last = max([len(others), *(number for number in numbers if isinstance(number, int))])
    known = {"number": str(last + 1)}
    return known | {"progress": "begun"} if kind is Journey else known if kind is Topic else {}


def scaffold_entry(
    kind: type[Entry], key: str, title: str, known: Mapping[str, str], grade: Grade | None = None
) -> list[str]:
    """Return the lines of a new entry: its title, what is known, what must be filled in, and the rest as comments."""
    lines: list[str] = []
    fields = [field for name, field in fields_of(kind).items() if name not in ("id", "gap", "reworded")]
    for field in [*fields, fields_of(kind)["gap"]]:
        # Two number signs, so that it is still a comment after someone removes one from every line.
        about = [f"## {field.help}"] if field.help else []
        if field.name in ("title", "name"):
            lines += [*([""] if lines and lines[-1] else []), f"{field.name}: {quote_title(title)}"]
        elif field.name in known:
            lines += [*about, f"{field.name}: {known[field.name]}"]
        elif field.is_required or (field.name == "scope" and grade == Grade.AMBITION):
            lines += ["## To be filled in.", *about, *scaffold_field(field)]
        elif field.name != "scope" and field.entry not in IN_JOURNEY:
            lines += [*about, *(f"# {line}" for line in scaffold_field(field))]
    if "id" not in kind.model_fields:
        return lines
    return [f"- id: {key}", *(f"  {line}".rstrip() for line in lines)]


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


def find_file(kind: type[Entry], key: str, where: Where, documents: list[Document]) -> str:
    """Return the file that a new entry belongs in, relative to the folder of the guidance.

    Raise LookupError if the grade, the topic or the journey is needed to decide.
    """
    if kind is Action:
        return find_file_of_action(where, documents)
    if kind is Journey:
        return f"{key}/journey.yml"
    if kind is Topic or kind in IN_JOURNEY:
        journeys = [document.parts[0] for document in documents if document.matches("*/journey.yml")]
        if not journeys:
            raise LookupError('There is no journey in this folder. Begin one: new journey "A title"')
        if where.journey and where.journey not in journeys:
            raise LookupError(f'There is no journey "{where.journey}". Use one of: {", ".join(journeys)}.')
        if not where.journey and len(journeys) > 1:
            raise LookupError(f"Which journey is it part of? Add one of: {list_options('--journey', journeys)}.")
        journey = where.journey or journeys[0]
        return f"{journey}/{key}/topic.yml" if kind is Topic else f"{journey}/journey.yml"
    return next(pattern for pattern, held in FILES.items() if held is kind).replace("*", key)


def find_file_of_action(where: Where, documents: list[Document]) -> str:
    """Return the file that a new action belongs in. Raise LookupError if its grade or topic is needed to decide."""
    if not where.grade:
        raise LookupError(f"Which grade is the action? Add one of: {list_options('--grade', Grade)}.")
    topics = [document.parts[:-1] for document in documents if document.matches("*/*/topic.yml")]
    if not topics:
        raise LookupError('There is no topic in this folder. Begin one: new topic "A title"')
    if where.topic and where.topic not in [parts[-1] for parts in topics]:
        names = ", ".join(parts[-1] for parts in topics)
        raise LookupError(f'There is no topic "{where.topic}". Use one of: {names}.')
    busy = {document.parts[:-1] for document in documents if document.parts[-1].removesuffix(".yml") in list(Grade)}
    matching = [parts for parts in topics if (parts[-1] == where.topic if where.topic else parts in busy)]
    if len(matching) != 1:
        options = list_options("--topic", [parts[-1] for parts in topics])
        raise LookupError(f"Which topic is the action for? Add one of: {options}.")
    return "/".join([*matching[0], f"{where.grade}.yml"])


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


def last_line_of(document: Document, key: str, name: str = "") -> int:
    """Return the number of the last line of the entry `key`, without blank lines and comments after it.

    It is in the list of the file or, with a `name`, in the list of this field; without a key, it is the last one there.
    """
    entries = (document.data[name] if name else document.data) or []
    keys = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    if key and key not in keys:
        raise LookupError(f'There is no entry "{key}" in {document.file}.')
    last = len(document.lines)
    if name:  # the next field ends the list
        start = document.key_place((name,)).line
        below = [place.line for path, place in document.keys.items() if len(path) == 1 and place.line > start]
        last = min(below, default=last + 1) - 1
    if key and key != keys[-1]:
        last = document.lines_of((*([name] if name else []), keys.index(key)))[-1]
    while not document.lines[last - 1].strip() or document.lines[last - 1].startswith("#"):
        last -= 1
    return last
