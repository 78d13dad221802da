"""Link the entries: replace the ids in relations with the entries themselves, in both directions."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from itertools import count
from math import inf as infinity
from typing import Any, TypeVar

from generator.document import Document, invisible
from generator.fields import Relation, fields_of, scaffold_item
from generator.guidance import Guidance, TextStatus
from generator.messages import ENGLISH, sort_key_of
from generator.model import (
    EDITIONS,
    FILES,
    ID,
    SCHEMAS,
    Action,
    CaseStudy,
    Entry,
    Journey,
    Organisation,
    Requirement,
    Retired,
    Source,
    Theme,
    Topic,
    find_pattern,
    is_a,
)
from generator.problem import Place, Problem, with_article
from generator.reading.copies import COPY
from generator.reading.field_problems import HIDDEN
from generator.text import BLANK, MAX_ID_LENGTH, Text, find_reason_against, make_id, quote_title

Kind = TypeVar("Kind", bound=Entry)

FEW = 30
"""If there are no more ids than this, a message lists them all."""
ADDRESS = re.compile(r"^(?=.*(?:://|\.html)).*?([a-z0-9-]+)(?:\.html)?/?(?:#.*)?$")
"""The address of a page in place of an id. The id is its last part."""
SEVERAL = re.compile(r"[;,/&|]|\band\b|\s-\s")
"""What people write between ids instead of a comma."""
LISTS = ("organisations.yml", "themes.yml", "sources.yml")
"""The lists at the top of `journeys/`. Other files refer to their entries by id."""
ID_LINE = re.compile(r"\W*id\b")
ANOTHER_ID = "Give this entry another id."
SPACED = re.compile(r"[a-z0-9-]+( [a-z0-9-]+)+")
"""Ids with only spaces between them."""


def link_entries(
    entries: list[Entry],
    documents: list[Document],
    problems: list[Problem],
    published: Mapping[str, Entry],
    language: str = ENGLISH,
    translations: Sequence[TextStatus] = (),
) -> Guidance:
    """Link the entries of all files, return the guidance, and add what is wrong to `problems`.

    `published` has the entries of the published edition by id: the remedy for an unknown id depends on it. `language`
    is that of the texts, and `translations` is the status of each text in each other language.
    """
    broken = {problem.place.file for problem in problems if not problem.advice}
    entries = sort_entries(entries)
    problems += link_topics(entries, published)
    problems += check_order(entries, published)
    by_id = group_by_id(entries, problems, published)
    problems += check_titles(entries, published)
    problems += check_folders(documents)
    relations = [
        (entry, name, field.relation)
        for top in entries
        for entry in top.within()
        for name, field in fields_of(type(entry)).items()
        if field.relation and getattr(entry, name)
    ]
    needed = {relation.kind for _, _, relation in relations} | {entry.noun for entry in published.values()}
    missing = find_missing_lists(needed, documents, problems)
    removed = [] if missing else find_removed_files(by_id, documents, published, problems)
    unread_documents = [*missing, *(document for document in documents if document.is_unread)]
    unread_files = tuple(f"{file}/" for file in (*removed, *(document.file for document in unread_documents)))
    unread_published = {key for key, entry in published.items() if f"{entry.where().file}/".startswith(unread_files)}
    # A file with mistakes may have entries that were not read. One mistake must not be reported again wherever such an
    # entry is referred to, so their ids are taken from the lines of the file.
    unread = unread_published | {key for document in documents if document.file in broken for key in document.ids}
    unread_kinds = {
        kind
        for document in unread_documents
        if not any(map(ID_LINE.match, document.lines))
        for pattern, top_kind in FILES.items()
        if document.may_contain(pattern)
        for kind in kinds_within(top_kind)
    }
    linker = Linker(by_id, unread, unread_kinds, published)
    for relation in relations:
        problems += linker.link_field(*relation)
    sort_key = sort_key_of(language)
    guidance = Guidance(
        journeys=entries_of_kind(Journey, entries),
        themes=entries_of_kind(Theme, entries),
        organisations=sorted(entries_of_kind(Organisation, entries), key=lambda one: sort_key(one.name or "")),
        case_studies=entries_of_kind(CaseStudy, entries),
        sources=entries_of_kind(Source, entries),
        retired=entries_of_kind(Retired, entries),
        language=language,
        translations=list(translations),
        broken=broken,
    )
    if broken:
        read = {key for key, same in by_id.items() if any(entry.where().file not in broken for entry in same)}
        named = {key for document in documents for key in document.ids}
        guidance.unread = unread - read | named - guidance.entries.keys()
    guidance.unread |= unread_published | {key for key, same in by_id.items() if len(same) > 1}
    # An entry without an id may be any of the published ones of its file.
    nameless = {entry.where().file for entry in entries if "id" in type(entry).model_fields and not entry.key}
    guidance.unread |= {key for key, entry in published.items() if entry.where().file in nameless}
    return guidance


def entries_of_kind(kind: type[Kind], entries: list[Entry]) -> list[Kind]:
    return [entry for entry in entries if isinstance(entry, kind)]


def sort_entries(entries: list[Entry]) -> list[Entry]:
    """Return the entries in the order that editors give to journeys and topics, and otherwise as they are.

    They come in the order of `FILES`, so the actions of a topic come in the order of their grades.
    """
    numbers = {
        entry.parts[:-1]: infinity if entry.number is None else entry.number
        for entry in entries
        if isinstance(entry, Journey | Topic)
    }

    def place(entry: Entry) -> list[Any]:
        *folders, _ = entry.parts
        is_shared = type(entry) not in (Journey, Topic, Action)
        above = [tuple(folders[:depth]) for depth in range(1, len(folders) + 1)]
        return [is_shared, *((numbers.get(folder, infinity), folder) for folder in ([] if is_shared else above))]

    return sorted(entries, key=place)


def is_published(entry: Entry, published: Mapping[str, Entry]) -> bool:
    """Return whether the published edition has this entry, in the same file."""
    return entry.key in published and published[entry.key].where().file == entry.where().file


def check_order(entries: list[Entry], published: Mapping[str, Entry]) -> Iterator[Problem]:
    """Find journeys with the same number, and journeys without one if there are several."""
    journeys = entries_of_kind(Journey, entries)
    first: dict[int, Journey] = {}
    numbers = {journey.number for journey in journeys}
    unused = (number for number in count(1) if number not in numbers)
    for journey in sorted(journeys, key=lambda journey: not is_published(journey, published)):
        if journey.number is None:
            if len(journeys) > 1:
                message = 'There are several journeys, and this one has no "number", which would give its place.'
                remedy = f'Write "number: {next(unused)}", or another one. Without it, it comes last.'
                yield Problem(journey.where(), message, remedy, advice=True)
        elif (other := first.setdefault(journey.number, journey)) is not journey:
            message = f'The journey "{other.key}" already has the number {journey.number}.'
            remedy = f"Give this journey another number, like {next(unused)}."
            yield Problem(journey.where("number"), message, remedy)


def group_by_id(
    entries: list[Entry], problems: list[Problem], published: Mapping[str, Entry]
) -> dict[str, list[Entry]]:
    """Return the entries that have an id, by this id, and report impossible and repeated ids.

    All entries with the same id are returned, so that a relation finds the one of its kind and adds no second problem.
    A repeated id is a problem of the entry that isn't published yet.
    """
    by_id: dict[str, list[Entry]] = {}
    for entry in (inner for top in entries for inner in top.within() if inner.key):
        if not ID.match(entry.key):
            message = f'This file or folder is named "{entry.key}", which cannot be an id.'
            like = make_id(COPY.sub("", entry.key)) or "some-id"
            remedy = f'Use only lower-case letters, digits and hyphens, like "{like}".'
            problems.append(Problem(entry.where(), message, remedy))
        elif reason := find_reason_against(entry.key):
            shown = textwrap.shorten(entry.key, 40, placeholder="…")
            problems.append(Problem(entry.where("id"), f'"{shown}" cannot be an id: {reason}.', ANOTHER_ID))
        by_id.setdefault(entry.key, []).append(entry)
    for key, same in by_id.items():
        first, *others = sorted(same, key=partial(rank_owner, published))
        for entry in others:
            message = f'The id "{key}" is already used by the {first.noun} at {first.where()}.'
            problems.append(Problem(entry.where("id"), message, explain_clash(entry, first)))
    return by_id


def rank_owner(published: Mapping[str, Entry], entry: Entry) -> tuple[bool, ...]:
    """Return the place of an entry among those with the same id. The first keeps it."""
    is_shared = isinstance(entry, Theme | Organisation | Source)
    return not isinstance(entry, Retired), not is_published(entry, published), not is_shared


def explain_clash(entry: Entry, first: Entry) -> str:
    """Return what to do about an entry whose id belongs to another one, `first`."""
    if isinstance(first, Retired):
        return f"{ANOTHER_ID} If you want to bring the old one back, delete the retired id."
    if not (entry.goal and first.goal) or entry.goal.key == first.goal.key:
        return f"{ANOTHER_ID} If you moved it, delete it in its old place."
    like = make_id(f"{entry.key[: MAX_ID_LENGTH // 2]} {entry.goal.key}")
    if isinstance(entry, Topic):
        return f'Give its folder another name, like "{like}". Its title can stay: pages then name the goal with it.'
    if isinstance(entry, Requirement) and isinstance(first, Requirement):
        return f'Give it an id of its own, like "{like}". Its name can stay: pages then say that the law is the same.'
    return f'Give this entry another id, like "{like}". If you moved it, delete it in its old place.'


def check_titles(entries: list[Entry], published: Mapping[str, Entry]) -> Iterator[Problem]:
    """Find pages with the same title: readers could not tell them apart in lists or in the search.

    Only titles of ours can change. Two goals may have official titles in common: pages then name the goal with them.
    """
    titled: dict[str, list[tuple[Entry, Text]]] = {}
    inner = [entry for top in entries for entry in top.within() if entry.folder]
    for entry in sorted(inner, key=lambda entry: not is_published(entry, published)):
        field = "title" if hasattr(entry, "title") else "name"
        if not (shown := getattr(entry, field, None)):
            continue
        title = shown.original or shown  # in every language, the English titles decide
        others = titled.setdefault(title.plain.casefold(), [])
        for other, its_title in others:
            is_official = title.official and its_title.official
            if other.key != entry.key and is_official and other.noun == entry.noun and other.goal is not entry.goal:
                entry.namesakes.append(other)
                other.namesakes.append(entry)
            elif other.key != entry.key and other is others[0][0]:
                message = f'"{title.plain}" is also the title of the {other.noun} at {other.where()}.'
                remedy = "Change one of them, so that readers can tell them apart."
                if is_official:
                    remedy = "Both are the Commissioner's words: check that both are copied correctly."
                elif title.official:
                    remedy = (
                        f"Keep it: it is official. If readers may confuse the two, change that of the {other.noun}."
                    )
                elif its_title.official:
                    remedy = "Change it, so that readers can tell them apart: the other one is official."
                yield Problem(entry.where(field), message, remedy, advice=title.official)
        others.append((entry, title))


def link_topics(entries: list[Entry], published: Mapping[str, Entry]) -> Iterator[Problem]:
    """Link journeys, topics and actions by the folders that their files are in, and find repeated numbers of topics."""
    journeys = {entry.key: entry for entry in entries_of_kind(Journey, entries)}
    topics = {entry.parts[:-1]: entry for entry in entries_of_kind(Topic, entries)}
    in_order = sorted(topics.values(), key=lambda topic: (topic.number or 0, not is_published(topic, published)))
    for topic in in_order:
        if journey := journeys.get(topic.parts[0]):
            if same := next((other for other in journey.topics if other.number == topic.number is not None), None):
                message = f'The topic "{same.key}" already has the number {topic.number}.'
                yield Problem(topic.where("number"), message, "Give this topic another number.")
            topic._journey = journey
            journey.topics.append(topic)
    for action in entries_of_kind(Action, entries):
        if home := topics.get(action.parts[:-1]):
            action._topic = home
            home.actions.append(action)


def check_folders(documents: list[Document]) -> Iterator[Problem]:
    """Find folders without their journey.yml or topic.yml, unless a file there has a similar name."""
    known = {document.parts: document for document in documents if find_pattern(document)}
    needed: dict[tuple[str, ...], Document] = {}
    for parts, document in known.items():
        if len(parts) == 1 or parts[0] in ("case-studies", SCHEMAS, EDITIONS):
            continue
        needed.setdefault((parts[0], "journey.yml"), document)
        if len(parts) == 3:
            needed.setdefault((*parts[:-1], "topic.yml"), document)
    unknown = [document.parts for document in documents if document.parts not in known]
    for parts in needed.keys() - known.keys():
        if not has_similar_name(parts[-1], [other[-1] for other in unknown if other[:-1] == parts[:-1]]):
            message = f'The folder "{parts[-2]}" has no {parts[-1]}.'
            yield Problem(Place(needed[parts].file), message, f"Add {parts[-1]}, or move this file.")


def find_missing_lists(nouns: set[str], documents: list[Document], problems: list[Problem]) -> list[Document]:
    """Return a document for each missing list of entries of these nouns. Report it, unless one has a similar name."""
    names = [document.parts[0] for document in documents if len(document.parts) == 1]
    missing: list[Document] = []
    for name in LISTS:
        if documents and name not in names and FILES[name].noun in nouns:
            missing.append(Document(documents[0].root + name, (name,), is_unread=True))
            if not has_similar_name(name, [other.casefold() for other in names]):
                message = f"The file {name} is missing, but other files refer to its entries."
                problems.append(Problem(Place(missing[-1].file), message, "Restore it.", stops_reading=True))
    return missing


def has_similar_name(name: str, others: list[str]) -> bool:
    return bool(get_close_matches(name, others, 1, 0.8))


def find_removed_files(
    by_id: dict[str, list[Entry]], documents: list[Document], published: Mapping[str, Entry], problems: list[Problem]
) -> list[str]:
    """Return the published files that are missing with more than one of their entries. Report each once."""
    present = {document.file for document in documents}
    gone = Counter(
        entry.where().file
        for key, entry in published.items()
        if "id" in type(entry).model_fields and not entry.parent and key not in by_id
    )
    removed = [file for file, count in gone.items() if count > 1 and file not in present]
    for file in removed:
        message = f"The file is missing, and {gone[file]} published entries are missing with it."
        remedy = "Restore it. To drop its entries, delete them in it: the check then says how to retire each."
        problems.append(Problem(Place(file), message, remedy, stops_reading=True))
    return removed


def kinds_within(kind: type[Entry]) -> Iterator[type[Entry]]:
    """Yield a kind of entry and the kinds of the entries inside it."""
    yield kind
    for field in fields_of(kind).values():
        if field.entry:
            yield from kinds_within(field.entry)


@dataclass
class Linker:
    """Links the relations of entries, and explains ids that don't lead to the right kind of entry."""

    by_id: dict[str, list[Entry]]
    unread: set[str]
    """Ids of entries that may exist but could not be read."""
    unread_kinds: set[type[Entry]]
    """The kinds of entry in files that could not be read at all."""
    published: Mapping[str, Entry]

    def link_field(self, entry: Entry, name: str, relation: Relation) -> Iterator[Problem]:
        """Link an entry to the entries that one of its fields names, in both directions."""
        value = getattr(entry, name)
        is_list = isinstance(value, list)
        keys: list[str] = value if is_list else [value]
        for position, written in enumerate(keys):
            path = (name, position) if is_list else (name,)
            home, key = self.split_reference(written)
            place, others = entry.where(*path), self.by_id.get(key, [])
            other = self.find_entry(key, relation.kind, home or entry.goal)
            keys[position] = key
            if hidden := HIDDEN.search(key):
                yield Problem(entry.place_of_words(hidden[0], *path), *invisible(hidden[0]))
            elif other is None:
                is_unread = key in self.unread or any(is_a(kind, relation.kind) for kind in self.unread_kinds)
                if others or not is_unread:
                    yield self.explain_id(key, relation.kind, place)
            elif other.goal and (goal := home or entry.goal) and other.goal is not goal and not relation.is_shared:
                message = f'The {relation.kind} "{key}" is part of the journey "{other.goal.key}", not of "{goal.key}".'
                like = key if other.goal is entry.goal else f"{other.goal.key}/{key}"
                remedy = f'Use one of this journey. If you mean that one, write "{like}".'
                yield Problem(place, message, remedy)
            elif key in keys[:position]:
                yield Problem(place, f'"{key}" is in "{name}" twice.', "Delete one of the two.")
            elif isinstance(entry, Action) and isinstance(other, Action) and other.grade.rank <= entry.grade.rank:
                message = f'"{name}" leads to "{other.key}", which is {other.grade} and no higher than this action.'
                yield Problem(place, message, "Delete it: it can only lead to an action of a higher grade.")
            else:
                entry.related[name].append(other)
                other.related[relation.back].append(entry)
        if not is_list:
            setattr(entry, name, keys[0])

    def split_reference(self, written: str) -> tuple[Journey | None, str]:
        """Return the journey and the id that a reference names. It names a journey only to lead to another one."""
        home, _, key = written.rpartition("/")
        journey = next((entry for entry in self.by_id.get(home, ()) if isinstance(entry, Journey)), None)
        return (journey, key) if journey else (None, written)

    def find_entry(self, key: str, noun: str, goal: Journey | None) -> Entry | None:
        """Return the entry with an id and of the kind `noun`, that of a goal if there are several."""
        found = [o for o in self.by_id.get(key, ()) if is_a(type(o), noun) and not isinstance(o, Retired)]
        return next((other for other in found if other.goal is goal), found[0] if found else None)

    def explain_id(self, key: str, noun: str, place: Place) -> Problem:
        """Return the problem for an id in `place` that doesn't belong to an entry of the kind `noun`."""
        if same := self.by_id.get(key):
            remedy = f"Use the id of {with_article(noun)}."
            if isinstance(same[0], Retired):
                instead = next((other for other in same[0].replaced_by or () if other != key), "")
                remedy = f'Did you mean "{instead}", which replaces it?' if instead else "Use one that is not retired."
            return Problem(place, f'"{key}" is {with_article(same[0].noun)}, not {with_article(noun)}.', remedy)
        message = f'There is no {noun} "{key}".'
        if key == BLANK:
            return Problem(place, f"The id of {with_article(noun)} is missing here.", "Write it, or delete the line.")
        home, _, id = key.rpartition("/")
        if ID.match(home) and home not in self.by_id and id in self.by_id:
            return Problem(
                place, f'There is no journey "{home}".', f'Write only "{id}", or the right journey before it.'
            )
        if key in self.published:
            return Problem(place, message, "There was one: restore it, or delete its id here too.")
        if address := ADDRESS.search(key):
            known = address[1] in self.by_id
            remedy = f"Write only {address[1]}." if known else f"Use the id of {with_article(noun)} of this guidance."
            return Problem(place, f'"{key}" is an address, not an id.', remedy)
        others = [other for same in self.by_id.values() for other in same if is_a(type(other), noun)]
        labels = {words.casefold(): other.key for other in reversed(others) for words in (other.key, other.label)}
        names = {words.casefold(): other.key for other in reversed(others) for words in other.searched_as} | labels
        parts = [part.strip().casefold() for part in SEVERAL.split(key)]
        if SPACED.fullmatch(key):
            parts = [part for part in key.split() if part != "and"]
        if key.casefold() not in names and len(parts) > 1 and any(part in labels for part in parts):
            ids = ", ".join(names.get(part, part) for part in parts if part)
            return Problem(place, f'"{key}" is more than one id.', f"Put a comma between ids, and no quotes: [{ids}].")
        if key.casefold() in names:
            return Problem(place, message, f'Did you mean "{names[key.casefold()]}"?')
        remedies = []
        if close := get_close_matches(key.casefold(), labels, 1, 0.75):
            remedies.append(f'Did you mean "{labels[close[0]]}"?')
        elif 0 < len(others) <= FEW:
            remedies.append(f"Use one of: {', '.join(other.key for other in others)}.")
        file = next((file for file, kind in FILES.items() if kind.noun == noun and "*" not in file), "")
        if file and make_id(key) and not (close and ID.match(key)):
            name = quote_title(key.replace("-", " ").title() if ID.match(key) else key)
            lines = scaffold_item(FILES[file], {"id": make_id(key), "name": name, "title": name})
            first = f"If it is new, write {make_id(key)} here, and add these lines to {file}:"
            remedies.append("\n".join([first, *lines]))
        return Problem(place, message, " ".join(remedies) or f"Use another id, or add the {noun} first.")
