"""Explain to editors what pydantic found wrong with a field, and how to fix it."""

import re
import textwrap
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from generator.document import INVISIBLE, Document, Path, invisible
from generator.fields import fields_of, required_fields, scaffold_item
from generator.model import ID, Entry, every_kind
from generator.problem import Place, Problem, a, begun
from generator.text import BLANK, LINK, id_of

BAR = "text: | and the words on the lines below, two spaces further in"
NOTHING = {"", "-", "no", "none", "nothing", "nil", "n/a"}
"""What people write in a field without a value."""
HIDDEN = re.compile(f"[{INVISIBLE}]")


def explain_field(detail: ErrorDetails, document: Document, kind: type[Entry], where: Path, data: Any) -> Problem:
    """Return the problem for one of pydantic's error details.

    `kind` and `data` are those of the validated entry, `where` is the path in the document to the field.
    """
    field = str(where[-1]) if where else ""
    owner = kind_at(kind, detail["loc"])
    value = detail["input"]
    place = document.place(where)
    hidden = HIDDEN.search(value) if isinstance(value, str) else None
    match detail["type"]:
        case "extra_forbidden":
            return explain_unknown_field(detail, document, kind, where)
        case "missing" if field == "id":
            remedy = f'Begin it with "- id: {suggest_id(value)}", and write its other fields below.'
            return Problem(place, f'{begun(a(owner.noun))} has no "id".', remedy)
        case "missing":
            takes_block = fields_of(owner)[field].is_text and field not in ("title", "name")
            words = f"{field}: | and its words on the lines below" if takes_block else f"{field}: and its value"
            message = f'{begun(a(owner.noun))}{id_in_brackets(data, detail["loc"])} has no "{field}".'
            return Problem(place, message, f"Write {words}.")
        case "string_pattern_mismatch" | "literal_error" | "int_type" if hidden:
            return Problem(document.spot(where, hidden[0]), *invisible(hidden[0]))
        case "empty" | "string_type" | "int_type" if value is None or str(value).strip() in ("", BLANK):
            return explain_empty_field(document, owner, where)
        case "address":
            words, address = detail["ctx"]["words"], detail["ctx"]["address"]
            remedy = f"Write a whole one that begins with https://, or [{words}]() where it is not known."
            if re.fullmatch(r"[^@/:]+@[^@/:]+", address):
                remedy = f"Write mailto: before it: [{words}](mailto:{address})."
            message = f'"{address}" is not an address that a link may have.'
            return Problem(document.spot(where, address), message, remedy)
        case "link":
            return explain_broken_link(value, document, where)
        case "string_type" if isinstance(value, dict) and isinstance(where[-1], int):
            pair = ", ".join(f"{name}: {words}" for name, words in value.items())
            message = f'The colon in "{pair}" makes it a field inside the list "{field_name(where)}".'
            return Problem(place, message, f'Put quotes around it: "{pair}".')
        case "string_type" if isinstance(value, dict | list):
            message = f'"{field_name(where)}" is text, and YAML reads a list or fields here.'
            return Problem(place, message, f"Write a bar: {BAR.replace('text', field_name(where), 1)}.")
        case "string_type":
            written = document.written.get(where, str(value))
            kind_read = "true or false" if isinstance(value, bool) else "a number"
            message = f'"{field_name(where)}" is text, and {written} is read as {kind_read}.'
            return Problem(place, message, f'Put it in quotes: "{written}".')
        case "string_pattern_mismatch":
            remedy = f'An id has lower-case letters, digits and hyphens only, like "{id_of(value) or "some-id"}".'
            return Problem(place, f'"{value}" cannot be an id.', remedy)
        case "literal_error":
            allowed = fields_of(owner)[field].choices
            near = get_close_matches(str(value), allowed, 1)
            remedy = f'Did you mean "{near[0]}"?' if near else f"Write one of: {', '.join(allowed)}."
            return Problem(place, f'"{value}" is not a value of "{field}".', remedy)
        case "list_type":
            return Problem(place, *explain_list(document, owner, where, value))
        case "int_type":
            return Problem(place, f'"{field}" is a whole number.', "Write digits only, without quotes.")
        case _:
            message = f"{begun(a(owner.noun))} was expected here, with its fields below one another."
            remedy = f"Begin with: {required_fields(owner)[0]}:"
            return Problem(place, message, lines_of_item(document, owner, where, value) if detail["loc"] else remedy)


def explain_unknown_field(detail: ErrorDetails, document: Document, kind: type[Entry], where: Path) -> Problem:
    """Return the problem for a field that is misspelt, inside the wrong entry, or unknown."""
    owner, field, place = kind_at(kind, detail["loc"]), str(where[-1]), document.key_place(where)
    if " " in field:
        message = f'"{textwrap.shorten(field, 40, placeholder=" …")}:" is read as a field.'
        remedy = f"If these are words of the field above, put {place.column + 1} spaces before them."
        return Problem(place, message, remedy)
    outer = path_to_owner(kind, detail)
    if outer is not None:
        depth = document.place((*where[: len(where) - len(detail["loc"])], *outer)).column - 1
        message = f'"{field}" is a field of {a(kind_at(kind, (*outer, field)).noun)}, not of {a(owner.noun)}.'
        if follows_dash(document, where):
            return Problem(place, message, f"Delete the dash before it, and put {depth} spaces there.")
        remedy = f'Move it below the last line of "{detail["loc"][len(outer)]}", and put {depth} spaces before it.'
        return Problem(place, message, remedy)
    known = sorted(owner.model_fields, key=("gap", "reworded").__contains__)
    close = similar_field(kind, detail)
    remedy = f'Did you mean "{close}"?' if close else f"Its fields are: {', '.join(known)}."
    others = [other for other in every_kind() if field in other.model_fields]
    if 0 < len(others) <= 3:
        nouns = " or ".join(a(other.noun) for other in others)
        return Problem(place, f'"{field}" is a field of {nouns}, not of {a(owner.noun)}.', remedy)
    return Problem(place, f'{begun(a(owner.noun))} has no field "{field}".', remedy)


def path_to_owner(kind: type[Entry], detail: ErrorDetails) -> Path | None:
    """Return the path to the nearest outer entry that can have an unknown field, or None."""
    loc = detail["loc"]
    if detail["type"] == "extra_forbidden":
        for end in reversed(range(len(loc) - 1)):
            if (not end or isinstance(loc[end - 1], int)) and loc[-1] in kind_at(kind, (*loc[:end], "")).model_fields:
                return loc[:end]
    return None


def follows_dash(document: Document, where: Path) -> bool:
    """Return whether the field at `where` is the first one of a list item."""
    return isinstance(where[-2], int) and document.key_place(where) == document.place(where[:-1])


def explain_empty_field(document: Document, owner: type[Entry], where: Path) -> Problem:
    """Return the problem for a field or a list item without a value."""
    place, name = document.place(where), field_name(where)
    line = document.lines[place.line - 1] if place.line <= len(document.lines) else ""
    if note := re.match(r"\s*(#.*)", line[place.column - 1 :]):
        message = f'# begins a note, so "{name}" is empty.'
        place = Place(place.file, place.line, place.column + note.start(1))
        return Problem(place, message, "Put quotes around the words, or delete the #.")
    if isinstance(where[-1], int):
        return Problem(place, f'An item of "{name}" is empty.', "Write its words, or delete it.")
    remedy = "Write its words, or delete the line."
    if fields_of(owner)[name].is_required:
        remedy = "Write what belongs there."
    return Problem(place, f'"{name}" is empty.', remedy)


def explain_broken_link(value: str, document: Document, where: Path) -> Problem:
    """Return the problem for a link in a text that has a part too few or too many."""
    rest = LINK.sub("", " ".join(value.split()))
    before, _, behind = rest.partition("](")
    place = document.spot(where, f"]({behind.split(' ')[0]}")
    if before.endswith("["):
        return Problem(place, f'A link in "{field_name(where)}" has no words.', "Write them between [ and ].")
    if not re.match(r"[^()]*\)", behind):
        message = f'A link in "{field_name(where)}" is not closed.'
        return Problem(place, message, "Write ) directly behind its address.")
    message = f'A link in "{field_name(where)}" is not written as one: there is a space or a bracket too many in it.'
    remedy = "Write [words](https://address), or [words]() where the address is not known."
    return Problem(place, message, remedy)


def similar_field(kind: type[Entry], detail: ErrorDetails) -> str:
    """Return the field that an unknown one probably is a misspelling of, or an empty string."""
    if detail["type"] != "extra_forbidden" or path_to_owner(kind, detail) is not None:
        return ""
    return next(iter(get_close_matches(str(detail["loc"][-1]), kind_at(kind, detail["loc"]).model_fields, 1)), "")


def kind_at(kind: type[Entry], loc: Path) -> type[Entry]:
    """Return the kind of the entry with the field that `loc` leads to, from an entry of `kind`."""
    for step in loc[:-1]:
        field = fields_of(kind).get(str(step))
        kind = (field and field.entry) or kind
    return kind


def suggest_id(data: Any) -> str:
    """Return an id made of the name or the title in an entry's data."""
    named = (data.get("name") or data.get("title")) if isinstance(data, dict) else ""
    return (id_of(named) if isinstance(named, str) else "") or "some-id"


def id_in_brackets(data: Any, loc: Path) -> str:
    """Return the id of the entry that `loc` leads to a field of, in brackets; an empty string if it has none."""
    for step in loc[:-1]:
        data = data[step]
    return f' ("{data["id"]}")' if isinstance(data, dict) and "id" in data else ""


def field_name(where: Path) -> str:
    """Return the name of the field at `where`, or of the list that it is an item of."""
    return next((str(step) for step in reversed(where) if isinstance(step, str)), "this")


def explain_list(document: Document, kind: type[Entry], where: Path, value: Any) -> tuple[str, str]:
    """Return message and remedy for a field of `kind` that must be a list and isn't."""
    field = str(where[-1])
    inner = fields_of(kind)[field].entry
    nothing = value is None or str(value).strip().casefold() in NOTHING
    if nothing and fields_of(kind)[field].is_required:
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
        return f'"{field}" is a list.', lines_of_item(document, inner, (*where, 0), value)
    items = str(add_commas(document, where, value)).strip("[]() ")
    brackets = f"Put square brackets around it: {field}: [{items}]."
    return f'"{field}" is a list.', brackets if isinstance(value, str) else f"Write: {field}: [words, words]."


def add_commas(document: Document, where: Path, value: Any) -> Any:
    """Return a value with a comma after each of its lines; unchanged if it isn't text on several lines."""
    start = document.place(where).line - 1
    lines = [line.strip() for line in document.lines[start : start + 20]]
    several = (lines[:end] for end in range(2, len(lines) + 1))
    return next((", ".join(each) for each in several if " ".join(each) == value), value)


def lines_of_item(document: Document, kind: type[Entry], where: Path, value: Any) -> str:
    """Return how to write the list item at `where`: each required field on its own line, the first one with `value`."""
    depth = document.key_place(where[:-1]).column + 1
    first, fields = required_fields(kind)[0], fields_of(kind)
    values = {name: "some-id" for name in required_fields(kind) if fields[name].relation}
    if isinstance(value, str) and (first not in values or ID.match(value)):
        values[first] = value if first in values else textwrap.shorten(value, 50, placeholder=" …")
    lines = scaffold_item(kind, values)
    return "\n".join(["Write it on lines of its own:", *(f"{' ' * depth}{line}" for line in lines)])
