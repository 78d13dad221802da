"""Plain data in, entries of the model out; every mistake at once, in plain English, with "did you mean"."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.document import Document, Path
from generator.model import FILES, Action, Entry, Grade, Text
from generator.problem import Place, Problem, a

BAR = "text: | and the words on the lines below, two spaces further in"
NAMES = {name for kind in Entry.__subclasses__() for name in kind.model_fields}
HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def validate(documents: list[Document], problems: list[Problem]) -> list[Entry]:
    """The entries of every document, in the order of the model's files. What is wrong is added to `problems`."""
    entries: list[Entry] = []
    problems += [unknown_file(document) for document in documents if not any(holds(p, document) for p in FILES)]
    for pattern, kind in FILES.items():
        for document in documents:
            if holds(pattern, document) and document.data is not None:
                entries += entries_of(document, kind, problems)
    return entries


def holds(pattern: str, document: Document) -> bool:
    """Whether the document is one of the files that a pattern of the model means."""
    parts = pattern.split("/")
    return len(parts) == len(document.parts) and all(map(fnmatchcase, document.parts, parts))


def unknown_file(document: Document) -> Problem:
    """No file of this name belongs in this place."""
    name, depth = document.parts[-1], len(document.parts)
    known = [pattern.split("/")[-1] for pattern in FILES if pattern.count("/") == depth - 1]
    fixed = [file for file in known if "*" not in file]
    close = get_close_matches(name, fixed, 1)
    remedy = (
        f"Did you mean {close[0]}?" if close else f"Files here are: {', '.join(known)}." if known else "Move it up."
    )
    return Problem(Place(document.file), f'No file of the guidance is called "{name}" here.', remedy)


def entries_of(document: Document, kind: type[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """The entries of one file: one where the file's name is its id, else a list of them."""
    swallowed = dict(swallowed_fields(document, problems))
    if "id" not in kind.model_fields:
        yield from entry(document, kind, (), document.data, swallowed, problems)
    elif not isinstance(document.data, list):
        message = f"This file is a list of {kind.noun}s, and no list begins here."
        problems.append(Problem(document.place(), message, "Begin each entry with a dash: - id: some-words"))
    else:
        for position, data in enumerate(document.data):
            yield from entry(document, kind, (position,), data, swallowed, problems)


def entry(
    document: Document,
    kind: type[Entry],
    path: Path,
    data: Any,
    swallowed: dict[Path, str],
    problems: list[Problem],
) -> Iterator[Entry]:
    """The entry at `path`; where it has mistakes, what is left of it, so that the rest is checked all the same."""
    try:
        found = kind.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        elsewhere = {(*within[: len(path)], name) for within, name in swallowed.items()}
        elsewhere |= {(*path, *detail["loc"][:-1], meant(kind, detail)) for detail in details}
        for detail in details:
            where = (*path, *detail["loc"])
            if detail["type"] != "missing" or where not in elsewhere:
                problems.append(explain(detail, document, kind, where, data))
        if not isinstance(data, dict):
            return
        found = what_is_left(kind, data, {detail["loc"][0] for detail in details if detail["loc"]})
    found.settle(document, path)
    problems += entry_problems(found)
    yield found


def what_is_left(kind: type[Entry], data: dict[str, Any], faulty: set[str | int]) -> Entry:
    """An entry with the fields that are right. It is checked and linked, and never published."""
    found = kind.model_construct(**{name: None for name, field in kind.model_fields.items() if field.is_required()})
    for name in kind.model_fields.keys() & data.keys() - faulty:
        found.__pydantic_validator__.validate_assignment(found, name, data[name])
    return found


def swallowed_fields(document: Document, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Fields indented as deep as the words above them, so that YAML reads them as words: easy to do, hard to see."""
    for path, numbers in document.blocks.items():
        for number in numbers:
            line = document.lines[number - 1] if number <= len(document.lines) else ""
            looks = re.match(r"^( *)(?:- +)?([a-z_]+):(?= |$)", line)
            if looks and looks[2] in NAMES:
                place = Place(document.file, number, len(looks[1]) + 1)
                field = next((str(step) for step in reversed(path) if isinstance(step, str)), "the text")
                message = f'This line looks like the field "{looks[2]}", but it is as far in as the words of "{field}".'
                problems.append(Problem(place, message, "Move it left, exactly below the other fields of its entry."))
                yield path, looks[2]


# --- What pydantic found, in an editor's words -----------------------------------------------------------------------


def explain(detail: ErrorDetails, document: Document, kind: type[Entry], where: Path, data: Any) -> Problem:
    """One fault that pydantic found, with its place and its remedy."""
    field = str(where[-1]) if where else ""
    owner = owner_of(kind, detail["loc"])
    value = detail["input"]
    place = document.place(where)
    match detail["type"]:
        case "extra_forbidden":
            known = [name for name in owner.model_fields if name != "gap"] + ["gap"]
            close = meant(kind, detail)
            remedy = f'Did you mean "{close}"?' if close else f"Its fields are: {', '.join(known)}."
            return Problem(document.key_place(where), f'{a(owner.noun).capitalize()} has no field "{field}".', remedy)
        case "missing":
            name = name_of(data, detail["loc"])
            words = (
                f"{field}: | and its words on the lines below"
                if takes_text(owner, field)
                else f"{field}: and its value"
            )
            return Problem(place, f'{a(owner.noun).capitalize()}{name} has no "{field}".', f"Write {words}.")
        case "empty":
            return Problem(place, f'"{label(where)}" is empty.', "Write its words, or delete the line.")
        case "address":
            words, address = detail["ctx"]["words"], detail["ctx"]["address"]
            remedy = f"Write one that begins with https://, or [{words}]() where it is not known."
            return Problem(
                document.spot(where, address), f'"{address}" is not an address that a link may have.', remedy
            )
        case "link":
            message = f'A link in "{label(where)}" is not written as one: there is a space or a bracket too many in it.'
            remedy = "Write [words](https://address), or [words]() where the address is not known."
            return Problem(document.spot(where, "]("), message, remedy)
        case "string_type" if value is None:
            return Problem(place, f'"{label(where)}" is empty.', "Write its words, or delete the line.")
        case "string_type" if isinstance(value, dict) and isinstance(where[-1], int):
            pair = ", ".join(f"{name}: {words}" for name, words in value.items())
            message = f'The colon in "{pair}" makes it a field inside the list "{label(where)}".'
            return Problem(place, message, f'Put quotes around it: "{pair}".')
        case "string_type" if isinstance(value, dict | list):
            message = f'"{label(where)}" is text, and YAML reads a list or fields here.'
            return Problem(place, message, f"Write a bar: {BAR.replace('text', label(where), 1)}.")
        case "string_type":
            written = document.written.get(where, str(value))
            kind_read = "true or false" if isinstance(value, bool) else "a number"
            message = f'"{label(where)}" is text, and {written} is read as {kind_read}.'
            return Problem(place, message, f'Put it in quotes: "{written}".')
        case "string_pattern_mismatch":
            message = f'"{value}" cannot be an id.'
            return Problem(
                place,
                message,
                "An id has lower-case letters, digits and hyphens only, like: help-a-parkrun-start.",
            )
        case "literal_error":
            allowed = re.findall(r"'([^']+)'", detail["ctx"]["expected"])
            near = get_close_matches(str(value), allowed, 1)
            remedy = f'Did you mean "{near[0]}"?' if near else f"Write one of: {', '.join(allowed)}."
            return Problem(place, f'"{value}" is not a value of "{field}".', remedy)
        case "list_type":
            return Problem(place, f'"{field}" is a list.', list_remedy(owner, field, value))
        case "int_type":
            return Problem(place, f'"{field}" is a whole number.', "Write digits only, without quotes.")
        case _:
            return Problem(
                place,
                f"{a(owner.noun).capitalize()} was expected here, with its fields below one another.",
                entry_remedy(owner),
            )


def meant(kind: type[Entry], detail: ErrorDetails) -> str:
    """The field that an unknown one is a misspelling of, if it is."""
    unknown = detail["type"] == "extra_forbidden"
    close = get_close_matches(str(detail["loc"][-1]), owner_of(kind, detail["loc"]).model_fields, 1) if unknown else []
    return close[0] if close else ""


def owner_of(kind: type[Entry], loc: tuple[str | int, ...]) -> type[Entry]:
    """The kind of entry whose field `loc` ends in."""
    for step in loc[:-1]:
        if isinstance(step, str):
            kind = entry_kind(kind, step) or kind
    last = loc[-1] if loc else None
    return (entry_kind(kind, str(loc[-2])) or kind) if isinstance(last, int) and len(loc) > 1 else kind


def entry_kind(kind: type[Entry], field: str) -> type[Entry] | None:
    """The kind of entry that a field holds, if it holds entries."""
    annotation = kind.model_fields[field].annotation if field in kind.model_fields else None
    inner = [annotation, *getattr(annotation, "__args__", ())]
    return next((a for a in inner if isinstance(a, type) and issubclass(a, Entry)), None)


def takes_text(kind: type[Entry], field: str) -> bool:
    annotation = kind.model_fields[field].annotation
    return isinstance(annotation, type) and issubclass(annotation, Text) and field not in ("title", "name")


def name_of(data: Any, loc: tuple[str | int, ...]) -> str:
    """The id of the entry that a missing field belongs to, so that it is recognised."""
    for step in loc[:-1]:
        data = data[step]
    return f' ("{data["id"]}")' if isinstance(data, dict) and "id" in data else ""


def label(where: Path) -> str:
    """The name of the field at `where`, of the list where it is an item."""
    return next((str(step) for step in reversed(where) if isinstance(step, str)), "this")


def list_remedy(kind: type[Entry], field: str, value: Any) -> str:
    if entry_kind(kind, field):
        return "Begin each of its entries on a line of its own with a dash."
    return (
        f"Put square brackets around it: {field}: [{value}]."
        if isinstance(value, str)
        else f"Write: {field}: [words, words]."
    )


def entry_remedy(kind: type[Entry]) -> str:
    first = next(name for name in kind.model_fields if name != "gap")
    return f"Begin with: {first}:"


# --- What holds between fields ---------------------------------------------------------------------------------------


def entry_problems(top: Entry) -> Iterator[Problem]:
    """Mistakes that one field alone does not show, and advice."""
    if isinstance(top, Action):
        yield from scope_problems(top)
        if len(top.themes) > 3:
            message = f'The action "{top.key}" has {len(top.themes)} themes.'
            yield Problem(top.where("themes"), message, "Keep the one to three that matter most.")
    for entry in top.within():
        for name, value in entry:
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, Text) and (html := HTML.search(text)):
                    message = f'"{html[0]}" looks like HTML and will be shown as it stands, as text.'
                    yield Problem(entry.spot(name, html[0]), message, "Delete it unless that is meant.", advice=True)
            if isinstance(value, Text) and (lost := entry.cut(name)):
                message = f'"{lost}" is not shown: behind a space, # begins a note to editors.'
                yield Problem(
                    entry.where(name), message, "If it belongs to the words, put quotes around them.", advice=True
                )


def scope_problems(action: Action) -> Iterator[Problem]:
    """`scope` belongs to Ambition alone, and there always."""
    if action.grade == Grade.AMBITION and not action.scope:
        message = f'The action "{action.key}" has no "scope", and in ambition.yml each has one.'
        yield Problem(action.where(), message, "Write below its id: scope: national, or scope: organisational.")
    if action.grade != Grade.AMBITION and action.scope:
        message = f'"scope" belongs to ambition.yml alone; this is {action.grade}.yml.'
        yield Problem(action.where("scope"), message, "Delete the line.")
