"""Turn every entry of the guidance into data, and say what each field means, who wrote it and how certain it is.

The fields come from the model, so that data and documentation can't differ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any, cast

from generator.certainty import LEVELS, LEVELS_HELP, Certainty
from generator.editions.compare import text_of
from generator.exports.field_help import explain_field
from generator.fields import Field, Relation, entry_fields, fields_of
from generator.guidance import Guidance
from generator.messages import LANGUAGES, name_in_english
from generator.model import (
    Action,
    CaseStudy,
    Entry,
    Example,
    Grade,
    Journey,
    Organisation,
    Part,
    Retired,
    Source,
    Statutory,
    Theme,
    Topic,
    translation_of,
)
from generator.reading.translate import rate_texts
from generator.text import Text

KINDS: dict[str, type[Entry]] = {
    "actions": Action,
    "themes": Theme,
    "organisations": Organisation,
    "case-studies": CaseStudy,
    "journeys": Journey,
    "topics": Topic,
    "sources": Source,
    "retired": Retired,
}
"""The kinds of entry that have a data file each, by the file's name. This data includes the entries inside them."""

ADDED: dict[type[Entry], list[Field]] = {
    Topic: [Field("journey", "The journey that it is part of.", relation=Relation("journey", ""))],
    Action: [
        Field("journey", "The journey that it is part of.", relation=Relation("journey", "")),
        Field("topic", "The topic that it is part of.", relation=Relation("topic", "")),
        Field("grade", "How far it goes: simple, adventurous or ambition, the furthest.", choices=tuple(Grade)),
        Field("statutory_certainty", f"How certain its `statutory` is. {LEVELS_HELP}", choices=LEVELS),
        Field(
            "organisations_named",
            "All organisations that its own words or its examples mention, without examples that may not belong to it.",
            is_list=True,
            relation=Relation("organisation", ""),
        ),
    ],
    Example: [Field("certainty", f"How certain it is that it belongs to this action. {LEVELS_HELP}", choices=LEVELS)],
    Statutory: [
        Field("certainty", f"How certain it is that the original has this mark. {LEVELS_HELP}", choices=LEVELS)
    ],
}
"""What the data of some kinds has besides the fields of the model."""

ID = Field("id", "Permanent reference.")
PART_ID = Field("id", "Reference: the entry that contains it, the field, and its own name or a checksum of its text.")
LINKS = Field("links", "The addresses that its text links to. The text itself has no links.", is_list=True)
URL = Field("url", "The address of its page, from the root of the site unless the site's address is known.")


@cache
def columns_of(kind: type[Entry]) -> list[Field]:
    """Return the fields of the data of a kind: those added here, those of the model, then those in other languages."""
    added = [PART_ID if issubclass(kind, Part) else ID, URL, *map(name_ids, ADDED.get(kind, ()))]
    names = {field.name for field in [*added, LINKS]}
    modelled = [each for each in fields_of(kind).values() if each.name not in names]
    own = [name_ids(replace(each, help=explain_field(kind, each))) for each in modelled]
    return [*added, *own, LINKS, *(column for language in LANGUAGES for column in translated_columns(kind, language))]


def name_ids(field: Field) -> Field:
    """Return a field whose explanation says in which table its ids are, if it has ids."""
    if not field.relation:
        return field
    kinds = field.relation.kind.split(" or ")
    tables = " or ".join(f"`{name}`" for name, kind in TABLES.items() if kind.noun in kinds) or "`entries`"
    return replace(field, help=f"{field.help} {'Ids' if field.is_list else 'An id'} from {tables}.")


def translated_columns(kind: type[Entry], language: str) -> Iterator[Field]:
    """Yield the fields of the data of a kind in another language."""
    name = name_in_english(language)
    for field in translated_fields(kind):
        yield Field(f"{field.name}_{language}", f"`{field.name}` in {name}.", Text, field.is_list)
    help = f"The fields whose {name} is copied from an official source. The rest is our own translation."
    yield Field(f"official_{language}", help, is_list=True)
    yield name_ids(Field(f"source_{language}", f"The source of the official {name}.", relation=Relation("source", "")))
    yield Field(f"reviewer_{language}", "Who has reviewed our own translation. Empty if nobody has.")


@cache
def translated_fields(kind: type[Entry]) -> list[Field]:
    """Return the fields of a kind of entry that can be in another language."""
    names = fields_of(translation_of(kind))
    return [field for name, field in fields_of(kind).items() if field.is_text and name in names and name != "gap"]


def entry_to_data(entry: Entry, address: str = "") -> dict[str, Any]:
    """Return an entry as data: texts are plain, relations are ids, what is not given is null or an empty list.

    `address` is the site's own address, with a slash at its end, for the entry's `url`.
    """
    data: dict[str, Any] = {"id": refer_to(entry), "url": f"{address}{entry.address}"}
    others = {"links": [address for _, text in entry.texts() for _, address in text.links if address]}
    others |= translate_entry(entry)
    for column in columns_of(type(entry))[len(data) :]:
        if column.name in others:
            data[column.name] = others[column.name]
        elif column.entry:
            data[column.name] = [entry_to_data(one, address) for one in getattr(entry, column.name)]
        else:
            data[column.name] = simplify(getattr(entry, column.name))
    return data


def translate_entry(entry: Entry) -> dict[str, Any]:
    """Return the data of an entry in other languages. Texts whose English has changed since are left out."""
    data: dict[str, Any] = {}
    for language in LANGUAGES:
        translation = entry.translations.get(language)
        rated = rate_texts(language, entry) if translation else ()
        current = {each.field: each for each in rated if each.status in CURRENT}
        for field in translated_fields(type(entry)):
            value = getattr(translation, field.name, None) if field.is_list or field.name in current else None
            data[f"{field.name}_{language}"] = simplify(value) or ([] if field.is_list else None)
        official = [each for each in current.values() if each.status == "official"]
        data[f"official_{language}"] = [each.field for each in official]
        data[f"source_{language}"] = next((each.source for each in official), None)
        data[f"reviewer_{language}"] = next((each.reviewer for each in current.values() if each.reviewer), None)
    return data


CURRENT = ("official", "reviewed", "ours")
"""The statuses of translations of the English as it is now."""


def refer_to(entry: Entry) -> str:
    """Return the id of an entry. One without an id gets one that is the same in all files and unique.

    It consists of the id of the entry that it is inside, the field, and its own name there. Without such a name, it is
    a checksum of its text, so that it still means the same entry when the order changes.
    """
    if entry.key or not entry.parent:
        return entry.key
    around: type[Entry] = type(entry.parent)
    for name in entry_fields(around):
        siblings = getattr(entry.parent, name)
        names = [name_part(one) for one in siblings]
        for position, one in enumerate(siblings):
            if one is entry:
                repeated = names[:position].count(names[position])
                return f"{refer_to(entry.parent)}.{name}.{names[position]}{f'-{repeated + 1}' if repeated else ''}"
    raise LookupError(entry)


def name_part(part: Entry) -> str:
    """Return what identifies an entry among those beside it: its id or, without one, a checksum of its text."""
    return getattr(part, "id", None) or sha256(text_of(part).encode()).hexdigest()[:6]


def simplify(value: Any) -> Any:
    """Return a value of an entry as data: texts without links, other entries as their ids."""
    if isinstance(value, list):
        return [simplify(item) for item in value]
    if isinstance(value, Entry):
        return value.key
    return str(value.plain) if isinstance(value, Text) else value


def entries_of(guidance: Guidance, kind: type[Entry]) -> list[Entry]:
    """Return all entries of a kind that has a file of its own, in the order of the guidance."""
    return [entry for entry in guidance.tops if type(entry) is kind]


@dataclass(frozen=True)
class Link:
    """A relation between two entries."""

    start: Entry
    relation: str
    """The name of the field, or "part of"."""
    end: Entry
    whose: str
    """"official" if the guidance itself relates them, "ours" if we do."""
    certainty: Certainty


@cache
def has_official_words(kind: type[Entry]) -> bool:
    """Return whether entries of a kind are in the Commissioner's words."""
    return any(field.official for field in fields_of(kind).values())


def find_links(guidance: Guidance) -> Iterator[Link]:
    """Yield every relation of the guidance once, from the entry that states it."""
    for top in guidance.tops:
        whole = top.journey if isinstance(top, Topic) else top.topic if isinstance(top, Action) else None
        for entry in top.within():
            certainty = cast("Certainty", getattr(entry, "certainty", "known"))
            is_mark = isinstance(entry, Statutory)
            is_official = certainty == "known" if is_mark else has_official_words(type(entry))
            if around := whole if entry is top else entry.parent:
                yield Link(entry, "part of", around, "official" if is_official else "ours", certainty)
            # That an example may belong to another action says nothing about the organisations in it.
            certainty, whose = (certainty, "official") if is_mark else ("known", "ours")
            for name, field in fields_of(type(entry)).items():
                for other in entry.related[name] if field.relation else ():
                    yield Link(entry, name, other, whose if certainty == "known" else "ours", certainty)


ANY = Relation("entry", "")
"""A relation to entries of any kind."""
RELATION_COLUMNS = [
    Field("from", "The id of the entry that states the relation, from `entries`.", relation=ANY),
    Field("from_kind", "What kind of entry it is."),
    Field("relation", "How they are related: the name of a field of the first entry, or “part of”."),
    Field("to", "The id of the other entry, from `entries`.", relation=ANY),
    Field("to_kind", "What kind of entry that is."),
    Field("whose", "Who relates them. official: the guidance itself. ours: we do.", choices=("official", "ours")),
    Field(
        "certainty",
        "How certain it is. known: a source says so. inferred: we conclude it.",
        choices=("known", "inferred"),
    ),
]


def find_inner_kinds(kind: type[Entry]) -> Iterator[type[Entry]]:
    """Yield the kinds of the entries inside a kind of entry."""
    for name in entry_fields(kind):
        inner = fields_of(kind)[name].entry
        yield inner
        yield from find_inner_kinds(inner)


def list_tables() -> dict[str, type[Entry]]:
    """Return every kind of entry by the name of its table: those with a file, and those inside them."""
    inner = dict.fromkeys(one for kind in KINDS.values() for one in find_inner_kinds(kind))
    return KINDS | {name_table(kind): kind for kind in inner if kind not in KINDS.values()}


def name_table(kind: type[Entry]) -> str:
    """Return the plural of what a kind of entry is called, as the name of a file."""
    return re.sub("y$", "ie", kind.noun.lower().replace(" ", "-")) + "s"


TABLES = list_tables()
"""Every kind of entry by the name of its table. A new kind in the model has a table, too."""
EVERY_TABLE = ["about", "entries", *TABLES, "relations", "fields"]
"""The names of all tables."""
