"""Turn every entry of the guidance into data, and say what each field means, who wrote it and how certain it is.

The fields come from the model, with its help texts, so that data and documentation can't differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from generator.certainty import LEVELS, LEVELS_HELP, Certainty
from generator.fields import Field, fields_of
from generator.guidance import Guidance
from generator.model import (
    Action,
    CaseStudy,
    Entry,
    Example,
    Grade,
    Journey,
    Organisation,
    Retired,
    Source,
    Statutory,
    Theme,
    Topic,
)
from generator.text import Text

KINDS: dict[str, type[Entry]] = {
    "journeys": Journey,
    "topics": Topic,
    "actions": Action,
    "themes": Theme,
    "organisations": Organisation,
    "case-studies": CaseStudy,
    "sources": Source,
    "retired": Retired,
}
"""The kinds of entry that have a data file each, by the file's name. This data includes the entries inside them."""

ADDED: dict[type[Entry], list[Field]] = {
    Topic: [Field("journey", "The id of the journey that it is part of.")],
    Action: [
        Field("journey", "The id of the journey that it is part of."),
        Field("topic", "The id of the topic that it is part of."),
        Field("grade", "How far it goes.", choices=tuple(Grade)),
        Field("statutory_certainty", f"How certain its `statutory` is. {LEVELS_HELP}", choices=LEVELS),
    ],
    Example: [Field("certainty", f"Whether it belongs to this action. {LEVELS_HELP}", choices=LEVELS)],
    Statutory: [Field("certainty", f"Whether the original has this mark. {LEVELS_HELP}", choices=LEVELS)],
}
"""What the data of some kinds has besides the fields of the model."""

IN_ALL = [
    Field("id", "Its id, which never changes. Entries inside others may have none."),
    Field("url", "The address of its page, from the root of the site unless the site's address is known."),
]


@cache
def columns_of(kind: type[Entry]) -> list[Field]:
    """Return the fields of the data of a kind: those added here, then those of the model, in its order."""
    added = [*IN_ALL, *ADDED.get(kind, ())]
    names = {field.name for field in added}
    return added + [explain_field(field) for name, field in fields_of(kind).items() if name not in names]


def explain_field(field: Field) -> Field:
    """Return a field of the model with its help in one line, or with the names of the entries in it if it has none."""
    help = " ".join(field.help.split()) or (f"The {field.entry.noun}s in it." if field.entry else "")
    return replace(field, help=help)


def entry_to_data(entry: Entry, address: str = "") -> dict[str, Any]:
    """Return an entry as data: texts are plain, relations are ids, what is not given is null or an empty list.

    `address` is the site's own address, with a slash at its end, for the entry's `url`.
    """
    data: dict[str, Any] = {"id": getattr(entry, "id", None) or entry.key or None, "url": f"{address}{entry.address}"}
    for column in columns_of(type(entry))[len(IN_ALL) :]:
        value = getattr(entry, column.name)
        data[column.name] = [entry_to_data(one, address) for one in value] if column.entry else simplify(value)
    return data


def simplify(value: Any) -> Any:
    """Return a value of an entry as data: texts without links, other entries as their ids."""
    if isinstance(value, list):
        return [simplify(item) for item in value]
    if isinstance(value, Entry):
        return value.key
    return value.plain if isinstance(value, Text) else value


def entries_of(guidance: Guidance, kind: type[Entry]) -> list[Entry]:
    """Return all entries of a kind that has a file of its own, in the order of the guidance."""
    return [entry for entry in guidance.tops if type(entry) is kind]


def flat_columns(kind: type[Entry]) -> list[Field]:
    """Return the columns of a kind's table. The column of St marks has the ids of the requirements."""
    return [column for column in columns_of(kind) if not column.entry or column.name == "statutory"]


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


def find_links(guidance: Guidance) -> Iterator[Link]:
    """Yield every relation of the guidance once, from the entry that states it."""
    for top in guidance.tops:
        whole = top.journey if isinstance(top, Topic) else top.topic if isinstance(top, Action) else None
        if whole:
            yield Link(top, "part of", whole, "official", "known")
        for entry in top.within():
            if isinstance(entry, Example):
                yield Link(entry, "part of", entry.parent, "official", entry.certainty)
            certainty = entry.certainty if isinstance(entry, Statutory) else "known"
            whose = "official" if isinstance(entry, Statutory) and certainty == "known" else "ours"
            for name, field in fields_of(type(entry)).items():
                for other in entry.related[name] if field.relation else ():
                    yield Link(entry, name, other, whose, certainty)


CSV_TABLES = ["actions", "examples", "organisations", "case-studies", "relations"]
RELATION_COLUMNS = [
    Field("from", "The id of the entry, or of the one that it is inside."),
    Field("from_kind", "What kind of entry it is."),
    Field("relation", "How they are related: a field of the entry, or “part of”."),
    Field("to", "The id of the other entry."),
    Field("to_kind", "What kind of entry that is."),
    Field("whose", "Who relates them: the guidance itself, or we.", choices=("official", "ours")),
    Field("certainty", "Whether a source says so, or we conclude it.", choices=("known", "inferred")),
]
OWNER = Field("of", "The id of the action or topic that it is an example of.")

EXAMPLE_COLUMNS = [OWNER, *(column for column in flat_columns(Example) if column.name != "id")]
"""The columns of the table of examples. They have no ids."""
