"""Plain data in, entries of the model out; every mistake at once, in plain English, with "did you mean"."""

import re
from collections.abc import Iterator
from copy import deepcopy
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.document import Document, Path, invisible
from generator.model import FILES, NAMES, Action, Entry, Example, Grade, Retired, every_kind, relation
from generator.problem import Place, Problem
from generator.reading.field_problems import HIDDEN, begins, explain_field, label, meant, outer_with, owner_of
from generator.text import Text

HOMES = ["beside themes.yml", "in the folder of a journey", "in the folder of a topic"]
"""Where a file belongs, by how many folders deep it is."""

CODE = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d+|[a-zA-Z]+);|\*\*(?=\w)|(?m:^#{1,6}(?= ))")
"""What would be more than words on other sites: HTML, and headings and bold words of Markdown."""
LOST_IN_WORDS = re.compile("[\u00ad\u200b\u2060\ufeff]")
WORD_QUOTES = re.compile("[“”„][^“”]*[“”]|[‘’][^‘’]*[‘’]")
"""Words in the quotation marks that Word sets."""
NO_LINK = re.compile(r"\[[^\[\]]+\](?:\(\)\(?<?|\s*<)?(?=https?://|www\.)|\)\[(?=https?://)")
"""The words and the address of a link, where the signs between them are not those of one."""
SPACED_LINK = re.compile(r"\[[^\[\]]+\](\s+\((?:https?://|mailto:|www\.))")

PART = r"([a-z0-9-]+/)+[a-z0-9-]+\.html#{0}|about/sources/{0}\.html"
"""The addresses that an entry without a page of its own may have."""


def validate_documents(documents: list[Document], problems: list[Problem]) -> list[Entry]:
    """The entries of every document, in the order of the model's files. What is wrong is added to `problems`."""
    entries: list[Entry] = []
    unknown = [document for document in documents if not any(map(document.fits, FILES))]
    problems += [unknown_file(document, documents) for document in unknown]
    for pattern, kind in FILES.items():
        for document in documents:
            if document.fits(pattern) and document.data is not None:
                entries += entries_of(document, kind, problems)
    return entries


def unknown_file(document: Document, documents: list[Document]) -> Problem:
    """No file of this name belongs in this place."""
    *folder, name = document.parts
    here = files_of(folder)
    close = get_close_matches(name.casefold(), [file for file in here if "*" not in file], 1)
    if here == ["*.yml"] and re.search(r"\.(ya?ml|txt)$|^[^.]+$", name.casefold()):
        close = [f"{name.split('.')[0]}.yml"]
    beside = {other.parts[-1] for other in documents if list(other.parts[:-1]) == folder}
    home = next((pattern for pattern in FILES if pattern.split("/")[-1] == name), "")
    if home:
        remedy = f"It belongs {HOMES[home.count('/')]}."
    elif close:
        remedy = f"Did you mean {close[0]}?"
        if close[0] in beside:
            remedy += " It stands beside this one: move what is missing there into it, and delete this file."
    elif here:
        names = ["those whose names end in .yml" if file == "*.yml" else file for file in here]
        remedy = f"Files here are: {', '.join(names)}. Move this one elsewhere."
    else:
        remedy = "Move it up."
    return Problem(Place(document.file), f'No file of the guidance is called "{name}" here.', remedy)


def files_of(folder: list[str]) -> list[str]:
    """The names of the files that belong in a folder, as the model gives them."""
    names = {pattern: pattern.split("/")[-1] for pattern in FILES}
    own = [name for pattern, name in names.items() if folder and pattern == "/".join([*folder, name])]
    return own or [name for pattern, name in names.items() if Document("", (*folder, name)).fits(pattern)]


def entries_of(document: Document, kind: type[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """The entries of one file: one where the file's name is its id, else a list of them."""
    swallowed = dict(swallowed_fields(document, problems))
    if "id" not in kind.model_fields:
        yield from entry(document, kind, (), document.data, swallowed, problems)
    elif not isinstance(document.data, list):
        message = f"This file is a list of {kind.noun}s, and no list begins here."
        problems.append(Problem(document.place(), message, "Begin each entry with a dash: - id: some-words"))
    else:
        parted = {position for position, pair in enumerate(pairwise(document.data)) if is_parted(*pair)}
        for position, data in enumerate(document.data):
            if position in parted:
                place = document.place((position + 1,))
                first = document.lines[place.line - 1].lstrip(" -")
                remedy = f'Write line {place.line} as "{" " * (place.column - 1)}{first}".'
                problems.append(Problem(place, "The dash on this line parts an entry in two.", remedy))
            if position in parted or position - 1 in parted:
                continue
            yield from entry(document, kind, (position,), data, swallowed, problems)


def is_parted(one: Any, other: Any) -> bool:
    """Whether a dash too many has made two entries of one: the first has its id alone, the second all else."""
    return isinstance(one, dict) and isinstance(other, dict) and one.keys() == {"id"} and "id" not in other


def entry(
    document: Document,
    kind: type[Entry],
    path: Path,
    data: Any,
    swallowed: dict[Path, str],
    problems: list[Problem],
) -> Iterator[Entry]:
    """The entry at `path`; where it has mistakes, what is left of it, so that the rest is checked all the same."""
    faulty: set[str | int] = set()
    try:
        found = kind.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        names: dict[Path, str] = {detail["loc"]: detail["input"] for detail in details if names_entry(kind, detail)}
        details = [detail for detail in details if detail["loc"] not in names]
        spoken_of = {loc for detail in details for loc in said_of(document, kind, path, detail)}
        elsewhere = {(*path, *loc) for loc in spoken_of}
        elsewhere |= {(*within[: len(path)], name) for within, name in swallowed.items()}
        for detail in details:
            where = (*path, *detail["loc"])
            if detail["type"] != "missing" or where not in elsewhere:
                problems.append(explain_field(detail, document, kind, where, data))
        if not isinstance(data, dict):
            return
        faulty = {detail["loc"][0] for detail in details} | {loc[0] for loc in spoken_of if len(loc) == 1}
        found = what_is_left(kind, data, names, faulty)
    found.settle(document, path)
    problems += entry_problems(found, faulty)
    problems += [*cut_words(document, path, found), *apart(document, path, found)]
    yield found


def names_entry(kind: type[Entry], detail: ErrorDetails) -> bool:
    """Whether words stand where the id of another entry should. Linking knows the names of entries and judges them."""
    field = owner_of(kind, detail["loc"]).model_fields.get(label(detail["loc"]))
    names = field is not None and relation(field) is not None
    return names and detail["type"] == "string_pattern_mismatch" and not HIDDEN.search(detail["input"])


def said_of(document: Document, kind: type[Entry], path: Path, detail: ErrorDetails) -> list[Path]:
    """Fields of which a fault already says that they are there, though misspelt or in the wrong place."""
    within = detail["loc"][:-1]
    if (outer := outer_with(kind, detail)) is not None:
        owner = owner_of(kind, detail["loc"])
        dashed = begins(document, (*path, *detail["loc"]))
        return [(*outer, detail["loc"][-1]), *((*within, name) for name in owner.model_fields if dashed)]
    return [(*within, meant(kind, detail))]


def what_is_left(kind: type[Entry], data: dict[str, Any], names: dict[Path, str], faulty: set[str | int]) -> Entry:
    """An entry with the fields that are right, and names where ids should be. Where any is wrong, it is checked and
    linked, and never published."""
    data = deepcopy(data)
    for loc in names:
        at(data, loc[:-1])[loc[-1]] = "some-id"
    found = kind.model_construct(**{name: None for name, field in kind.model_fields.items() if field.is_required()})
    for name in kind.model_fields.keys() & data.keys() - faulty:
        found.__pydantic_validator__.validate_assignment(found, name, data[name])
    for loc, name in names.items():
        holder, last = at(found, loc[:-1]), loc[-1]
        if isinstance(last, str) and holder:
            setattr(holder, last, name)
        elif holder:
            holder[last] = name
    return found


def at(value: Any, path: Path) -> Any:
    """What stands at `path` inside a value, if anything does."""
    for step in path:
        if isinstance(step, int) or isinstance(value, dict):
            value = value[step] if value else None
        else:
            value = getattr(value, step, None)
    return value


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


# --- What holds between fields ---------------------------------------------------------------------------------------


def entry_problems(top: Entry, faulty: set[str | int]) -> Iterator[Problem]:
    """Mistakes that one field alone does not show, and advice. Of `faulty` fields all is said."""
    if isinstance(top, Action):
        if "scope" not in faulty:
            yield from scope_problems(top)
        yield from marks_twice(top)
        if len(top.themes) > 3:
            message = f'The action "{top.key}" has {len(top.themes)} themes.'
            yield Problem(top.where("themes"), message, "Keep the one to three that matter most.")
    if isinstance(top, Retired):
        yield from retired_problems(top, faulty)
    for entry in top.within():
        for name, value in entry:
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, Text):
                    yield from word_problems(entry, name, text)


def word_problems(entry: Entry, name: str, text: Text) -> Iterator[Problem]:
    """Signs in words that will not show as they were meant."""
    if space := SPACED_LINK.search(text):
        message = f'A link in "{name}" is not written as one: there is a space between its ] and its (.'
        yield Problem(entry.spot(name, f"]{space[1]}"), message, "Delete the space.")
    if signs := NO_LINK.search(text):
        message = f'A link in "{name}" is not written as one.'
        remedy = (
            "Its words stand in square brackets, its address in round ones, with nothing between: [words](https://…)."
        )
        yield Problem(entry.spot(name, signs[0].split(" ")[0]), message, remedy)
    elif code := CODE.search(text):
        message = f'"{code[0]}" looks like code of a web page and will be shown as it stands, as text.'
        remedy = "Delete it unless that is meant."
        if re.match(r"<(https?|mailto):", code[0]):
            message, remedy = f'"{code[0]}" is shown with its < and >.', "Delete the < and the >."
        yield Problem(entry.spot(name, code[0]), message, remedy, advice=True)
    line = entry.line(name)
    if letter := re.search(r":\s+([Il¦!])$", line.rstrip()):
        message = f'"{letter[1]}" stands where the bar should, and would be shown.'
        yield Problem(entry.where(name), message, f'Write "{line.strip().removesuffix(letter[1])}|".')
    if name == "keywords" and ";" in text:
        yield Problem(entry.spot(name, ";"), '"; " parts no search words.', "Write a comma.", advice=True)
    around = WORD_QUOTES.fullmatch(text) or (name == "keywords" and re.search("^[“”„]|[“”„]$", text))
    if around or (text.endswith('"') and text.count('"') % 2):
        what, them = ("marks around these words are", "them") if around else ("mark at the end of these words is", "it")
        remedy = f"Delete {them} unless that is meant: words need no quotation marks here."
        yield Problem(entry.spot(name, text[:6]), f"The quotation {what} shown.", remedy, advice=True)
    if name == "text" and isinstance(entry, Example) and re.match(r"E\.?g\b", text, re.IGNORECASE):
        message = f'The example begins with "{text.split()[0]}", and the site shows examples without it.'
        yield Problem(entry.where(name), message, "Delete it.", advice=True)
    if lost := LOST_IN_WORDS.search(text):
        message, remedy = invisible(lost[0])
        yield Problem(
            entry.spot(name, lost[0]), message, "Delete it: search does not find the word with it.", advice=True
        )


def cut_words(document: Document, path: Path, found: Entry) -> Iterator[Problem]:
    """Advice on words that are lost behind a `#`."""
    for where, lost in document.cut.items():
        if where[: len(path)] == path and isinstance(at(found, where[len(path) :]), Text):
            message = f'"{lost}" is not shown: behind a space, # begins a note to editors.'
            remedy = "If it belongs to the words, put quotes around them."
            yield Problem(document.place(where), message, remedy, advice=True)


def apart(document: Document, path: Path, found: Entry) -> Iterator[Problem]:
    """Advice on fields of an action behind a second blank line, where the end of one that was cut out may be left."""
    if not (isinstance(found, Action) and found.key):
        return
    fields = [(*path, name) for name in type(found).model_fields if name != "id"]
    places = sorted((document.keys[field], field[-1]) for field in fields if field in document.keys)
    behind = [(place, name) for place, name in places if document.stands_apart(place)]
    for place, name in behind[1:]:
        message = f'"{name}" stands behind a second blank line, and belongs to the action "{found.key}".'
        remedy = "Delete it if it is left over from another action; if not, delete the blank line."
        yield Problem(place, message, remedy, advice=True)


def marks_twice(action: Action) -> Iterator[Problem]:
    """An action has one St mark for each requirement."""
    seen: set[str] = set()
    for mark in action.statutory:
        if mark.under in seen:
            message = f'"{mark.under}" stands twice in "statutory".'
            yield Problem(mark.where("under"), message, "Delete one of the two St marks.")
        seen.add(mark.under)


def retired_problems(retired: Retired, faulty: set[str | int]) -> Iterator[Problem]:
    """A retired id has the page of its own that it had, and leads somewhere."""
    pages = [f"{kind.folder}/{retired.id}.html" for kind in every_kind() if kind.folder]
    if (
        not faulty & {"id", "page"}
        and retired.page not in pages
        and not re.fullmatch(PART.format(retired.id), retired.page)
    ):
        message = f'"{retired.page}" is not the address of a page that "{retired.id}" had.'
        yield Problem(retired.where("page"), message, f"Write the one that it had, like: actions/{retired.id}.html.")
    if "replaced_by" not in faulty and not retired.replaced_by:
        message = f'"{retired.id}" leads nowhere.'
        remedy = "Give the id of what replaces it, or of a topic or theme where a reader can go on: [some-id]."
        yield Problem(retired.where("replaced_by"), message, remedy)


def scope_problems(action: Action) -> Iterator[Problem]:
    """`scope` belongs to Ambition alone, and there always."""
    if action.grade == Grade.AMBITION and not action.scope:
        message = f'The action "{action.key}" has no "scope", and in ambition.yml each has one.'
        remedy = 'Write below its id "scope: national" or "scope: organisational".'
        if (place := action.where("scope")) != action.where():
            message = f'The "scope" of the action "{action.key}" is empty, and in ambition.yml each has one.'
            remedy = "Write national or organisational behind it."
        yield Problem(place, message, remedy)
    if action.grade != Grade.AMBITION and action.scope:
        message = f'"scope" belongs to ambition.yml alone; this is {action.grade}.yml.'
        yield Problem(action.where("scope"), message, "Delete the line.")
