"""Entries in, the linked guidance out: ids become entries, at both ends of every relation."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from generator.document import Document
from generator.model import (
    FILES,
    ID,
    Action,
    CaseStudy,
    Entry,
    Guidance,
    Journey,
    Organisation,
    Retired,
    Source,
    Theme,
    To,
    Topic,
    every_kind,
    is_a,
    relation,
)
from generator.problem import Place, Problem, a
from generator.text import BLANK, id_of, quoted

Kind = TypeVar("Kind", bound=Entry)

FEW = 30
"""Of so many ids all are offered."""
ADDRESS = re.compile(r"^(?=.*(?:://|\.html)).*?([a-z0-9-]+)(?:\.html)?/?(?:#.*)?$")
"""The address of a page where an id should be: its end is the id."""
SEVERAL = re.compile(r"[;,/&|]|\band\b|\s-\s")
"""What people write between ids instead of a comma."""
SPACED = re.compile(r"[a-z0-9-]+( [a-z0-9-]+)+")


def link_entries(
    entries: list[Entry],
    documents: list[Document],
    problems: list[Problem],
    published: Mapping[str, Entry],
) -> Guidance:
    """Tie the entries together. What is wrong is added to `problems`; what is said of an unknown id depends on whether
    it is a `published` one. An entry without an id that can be read may be any of the published ones of its file.

    A file with a mistake in it may hold entries that were not read. Their ids are taken from its lines, so that one
    mistake is not reported again wherever the entry is referred to.
    """
    broken = {problem.place.file for problem in problems if not problem.advice}
    unread = {key for document in documents if document.file in broken for key in document.ids}
    entries_by_id = register(entries, problems)
    same_titles(entries, problems)
    build_tree(entries, documents, problems)
    everything = [inner for entry in entries for inner in entry.within()]
    for entry in everything:
        for name, _ in relations(type(entry)):
            entry.related[name] = []
        for back in backs(type(entry)):
            entry.related[back] = []
    for entry in everything:
        for name, to in relations(type(entry)):
            tie(entry, name, to, entries_by_id, unread, published, problems)
    guidance = Guidance(
        journeys=sorted(of(Journey, entries), key=lambda journey: journey.key),
        themes=of(Theme, entries),
        organisations=sorted(of(Organisation, entries), key=lambda organisation: (organisation.name or "").casefold()),
        case_studies=of(CaseStudy, entries),
        sources=of(Source, entries),
        retired=of(Retired, entries),
    )
    if broken:
        read = {entry.key for entry in everything if entry.where().file not in broken}
        named = {key for document in documents for key in document.ids}
        guidance.unread = unread - read | named - guidance.entries.keys()
    guidance.unread |= {key for key, same in entries_by_id.items() if len(same) > 1}
    nameless = {entry.where().file for entry in entries if "id" in type(entry).model_fields and not entry.key}
    guidance.unread |= {key for key, entry in published.items() if entry.where().file in nameless}
    return guidance


def of(kind: type[Kind], entries: list[Entry]) -> list[Kind]:
    return [entry for entry in entries if isinstance(entry, kind)]


def relations(kind: type[Entry]) -> Iterator[tuple[str, To]]:
    """The fields of this kind that hold ids, and what the model says of them."""
    for name, field in kind.model_fields.items():
        if to := relation(field):
            yield name, to


@cache
def backs(kind: type[Entry]) -> set[str]:
    """What relations of other entries are called at this kind's end."""
    return {to.back for other in every_kind() for _, to in relations(other) if is_a(kind, to.kind)}


def register(entries: list[Entry], problems: list[Problem]) -> dict[str, list[Entry]]:
    """The entries that have an id, by it. The same id twice is a problem, and both are kept: a relation finds the one
    that is of its kind, so that nothing more is said."""
    registered: dict[str, list[Entry]] = {}
    for entry in (inner for top in entries for inner in top.within() if inner.key):
        if not ID.match(entry.key):
            message = f'"{entry.key}" cannot be an id, and the name of this file or folder is one.'
            remedy = f'Use lower-case letters, digits and hyphens only, like "{id_of(entry.key) or "some-id"}".'
            problems.append(Problem(entry.where(), message, remedy))
        if entry.key == "index":
            message = '"index" cannot be an id: the pages of lists are called so.'
            problems.append(Problem(entry.where("id"), message, "Give this entry another id."))
        registered.setdefault(entry.key, []).append(entry)
    for key, same in registered.items():
        first, *others = sorted(same, key=lambda entry: not isinstance(entry, Theme | Organisation | Source | Retired))
        for entry in others:
            message = f'The id "{key}" is taken: the {first.noun} at {first.where()} has it.'
            remedy = "Give this entry another id; or, if you moved it, delete the one that is left in its old place."
            if isinstance(first, Retired):
                remedy = "Give this entry another id; or if it is not gone after all, delete the retired one."
            problems.append(Problem(entry.where("id"), message, remedy))
    return registered


def same_titles(entries: list[Entry], problems: list[Problem]) -> None:
    """Two pages of one title cannot be told apart, in lists or in a search."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.folder and (getattr(entry, "title", None) or getattr(entry, "name", None)):
            other = first.setdefault(entry.label.casefold(), entry)
            if other.key != entry.key:
                field = "title" if hasattr(entry, "title") else "name"
                message = f'"{entry.label}" is also what the {other.noun} at {other.where()} is called.'
                problems.append(Problem(entry.where(field), message, "Call this one something else."))


def build_tree(entries: list[Entry], documents: list[Document], problems: list[Problem]) -> None:
    """Give journeys their topics and topics their actions, by the folders that their files stand in.

    Entries come in the order of the model's files, so a topic's actions come in the order of their grades.
    """
    journeys = {entry.key: entry for entry in of(Journey, entries)}
    topics = {entry.parts[:-1]: entry for entry in of(Topic, entries)}
    for folder, topic in sorted(topics.items(), key=lambda item: item[1].number or 0):
        if journey := journeys.get(folder[0]):
            if same := next((other for other in journey.topics if other.number == topic.number is not None), None):
                message = f'Number {topic.number} is taken: the topic "{same.key}" has it.'
                problems.append(Problem(topic.where("number"), message, "Give this topic a number of its own."))
            topic._journey = journey
            journey.topics.append(topic)
    for action in of(Action, entries):
        if home := topics.get(action.parts[:-1]):
            action._topic = home
            home.actions.append(action)
    known = [document for document in documents if any(map(document.fits, FILES))]
    renamed = {document.parts for document in documents if document not in known}
    missing: dict[tuple[str, ...], Document] = {}
    for document in known:
        if len(document.parts) > 1 and document.parts[0] != "case-studies":
            missing.setdefault((document.parts[0], "journey.yml"), document)
        if len(document.parts) == 3:
            missing.setdefault((*document.parts[:-1], "topic.yml"), document)
    for parts in sorted(missing.keys() - {document.parts for document in known}):
        if get_close_matches(parts[-1], [other[-1] for other in renamed if other[:-1] == parts[:-1]], 1, 0.8):
            continue
        message = f'The folder "{parts[-2]}" has no {parts[-1]}.'
        problems.append(Problem(Place(missing[parts].file), message, f"Add {parts[-1]}, or move this file."))


def tie(
    entry: Entry,
    name: str,
    to: To,
    by_id: dict[str, list[Entry]],
    unread: set[str],
    published: Mapping[str, Entry],
    problems: list[Problem],
) -> None:
    """Put the entries that a field names at this end, and this entry at theirs."""
    value: Any = getattr(entry, name)
    for position, key in enumerate(value if isinstance(value, list) else [value] if value else []):
        place = entry.where(name, position) if isinstance(value, list) else entry.where(name)
        named = by_id.get(key, [])
        other = next((other for other in named if is_a(type(other), to.kind) and not isinstance(other, Retired)), None)
        if other is None:
            if named or key not in unread:
                problems.append(unknown(key, to, named, by_id, published, place))
        elif isinstance(value, list) and key in value[:position]:
            problems.append(Problem(place, f'"{key}" stands twice in "{name}".', "Delete one of the two."))
        elif name == "next" and (message := not_higher(entry, other)):
            problems.append(Problem(place, message, "It leads to an action of a higher grade only: delete it here."))
        else:
            entry.related[name].append(other)
            other.related[to.back].append(entry)


def not_higher(action: Entry, other: Entry) -> str:
    """What to say of an action that is to lead to another and is not of a lower grade."""
    if isinstance(action, Action) and isinstance(other, Action) and action.grade.rank >= other.grade.rank:
        return f'"next" leads to "{other.key}", which is {other.grade}: no higher than this action.'
    return ""


def unknown(
    key: str, to: To, named: list[Entry], by_id: dict[str, list[Entry]], published: Mapping[str, Entry], place: Place
) -> Problem:
    """An id that names nothing, or a thing of another kind."""
    if named:
        remedy = f"Give the id of {a(to.kind)}."
        if isinstance(named[0], Retired):
            instead = next((other for other in named[0].replaced_by or () if other != key), "")
            remedy = f'Did you mean "{instead}", which replaces it?' if instead else "Give one that is not retired."
        return Problem(place, f'"{key}" is {a(named[0].noun)}, not {a(to.kind)}.', remedy)
    message = f'There is no {to.kind} "{key}".'
    if key == BLANK:
        return Problem(place, f"The id of {a(to.kind)} belongs here.", "Write it, or delete the line.")
    if key in published:
        return Problem(place, message, "There was one: bring it back, or take its id out here, too.")
    if address := ADDRESS.search(key):
        remedy = (
            f"Write {address[1]} alone." if address[1] in by_id else f"Give the id of {a(to.kind)} of this guidance."
        )
        return Problem(place, f'"{key}" is an address, not an id.', remedy)
    others = [other for same in by_id.values() for other in same if is_a(type(other), to.kind)]
    labels = {words.casefold(): other.key for other in reversed(others) for words in (other.key, other.label)}
    known = {words.casefold(): other.key for other in reversed(others) for words in other.searched_as} | labels
    parts = [part.strip().casefold() for part in SEVERAL.split(key)]
    if SPACED.fullmatch(key):
        parts = [part for part in key.split() if part != "and"]
    if key.casefold() not in known and len(parts) > 1 and any(part in labels for part in parts):
        ids = ", ".join(known.get(part, part) for part in parts if part)
        return Problem(place, f'"{key}" is more than one id.', f"Put a comma between ids, and no quotes: [{ids}].")
    if key.casefold() in known:
        return Problem(place, message, f'Did you mean "{known[key.casefold()]}"?')
    remedies = []
    if close := get_close_matches(key.casefold(), labels, 1, 0.75):
        remedies.append(f'Did you mean "{labels[close[0]]}"?')
    elif 0 < len(others) <= FEW:
        remedies.append(f"Use one of: {', '.join(other.key for other in others)}.")
    file = next((file for file, kind in FILES.items() if kind.noun == to.kind and "*" not in file), "")
    if file and id_of(key) and not (close and ID.match(key)):
        lines = new_entry(FILES[file], key)
        remedies.append(f"If it is new, write {id_of(key)} here, and these lines into {file}:\n{lines}")
    return Problem(place, message, " ".join(remedies) or f"Use the id of another, or add the {to.kind} first.")


def new_entry(kind: type[Entry], key: str) -> str:
    """The lines of an entry that somebody has named by its id or by its name, with dots for what is to be written."""
    name = key.replace("-", " ").title() if ID.match(key) else key
    needed = [field for field, about in kind.model_fields.items() if about.is_required() and field != "id"]
    lines = [f"  {field}: {quoted(name) if field in ('title', 'name') else BLANK}" for field in needed]
    return "\n".join([f"- id: {id_of(key)}", *lines])
