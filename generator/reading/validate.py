"""Make entries of the data in the files, and find every mistake that shows within one file."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from generator.document import Document, Path, invisible
from generator.fields import entry_fields, required_fields
from generator.messages import LANGUAGES, name_in_english, name_language
from generator.model import EDITIONS, FILES, NAMES, SCHEMAS, Action, Entry, Example, Grade, Part, Retired, every_kind
from generator.problem import Place, Problem
from generator.reading.copies import leave_out_copies
from generator.reading.field_problems import FieldError
from generator.reading.signs import find_broken_signs, merge_problems
from generator.text import Text

LIKE_TRANSLATED = re.compile(r"(.+)\.([a-z]{2,3})\.yml")
CASE_STUDIES = "case-studies"
PLACES = ["beside themes.yml", "in the folder of a journey", "in the folder of a topic"]
"""Where a file belongs, by the number of folders that it is in."""

CODE = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|\*\*(?=\w)|(?m:^#{1,6}(?= ))")
"""Markup that our pages show as plain text: HTML, and headings and bold words in Markdown."""
INVISIBLE_IN_WORDS = re.compile("[\u00ad\u200b\u2060\ufeff]")
SIGNS = re.compile(f'[][<&*#;“”„"]|^[‘’]|{INVISIBLE_IN_WORDS.pattern}')
"""Signs that most texts don't have, and that need a closer look."""
WORD_QUOTES = re.compile("[“”„][^“”]*[“”]|[‘’][^‘’]*[‘’]")
"""A text inside curly quotation marks."""
MISTYPED_LINK = re.compile(r"\[[^\[\]]+\](?:\(\)\(?<?|\s*<)?(?=https?://|www\.)|\)\[(?=https?://)")
"""The words of a link and its address, with other characters than ]( between them."""
SPACED_LINK = re.compile(r"\[[^\[\]]+\](\s+\((?:https?://|mailto:|www\.))")

PART = r"([a-z0-9-]+/)+[a-z0-9-]+\.html#{0}|about/sources/{0}\.html"
"""Addresses that an entry without its own page can have, with {0} for its id."""


def validate_documents(
    documents: list[Document], problems: list[Problem], published: Collection[str] = ()
) -> list[Entry]:
    """Return the entries of all files, in the order of `FILES`, and add what is wrong to `problems`.

    An entry with mistakes is returned with its correct fields only, so that these are checked and linked, too.
    `published` are the paths of the files in the published edition.
    """
    misplaced = [document for document in documents if is_misplaced(document, documents)]
    documents = [document for document in documents if document not in misplaced]
    unknown = [document for document in documents if not any(map(document.matches, FILES))]
    problems += [
        explain_unknown_file(document, [*documents, *misplaced])
        for document in (*unknown, *misplaced)
        if not document.is_unread
    ]
    entries: list[Entry] = []
    originals = leave_out_copies(documents, problems, published)
    for pattern, kind in FILES.items():
        for document in originals:
            if document.matches(pattern) and document.data is not None:
                entries += validate_file(document, kind, problems)
    return entries


def is_misplaced(document: Document, documents: list[Document]) -> bool:
    """Return whether a file looks like one of the guidance, but is in a folder for others, or is a translation."""
    if document.parts[0] in (SCHEMAS, EDITIONS):
        return True
    if document.parts[0] == CASE_STUDIES and (len(document.parts) != 2 or document.parts[1] == "journey.yml"):
        return True
    return any(map(document.matches, FILES)) and bool(find_translated_name(document, documents))


def find_translated_name(document: Document, documents: list[Document]) -> str:
    """Return the right name of a file that seems to be a translation, like simple_cy.yml; empty if it is none."""
    *folder, name = document.parts
    beside = [other.parts[-1] for other in documents if list(other.parts[:-1]) == folder]
    parts = split_name(name)
    for language in LANGUAGES:
        words = {language, name_in_english(language).casefold(), name_language(language, language).casefold()}
        rest = parts[1:] if parts[0] in words else parts[:-1] if parts[-1] in words else []
        english = next((other for other in beside if rest and other.endswith(".yml") and split_name(other) == rest), "")
        if english and name != (right := f"{english.removesuffix('.yml')}.{language}.yml"):
            return right
    return ""


def split_name(name: str) -> list[str]:
    """Return the words in the name of a file, without its ending."""
    words = re.split(r"[-._ ()]+", name.casefold())
    return [word for word in words if word and word not in ("yml", "yaml", "txt")] or [""]


def explain_unknown_file(document: Document, documents: list[Document]) -> Problem:
    """Return the problem for a file that the guidance doesn't have, by its name and folder."""
    *folder, name = document.parts
    if right := find_translated_name(document, documents):
        message = f'"{name}" is not how a file with translations is called.'
        remedy = f"Rename it to {right}."
        if right in {other.parts[-1] for other in documents if list(other.parts[:-1]) == folder}:
            remedy = f"There is {right}: move anything that is missing there, and delete this file."
        return Problem(Place(document.file), message, remedy)
    if (translated := LIKE_TRANSLATED.fullmatch(name)) and any(
        map(Document("", (*folder, f"{translated[1]}.yml")).matches, FILES)
    ):
        message = f'The site has no language "{translated[2]}", which the name of this file says.'
        remedy = f"Use one of: {', '.join(LANGUAGES)}. Or move the file elsewhere."
        return Problem(Place(document.file), message, remedy)
    names = {pattern: pattern.split("/")[-1] for pattern in FILES}
    here = [file for pattern, file in names.items() if Document("", (*folder, file)).matches(pattern)]
    close = get_close_matches(name.casefold(), here, 1)
    if "*.yml" in here:
        here, close = ["*.yml"], []
        if re.search(r"\.(ya?ml|txt)$|^[^.]+$", name.casefold()):
            close = [f"{name.split('.')[0]}.yml"]
    beside = {other.parts[-1] for other in documents if list(other.parts[:-1]) == folder}
    if name in names.values():
        depth = next(pattern.count("/") for pattern, file in names.items() if file == name)
        remedy = f"Move it: it belongs {PLACES[depth]}."
    elif folder[:1] == [CASE_STUDIES] and len(folder) > 1 and name.endswith(".yml"):
        remedy = f"If it is a case study, move it to the folder {CASE_STUDIES} itself, which has no folders."
    elif close:
        remedy = f"Did you mean {close[0]}?"
        if close[0] in beside:
            remedy += " That file is here already: move anything that is missing there, and delete this file."
    elif here:
        listed = ", ".join("files whose names end in .yml" if file == "*.yml" else file for file in here)
        remedy = f"This folder is only for {listed}. Move this file elsewhere."
    else:
        remedy = "Move it one folder up."
    return Problem(Place(document.file), f'The guidance has no file called "{name}" here.', remedy)


def validate_file(document: Document, kind: type[Entry], problems: list[Problem]) -> list[Entry]:
    """Return the entries of one file, and add what is wrong to `problems`."""
    tops = list(validate_entries(document, kind, problems))
    entries = (entry for top in tops for entry in top.within())
    problems += merge_problems([problem for entry in entries for problem in find_broken_signs(entry)])
    return tops


def validate_entries(document: Document, kind: type[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """Yield the entries of one file, and add what is wrong in their fields to `problems`."""
    swallowed = list(find_swallowed_fields(document, problems))
    if "id" not in kind.model_fields:
        yield from validate_entry(document, kind, (), swallowed, problems)
    elif not isinstance(document.data, list):
        message = f"This file must be a list of {kind.noun}s."
        remedy = "Start each entry with a dash: - id: some-words"
        problems.append(Problem(document.place(), message, remedy, stops_reading=True))
        document.is_unread = True
    else:
        split = {position for position, pair in enumerate(pairwise(document.data)) if is_split_entry(*pair)}
        for position in sorted(split):
            place = document.place((position + 1,))
            first = document.lines[place.line - 1].lstrip(" -")
            remedy = f'Write line {place.line} as "{" " * (place.column - 1)}{first}".'
            problems.append(Problem(place, "The dash on this line splits an entry in two.", remedy))
        for position in range(len(document.data)):
            if not {position, position - 1} & split:
                yield from validate_entry(document, kind, (position,), swallowed, problems)


def is_split_entry(one: Any, other: Any) -> bool:
    """Return whether two items are one entry with an extra dash: the first has only the id, the second all the rest."""
    return isinstance(one, dict) and isinstance(other, dict) and one.keys() == {"id"} and "id" not in other


def validate_entry(
    document: Document, kind: type[Entry], path: Path, swallowed: list[tuple[Path, str]], problems: list[Problem]
) -> Iterator[Entry]:
    """Return the entry at `path`, if there is any, and add what is wrong to `problems`."""
    data = document.data[path[0]] if path else document.data
    wrong: set[str | int] = set()
    try:
        entry = kind.model_validate(data)
    except ValidationError as error:
        errors = [FieldError(detail, document, path, kind, data) for detail in error.errors(include_url=False)]
        found = {field for error in errors for field in error.fields_not_missing()}
        not_missing = {(*path, *loc) for loc in found} | {(*within[: len(path)], name) for within, name in swallowed}
        explained = [error.explain() for error in errors if error.type != "missing" or error.path not in not_missing]
        if not isinstance(data, dict):
            document.is_unread |= not path
            problems += [replace(problem, stops_reading=not path) for problem in explained]
            return
        problems += explained
        wrong = {error.loc[0] for error in errors} | {loc[0] for loc in found if len(loc) == 1}
        entry = build_partial_entry(kind, data, wrong)
    entry.set_source(document, path)
    problems += check_entry(entry, wrong)
    problems += check_blank_lines(document, path, entry)
    yield entry


def build_partial_entry(kind: type[Entry], data: dict[str, Any], wrong: set[str | int]) -> Entry:
    """Return an entry with all fields that are correct. Required fields that are wrong or missing are None."""
    entry = kind.model_construct(**dict.fromkeys(required_fields(kind)))
    for name in kind.model_fields.keys() & data.keys() - wrong:
        entry.__pydantic_validator__.validate_assignment(entry, name, data[name])
    return entry


def find_swallowed_fields(document: Document, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Find fields that YAML reads as part of the text above, because they are indented like it.

    Return the path to the text and the name of each field, and add the mistakes to `problems`.
    """
    for path, numbers in document.blocks.items():
        for number in numbers:
            line = document.lines[number - 1] if number <= len(document.lines) else ""
            looks = re.match(r"^( *)(?:- +)?([a-z_]+):(?= |$)", line)
            if looks and looks[2] in NAMES:
                place = Place(document.file, number, len(looks[1]) + 1)
                field = next((str(step) for step in reversed(path) if isinstance(step, str)), "the text")
                message = f'This line looks like the field "{looks[2]}", but it lines up with the words of "{field}".'
                problems.append(Problem(place, message, "Move it left, exactly below the other fields of its entry."))
                yield path, looks[2]


# --- Checks of valid fields -------------------------------------------------------------------------------------------


def check_entry(top: Entry, wrong: set[str | int]) -> Iterator[Problem]:
    """Find what only several fields together show, and unusual texts. Don't repeat anything about `wrong` fields."""
    if isinstance(top, Action):
        if "scope" not in wrong:
            yield from check_scope(top)
        yield from check_duplicate_marks(top)
        if len(top.themes) > 3:
            message = f'The action "{top.key}" has {len(top.themes)} themes.'
            yield Problem(top.where("themes"), message, "Keep the three that matter most.")
    if isinstance(top, Retired):
        yield from check_retired(top, wrong)
    for entry in top.within():
        yield from check_parts(entry)
        for path, text in entry.texts():
            yield from check_text(entry, path, text)


def check_parts(entry: Entry) -> Iterator[Problem]:
    """Find parts of a list with the same id: a translation would belong to both."""
    for name in entry_fields(type(entry)):
        ids = [getattr(part, "id", None) for part in getattr(entry, name) if isinstance(part, Part)]
        for position, key in enumerate(ids):
            if key and key in ids[:position]:
                message = f'The id "{key}" is in "{name}" twice.'
                place = getattr(entry, name)[position].where("id")
                yield Problem(place, message, "Give this one another id, in the translations, too.")


def check_text(entry: Entry, path: Path, text: Text) -> Iterator[Problem]:
    """Find characters in a text of an entry that won't look as intended."""
    name = str(path[0])
    if lost := entry.lost_words(*path):
        message = f'"{lost}" is not shown: after a space, # starts a note to editors.'
        yield Problem(entry.where(*path), message, "If it belongs to the words, put quotes around them.", advice=True)
    line = entry.line_of(name).strip() if text[0] in "Il¦!" else ""
    if re.search(r":\s+[Il¦!]$", line):
        message = f'"{text[0]}" is in the place of the bar, and would be shown.'
        yield Problem(entry.where(name), message, f'Write "{line[:-1]}|".')
    if name == "text" and isinstance(entry, Example) and re.match(r"E\.?g\b", text, re.IGNORECASE):
        message = f'The example starts with "{text.split()[0]}", but examples are shown without it.'
        yield Problem(entry.where(name), message, "Delete it.", advice=True)
    if not SIGNS.search(text):
        return
    if space := SPACED_LINK.search(text):
        message = f'A link in "{name}" has a space or a line break between its ] and its (.'
        yield Problem(entry.place_of_words(f"]{space[1]}", name), message, "Delete it.")
    if signs := MISTYPED_LINK.search(text):
        message = f'A link in "{name}" has the wrong brackets.'
        brackets = "Put its words in square brackets and its address in round ones"
        remedy = f"{brackets}, with nothing between: [words](https://…)."
        yield Problem(entry.place_of_words(signs[0].split(" ")[0], name), message, remedy)
    elif code := CODE.search(text):
        message = f'"{code[0]}" looks like code of a web page. It will be shown as text.'
        remedy = "Delete it, unless you mean that."
        if re.match(r"<(https?|mailto):", code[0]):
            message, remedy = f'"{code[0]}" is shown with its < and >.', "Delete the < and the >."
        yield Problem(entry.place_of_words(code[0], name), message, remedy, advice=True)
    if name == "keywords" and ";" in text:
        message = "A semicolon doesn't separate search words."
        yield Problem(entry.place_of_words(";", name), message, "Write a comma.", advice=True)
    around = WORD_QUOTES.fullmatch(text) or (name == "keywords" and re.search("^[“”„]|[“”„]$", text))
    if around or (text.endswith('"') and text.count('"') % 2):
        what, them = ("marks around these words are", "them") if around else ("mark at the end of these words is", "it")
        remedy = f"Delete {them}, unless you mean that: words need no quotation marks here."
        yield Problem(entry.place_of_words(text[:6], name), f"The quotation {what} shown.", remedy, advice=True)
    if hidden := INVISIBLE_IN_WORDS.search(text):
        message, _ = invisible(hidden[0])
        remedy = "Delete it: the search does not find the word with it."
        yield Problem(entry.place_of_words(hidden[0], name), message, remedy, advice=True)


def check_blank_lines(document: Document, path: Path, entry: Entry) -> Iterator[Problem]:
    """Find fields of an action after a second blank line: they may be left over from an action that was cut out."""
    if not (isinstance(entry, Action) and entry.key):
        return
    fields = [(*path, name) for name in type(entry).model_fields if name != "id"]
    places = sorted((document.keys[field], field[-1]) for field in fields if field in document.keys)
    behind = [(place, name) for place, name in places if document.follows_blank_line(place)]
    for place, name in behind[1:]:
        message = f'"{name}" comes after a second blank line, and is part of the action "{entry.key}".'
        remedy = "Delete it if it is left over from another action. If not, delete the blank line."
        yield Problem(place, message, remedy, advice=True)


def check_duplicate_marks(action: Action) -> Iterator[Problem]:
    """Find St marks of an action that are for the same requirement as another one."""
    required = [mark.under for mark in action.statutory]
    for position, mark in enumerate(action.statutory):
        if mark.under in required[:position]:
            message = f'"{mark.under}" is in "statutory" twice.'
            yield Problem(mark.where("under"), message, "Delete one of the two St marks.")


def check_retired(retired: Retired, wrong: set[str | int]) -> Iterator[Problem]:
    """Check that a retired id has an address that it can have had, and that something replaces it."""
    pages = [f"{kind.folder}/{retired.id}.html" for kind in every_kind() if kind.folder]
    is_page = retired.page in pages or re.fullmatch(PART.format(retired.id), retired.page or "")
    if not is_page and not wrong & {"id", "page"}:
        message = f'"{retired.page}" is not the address of a page that "{retired.id}" had.'
        remedy = f"Write the address that it had, like: actions/{retired.id}.html."
        yield Problem(retired.where("page"), message, remedy)
    if "replaced_by" not in wrong and not retired.replaced_by:
        message = f'"{retired.id}" does not say what replaces it.'
        remedy = "Write the id of what replaces it, or of a topic or theme that helps the reader: [some-id]."
        yield Problem(retired.where("replaced_by"), message, remedy)


def check_scope(action: Action) -> Iterator[Problem]:
    """Check that an Ambition action has a scope, and that no other action has one."""
    if action.grade == Grade.AMBITION and not action.scope:
        message = f'The action "{action.key}" has no "scope", but in ambition.yml each action needs one.'
        remedy = 'Write below its id "scope: national" or "scope: organisational".'
        if (place := action.where("scope")) != action.where():
            message = f'The "scope" of the action "{action.key}" is empty, but in ambition.yml each action needs one.'
            remedy = "Write national or organisational after it."
        yield Problem(place, message, remedy)
    if action.grade != Grade.AMBITION and action.scope:
        message = f'Only actions in ambition.yml have "scope". This is {action.grade}.yml.'
        yield Problem(action.where("scope"), message, "Delete the line.")
