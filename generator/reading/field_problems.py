"""What a fault that the model finds means: pydantic's words in, a sentence and a remedy for an editor out."""

import re
import textwrap
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from generator.document import INVISIBLE, Document, Path, invisible
from generator.model import ID, Entry, every_kind, relation
from generator.problem import Place, Problem, a, begun
from generator.text import BLANK, LINK, Text, id_of

BAR = "text: | and the words on the lines below, two spaces further in"
NOTHING = {"", "-", "no", "none", "nothing", "nil", "n/a"}
"""What people write where there is nothing."""
HIDDEN = re.compile(f"[{INVISIBLE}]")


def explain_field(detail: ErrorDetails, document: Document, kind: type[Entry], where: Path, data: Any) -> Problem:
    """One fault that pydantic found, with its place and its remedy."""
    field = str(where[-1]) if where else ""
    owner = owner_of(kind, detail["loc"])
    value = detail["input"]
    place = document.place(where)
    hidden = HIDDEN.search(value) if isinstance(value, str) else None
    match detail["type"]:
        case "extra_forbidden":
            return unknown_field(detail, document, kind, where)
        case "missing" if field == "id":
            remedy = f'Begin it with "- id: {id_for(value)}", and write its other fields below.'
            return Problem(place, f'{begun(a(owner.noun))} has no "id".', remedy)
        case "missing":
            name = name_of(data, detail["loc"])
            words = (
                f"{field}: | and its words on the lines below"
                if takes_text(owner, field)
                else f"{field}: and its value"
            )
            return Problem(place, f'{begun(a(owner.noun))}{name} has no "{field}".', f"Write {words}.")
        case "string_pattern_mismatch" | "literal_error" | "int_type" if hidden:
            return Problem(document.spot(where, hidden[0]), *invisible(hidden[0]))
        case "empty" | "string_type" | "int_type" if value is None or str(value).strip() in ("", BLANK):
            return empty_field(document, owner, where)
        case "address":
            words, address = detail["ctx"]["words"], detail["ctx"]["address"]
            remedy = f"Write a whole one that begins with https://, or [{words}]() where it is not known."
            if re.fullmatch(r"[^@/:]+@[^@/:]+", address):
                remedy = f"Write mailto: before it: [{words}](mailto:{address})."
            return Problem(
                document.spot(where, address), f'"{address}" is not an address that a link may have.', remedy
            )
        case "link":
            return broken_link(value, document, where)
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
            remedy = f'An id has lower-case letters, digits and hyphens only, like "{id_of(value) or "some-id"}".'
            return Problem(place, f'"{value}" cannot be an id.', remedy)
        case "literal_error":
            allowed = re.findall(r"'([^']+)'", detail["ctx"]["expected"])
            near = get_close_matches(str(value), allowed, 1)
            remedy = f'Did you mean "{near[0]}"?' if near else f"Write one of: {', '.join(allowed)}."
            return Problem(place, f'"{value}" is not a value of "{field}".', remedy)
        case "list_type":
            return Problem(place, *list_fault(document, owner, where, value))
        case "int_type":
            return Problem(place, f'"{field}" is a whole number.', "Write digits only, without quotes.")
        case _:
            message = f"{begun(a(owner.noun))} was expected here, with its fields below one another."
            return Problem(place, message, form(document, owner, where, value) if detail["loc"] else first_field(owner))


def unknown_field(detail: ErrorDetails, document: Document, kind: type[Entry], where: Path) -> Problem:
    """A field that this kind of entry does not have: misspelt, in the wrong place, or of no kind at all."""
    owner, field, place = owner_of(kind, detail["loc"]), str(where[-1]), document.key_place(where)
    if " " in field:
        message = f'"{textwrap.shorten(field, 40, placeholder=" …")}:" is read as a field.'
        return Problem(
            place, message, f"If these are words of the field above, put {place.column + 1} spaces before them."
        )
    others = [other for other in every_kind() if field in other.model_fields]
    outer = outer_with(kind, detail)
    if outer is not None:
        above = owner_of(kind, (*outer, field))
        depth = document.place((*where[: len(where) - len(detail["loc"])], *outer)).column - 1
        message = f'"{field}" is a field of {a(above.noun)}, not of {a(owner.noun)}.'
        if begins(document, where):
            return Problem(place, message, f"Delete the dash before it, and put {depth} spaces there.")
        remedy = f'Move it below the last line of "{detail["loc"][len(outer)]}", and put {depth} spaces before it.'
        return Problem(place, message, remedy)
    known = sorted(owner.model_fields, key=("gap", "reworded").__contains__)
    close = meant(kind, detail)
    remedy = f'Did you mean "{close}"?' if close else f"Its fields are: {', '.join(known)}."
    if 0 < len(others) <= 3:
        nouns = " or ".join(a(other.noun) for other in others)
        return Problem(place, f'"{field}" is a field of {nouns}, not of {a(owner.noun)}.', remedy)
    return Problem(place, f'{begun(a(owner.noun))} has no field "{field}".', remedy)


def outer_with(kind: type[Entry], detail: ErrorDetails) -> Path | None:
    """The way to the entry around this one that has such a field, if any has."""
    loc = detail["loc"]
    if detail["type"] == "extra_forbidden":
        for end in reversed(range(len(loc) - 1)):
            if (not end or isinstance(loc[end - 1], int)) and loc[-1] in owner_of(kind, (*loc[:end], "")).model_fields:
                return loc[:end]
    return None


def begins(document: Document, where: Path) -> bool:
    """Whether the field at `where` is the first of an entry of a list, right behind its dash."""
    return isinstance(where[-2], int) and document.key_place(where) == document.place(where[:-1])


def empty_field(document: Document, owner: type[Entry], where: Path) -> Problem:
    """A field, or an item of a list, with nothing in it."""
    place, name = document.place(where), label(where)
    line = document.lines[place.line - 1] if place.line <= len(document.lines) else ""
    if note := re.match(r"\s*(#.*)", line[place.column - 1 :]):
        message = f'# begins a note, so "{name}" is empty.'
        place = Place(place.file, place.line, place.column + note.start(1))
        return Problem(place, message, "Put quotes around the words, or delete the #.")
    if isinstance(where[-1], int):
        return Problem(place, f'An item of "{name}" is empty.', "Write its words, or delete it.")
    needed = owner.model_fields[name].is_required()
    remedy = "Write what belongs there." if needed else "Write its words, or delete the line."
    return Problem(place, f'"{name}" is empty.', remedy)


def broken_link(value: str, document: Document, where: Path) -> Problem:
    """A link that is not written as one: what of it is missing or too many."""
    rest = LINK.sub("", " ".join(value.split()))
    before, _, behind = rest.partition("](")
    place = document.spot(where, f"]({behind.split(' ')[0]}")
    if before.endswith("["):
        return Problem(place, f'A link in "{label(where)}" has no words.', "Write them between [ and ].")
    if not re.match(r"[^()]*\)", behind):
        message = f'A link in "{label(where)}" is not closed.'
        return Problem(place, message, "Write ) directly behind its address.")
    message = f'A link in "{label(where)}" is not written as one: there is a space or a bracket too many in it.'
    remedy = "Write [words](https://address), or [words]() where the address is not known."
    return Problem(place, message, remedy)


def meant(kind: type[Entry], detail: ErrorDetails) -> str:
    """The field that an unknown one is a misspelling of, if it is. A field of another kind is none."""
    unknown = detail["type"] == "extra_forbidden" and outer_with(kind, detail) is None
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


def id_for(data: Any) -> str:
    """The id that the name or the title of an entry gives."""
    named = (data.get("name") or data.get("title")) if isinstance(data, dict) else ""
    return (id_of(named) if isinstance(named, str) else "") or "some-id"


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


def list_fault(document: Document, kind: type[Entry], where: Path, value: Any) -> tuple[str, str]:
    """What is wrong with a field that should be a list, and what to write."""
    field, inner = str(where[-1]), entry_kind(kind, str(where[-1]))
    nothing = value is None or str(value).strip().casefold() in NOTHING
    if nothing and kind.model_fields[field].is_required():
        return f'"{field}" has nothing in it.', f"Write what belongs there, in square brackets: {field}: [some-id]."
    if nothing:
        return f'"{field}" has nothing in it.', f'{begun(a(kind.noun))} without "{field}" has no such line: delete it.'
    if inner and isinstance(value, dict):
        first = next(iter(value))
        place = document.key_place((*where, first))
        line = document.lines[place.line - 1].strip()
        message = f'"{field}" is a list, and a dash is missing before "{first}".'
        return message, f"Write line {place.line} like this:\n{' ' * max(place.column - 3, 0)}- {line}"
    if inner:
        return f'"{field}" is a list.', form(document, inner, (*where, 0), value)
    items = str(with_commas(document, where, value)).strip("[]() ")
    brackets = f"Put square brackets around it: {field}: [{items}]."
    return f'"{field}" is a list.', brackets if isinstance(value, str) else f"Write: {field}: [words, words]."


def with_commas(document: Document, where: Path, value: Any) -> Any:
    """Words that stand on several lines, with the commas that their list needs between them."""
    start = document.place(where).line - 1
    lines = [line.strip() for line in document.lines[start : start + 20]]
    several = (lines[:end] for end in range(2, len(lines) + 1))
    return next((", ".join(each) for each in several if " ".join(each) == value), value)


def form(document: Document, kind: type[Entry], where: Path, value: Any) -> str:
    """How an entry of a list is written: every field that it needs, each on a line of its own."""
    depth = document.key_place(where[:-1]).column + 1
    needed = [name for name, field in kind.model_fields.items() if field.is_required()]
    lines = [f"- {needed[0]}: {filling(kind, needed[0], value)}"]
    lines += [f"  {name}: {filling(kind, name, None)}" for name in needed[1:]]
    return "\n".join(["Write it on lines of its own:", *(f"{' ' * depth}{line}" for line in lines)])


def filling(kind: type[Entry], field: str, value: Any) -> str:
    """What to write in a field, by way of example: the id that is given, or what the model says of it."""
    if relation(kind.model_fields[field]):
        return value if isinstance(value, str) and ID.match(value) else "some-id"
    return textwrap.shorten(value, 50, placeholder=" …") if isinstance(value, str) else BLANK


def first_field(kind: type[Entry]) -> str:
    first = next(name for name, field in kind.model_fields.items() if field.is_required())
    return f"Begin with: {first}:"
