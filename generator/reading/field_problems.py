"""Explain to editors what pydantic found wrong with a field, and how to fix it."""

import re
import textwrap
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from generator.document import INVISIBLE, Document, Path, invisible
from generator.fields import Field, fields_of, required_fields, scaffold_item
from generator.model import ID, Entry, Part, Translation, every_kind
from generator.problem import Place, Problem, capitalise, with_article
from generator.text import BLANK, LINK, Text, make_id

NOTHING = {"", "-", "no", "none", "nothing", "nil", "n/a"}
"""What people write in a field without a value."""
HIDDEN = re.compile(f"[{INVISIBLE}]")


class FieldError:
    """An error that pydantic found in an entry, and its place in the YAML."""

    def __init__(self, detail: ErrorDetails, document: Document, path: Path, kind: type[Entry], data: Any) -> None:
        """`path` leads to the validated entry in the document; `kind` and `data` belong to this entry."""
        self.type, self.loc, self.value = detail["type"], detail["loc"], detail["input"]
        self.context = detail.get("ctx", {})
        self.document, self.kind, self.data = document, kind, data
        self.path = (*path, *self.loc)
        self.place = document.place(self.path)
        self.owner = kind_at(kind, self.loc)
        """The kind of the innermost entry with the error."""
        self.name = next((str(step) for step in reversed(self.path) if isinstance(step, str)), "this")
        """The name of the field, or of the list with the wrong item."""
        self.outer = self.find_outer()
        """The path, from the validated entry, to the nearest outer entry that can have an unknown field, or None."""
        names = self.owner.model_fields if self.type == "extra_forbidden" and self.outer is None else ()
        self.similar = next(iter(get_close_matches(self.name, names, 1)), "")
        """The field that an unknown one probably is a misspelling of."""

    @property
    def field(self) -> Field:
        return fields_of(self.owner)[self.name]

    @property
    def follows_dash(self) -> bool:
        """Whether the field is the first one of a list item."""
        *above, _ = self.path
        return isinstance(above[-1], int) and self.document.key_place(self.path) == self.document.place(tuple(above))

    def find_outer(self) -> Path | None:
        if self.type == "extra_forbidden":
            for end in reversed(range(len(self.loc) - 1)):
                is_entry = not end or isinstance(self.loc[end - 1], int)
                if is_entry and self.loc[-1] in kind_at(self.kind, (*self.loc[:end], "")).model_fields:
                    return self.loc[:end]
        return None

    def fields_not_missing(self) -> list[Path]:
        """Return fields that pydantic may call missing, although they are there: misspelt, or inside another entry."""
        within = self.loc[:-1]
        if self.outer is None:
            return [(*within, self.similar)]
        dashed = self.owner.model_fields if self.follows_dash else ()
        return [(*self.outer, self.loc[-1]), *((*within, name) for name in dashed)]

    def explain(self) -> Problem:
        """Return the problem: what is wrong, and what to write instead."""
        name, value, noun = self.name, self.value, capitalise(with_article(self.owner.noun))
        hidden = HIDDEN.search(value) if isinstance(value, str) else None
        match self.type:
            case "extra_forbidden":
                return self.explain_unknown_field()
            case "missing" if name == "id":
                remedy = f'Start it with "- id: {suggest_id(value)}", and write its other fields below.'
                return self.problem(f'{noun} has no "id".', remedy)
            case "missing":
                takes_block = self.field.is_text and name not in ("title", "name")
                words = f'"{name}: |" and its words on the lines below' if takes_block else f'"{name}:" and its value'
                return self.problem(f'{noun}{self.id_in_brackets()} has no "{name}".', f"Write {words}.")
            case "string_pattern_mismatch" | "literal_error" | "int_type" if hidden:
                return Problem(self.document.find_words(self.path, hidden[0]), *invisible(hidden[0]))
            case "empty" | "string_type" | "int_type" if value is None or str(value).strip() in ("", BLANK):
                return self.explain_empty_field()
            case "address":
                words, address = self.context["words"], self.context["address"]
                remedy = f"Write a full address that starts with https://, or [{words}]() if you do not know it."
                if re.fullmatch(r"[^@/:]+@[^@/:]+", address):
                    remedy = f"Write mailto: before it: [{words}](mailto:{address})."
                place = self.document.find_words(self.path, address)
                return Problem(place, f'"{address}" is not a web address or an email address.', remedy)
            case "link":
                return self.explain_broken_link()
            case "string_type" if isinstance(value, dict) and isinstance(self.path[-1], int):
                pair = ", ".join(f"{name}: {words}" for name, words in value.items())
                message = f'The colon in "{pair}" makes it a field inside the list "{name}".'
                return self.problem(message, f'Put quotes around it: "{pair}".')
            case "string_type" if isinstance(value, dict | list):
                remedy = f'Write "{name}: |", then the words on the lines below, with two more spaces before each.'
                return self.problem(f'"{name}" must be text, but YAML reads a list or fields here.', remedy)
            case "string_type":
                written = self.document.written.get(self.path, str(value))
                kind_read = "a yes-or-no value" if isinstance(value, bool) else "a number"
                message = f'"{name}" must be text, but YAML reads {written} as {kind_read}.'
                return self.problem(message, f'Put it in quotes: "{written}".')
            case "string_pattern_mismatch":
                remedy = f'Use only lower-case letters, digits and hyphens, like "{make_id(value) or "some-id"}".'
                return self.problem(f'"{value}" cannot be an id.', remedy)
            case "literal_error":
                near = get_close_matches(str(value), self.field.choices, 1)
                remedy = f'Did you mean "{near[0]}"?' if near else f"Write one of: {', '.join(self.field.choices)}."
                return self.problem(f'"{value}" is not a possible value of "{name}".', remedy)
            case "list_type":
                return self.explain_list()
            case "int_type":
                return self.problem(f'"{name}" must be a whole number.', "Write only digits, without quotes.")
            case _:
                message = f"This must be {with_article(self.owner.noun)}, with each field on its own line."
                first, *_ = [*required_fields(self.owner), "title"]  # a translation may have no required field
                return self.problem(message, self.lines_of_item(self.owner) if self.loc else f"Start with: {first}:")

    def problem(self, message: str, remedy: str) -> Problem:
        return Problem(self.place, message, remedy)

    def explain_unknown_field(self) -> Problem:
        """Return the problem for a field that is misspelt, inside the wrong entry, or unknown."""
        name, noun, place = self.name, with_article(self.owner.noun), self.document.key_place(self.path)
        message = f'{capitalise(noun)} has no field "{name}".'
        if " " in name:
            message = f'YAML reads "{textwrap.shorten(name, 40, placeholder=" …")}:" as a field.'
            remedy = f"If these are words of the field above, put {place.column + 1} spaces before them."
        elif self.outer is not None:
            depth = self.document.place((*self.path[: -len(self.loc)], *self.outer)).column - 1
            home = with_article(kind_at(self.kind, (*self.outer, name)).noun)
            message = f'"{name}" is a field of {home}, not of {noun}.'
            remedy = f'Move it below the last line of "{self.loc[len(self.outer)]}", and put {depth} spaces before it.'
            if self.follows_dash:
                remedy = f"Delete the dash before it, and put {depth} spaces before the field."
        else:
            # Only translators need the id of a part, and the check asks for the reason where one is needed.
            hidden = ("id",) if issubclass(self.owner, Part) else ("reworded",) * issubclass(self.owner, Translation)
            fields = [name for name in self.owner.model_fields if name not in hidden]
            known = sorted(fields, key=("gap", "reworded").__contains__)
            remedy = f'Did you mean "{self.similar}"?' if self.similar else f"Use one of: {', '.join(known)}."
            others = [with_article(other.noun) for other in every_kind() if name in other.model_fields]
            if 0 < len(others) <= 3:
                message = f'"{name}" is a field of {" or ".join(others)}, not of {noun}.'
        return Problem(place, message, remedy)

    def explain_empty_field(self) -> Problem:
        """Return the problem for a field or a list item without a value."""
        place, lines = self.place, self.document.lines
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        if note := re.match(r"\s*(#.*)", line[place.column - 1 :]):
            place = Place(place.file, place.line, place.column + note.start(1))
            message = f'Everything after # is a note, so "{self.name}" is empty.'
            return Problem(place, message, "Put quotes around the words, or delete the #.")
        if isinstance(self.path[-1], int):
            return self.problem(f'An item of "{self.name}" is empty.', "Write its words, or delete the item.")
        needed = self.field.is_required
        remedy = "Write a value." if needed else "Write a value, or delete the line."
        return self.problem(f'"{self.name}" is empty.', remedy)

    def explain_broken_link(self) -> Problem:
        """Return the problem for a link in a text that has a part too few or too many."""
        before, _, behind = LINK.sub("", " ".join(self.value.split())).partition("](")
        message = f'A link in "{self.name}" has a space or a bracket too many.'
        remedy = "Write [words](https://address), or [words]() if you do not know the address."
        if before.endswith("["):
            message, remedy = f'A link in "{self.name}" has no words.', "Write them between [ and ]."
        elif not behind and "\n\n" in Text(self.value):
            _, address = next(found for found in LINK.findall(self.value) if "\n" in found[0])
            message, remedy = f'A link in "{self.name}" has a blank line in it.', "Delete the blank line."
            behind = f"{address})"
        elif not re.match(r"[^()]*\)", behind):
            message, remedy = f'A link in "{self.name}" is not closed.', "Write ) directly after its address."
        return Problem(self.document.find_words(self.path, f"]({behind.split(' ')[0]}"), message, remedy)

    def explain_list(self) -> Problem:
        """Return the problem for a field that must be a list and isn't."""
        name, value = self.name, self.value
        message = f'"{name}" must be a list.'
        if value is None or str(value).strip().casefold() in NOTHING:
            message = f'"{name}" has no items.'
            remedy = "Delete the line if there are none."
            if self.field.is_required:
                remedy = f"Write at least one, in square brackets: {name}: [some-id]."
        elif self.field.entry and isinstance(value, dict):
            first = next(iter(value))
            place = self.document.key_place((*self.path, first))
            line = self.document.lines[place.line - 1].strip()
            message = f'"{name}" must be a list, but a dash is missing before "{first}".'
            remedy = f"Write line {place.line} like this:\n{' ' * max(place.column - 3, 0)}- {line}"
        elif self.field.entry:
            remedy = self.lines_of_item(self.field.entry)
        elif isinstance(value, str):
            items = self.add_commas(value).strip("[]() ")
            remedy = f"Put square brackets around it: {name}: [{items}]."
        else:
            remedy = f"Write: {name}: [words, words]."
        return self.problem(message, remedy)

    def add_commas(self, value: str) -> str:
        """Return a value with a comma after each of its lines; unchanged if it isn't text on several lines."""
        lines = [line.strip() for line in self.document.lines[self.place.line - 1 :][:20]]
        several = (lines[:end] for end in range(2, len(lines) + 1))
        return next((", ".join(each) for each in several if " ".join(each) == value), value)

    def lines_of_item(self, kind: type[Entry]) -> str:
        """Return how to write an item of the list: its required fields, the first one with the value found instead."""
        path = self.path if isinstance(self.path[-1], str) else self.path[:-1]
        depth = self.document.key_place(path).column + 1
        first, fields = required_fields(kind)[0], fields_of(kind)
        values = {name: "some-id" for name in required_fields(kind) if fields[name].relation}
        if isinstance(self.value, str) and (first not in values or ID.match(self.value)):
            values[first] = self.value if first in values else textwrap.shorten(self.value, 50, placeholder=" …")
        lines = scaffold_item(kind, values)
        return "\n".join(["Write it on separate lines:", *(f"{' ' * depth}{line}" for line in lines)])

    def id_in_brackets(self) -> str:
        """Return the id of the innermost entry, in brackets; an empty string if it has none."""
        data = self.data
        for step in self.loc[:-1]:
            data = data[step]
        return f' ("{data["id"]}")' if isinstance(data, dict) and "id" in data else ""


def kind_at(kind: type[Entry], loc: Path) -> type[Entry]:
    """Return the kind of the entry with the field that `loc` leads to, from an entry of `kind`."""
    for step in loc[:-1]:
        field = fields_of(kind).get(str(step))
        kind = (field and field.entry) or kind
    return kind


def suggest_id(data: Any) -> str:
    """Return an id made of the name or the title in an entry's data."""
    named = (data.get("name") or data.get("title")) if isinstance(data, dict) else ""
    return (make_id(named) if isinstance(named, str) else "") or "some-id"
