"""Turn every entry of the guidance into data, and say what each field means, who wrote it and how certain it is.

The fields come from the model, with its help texts, so that data and documentation can't differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, get_args

from generator.certainty import Certainty
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

CERTAINTY = (
    "known: a source says so. inferred: we conclude it. lost: our copy of the guidance lost it, so it is not known."
)
LEVELS = get_args(Certainty)


@dataclass(frozen=True)
class Column:
    """A field of an entry's data, or a column of a table."""

    name: str
    help: str
    """What it means, in a sentence."""
    official: bool = False
    """Whether it has the Commissioner's words. All else is ours."""
    is_list: bool = False
    content: str = "string"
    """The JSON type of its values, or of those in its list: "string", "integer" or "object"."""
    choices: tuple[str, ...] = ()
    field: Field | None = None
    """The field of the model that it comes from; None if it is added here."""
    attribute: str = ""
    """Where the entry has its value, like `topic.key`; empty if it is under the name of the column."""

    @property
    def description(self) -> str:
        """What it means, and whether it has the Commissioner's words."""
        return f"The Commissioner's words. {self.help}" if self.official else self.help


ADDED: dict[type[Entry], list[Column]] = {
    Topic: [Column("journey", "The id of the journey that it is part of.", attribute="journey.key")],
    Action: [
        Column("topic", "The id of the topic that it is part of.", attribute="topic.key"),
        Column("grade", "How far it goes.", choices=tuple(Grade)),
        Column(
            "statutory_certainty",
            f"How certain its `statutory` is. {CERTAINTY}",
            choices=LEVELS,
            attribute="legal_basis_certainty",
        ),
    ],
    Example: [Column("certainty", f"Whether it belongs to this action. {CERTAINTY}", choices=LEVELS)],
    Statutory: [Column("certainty", f"Whether the original has this mark. {CERTAINTY}", choices=LEVELS)],
}
"""What the data of some kinds has besides the fields of the model."""

IN_ALL = [
    Column("id", "Its id, which never changes. Entries inside others may have none."),
    Column("url", "The address of its page, from the root of the site unless the site's address is known."),
]


@cache
def columns_of(kind: type[Entry]) -> list[Column]:
    """Return the fields of the data of a kind: those added here, then those of the model, in its order."""
    added = [*IN_ALL, *ADDED.get(kind, ())]
    names = {column.name for column in added}
    return added + [read_column(field) for name, field in fields_of(kind).items() if name not in names]


def read_column(field: Field) -> Column:
    """Return the column for a field of the model."""
    content = "object" if field.entry else "integer" if field.content is int else "string"
    official = field.is_text and field.content.official
    help = " ".join(field.help.split()) or (f"The {field.entry.noun}s in it." if field.entry else "")
    return Column(field.name, help, official, field.is_list, content, field.choices, field)


def entry_to_data(entry: Entry, address: str = "") -> dict[str, Any]:
    """Return an entry as data: texts are plain, relations are ids, what is not given is null or an empty list.

    `address` is the site's own address, with a slash at its end, for the entry's `url`.
    """
    data: dict[str, Any] = {"id": getattr(entry, "id", None) or entry.key or None, "url": f"{address}{entry.address}"}
    for column in columns_of(type(entry)):
        if column.name not in data:
            data[column.name] = value_to_data(attrgetter(column.attribute or column.name)(entry), address)
    return data


def value_to_data(value: Any, address: str) -> Any:
    """Return a value of the model as data."""
    if isinstance(value, list):
        return [value_to_data(item, address) for item in value]
    if isinstance(value, Entry):
        return entry_to_data(value, address)
    return value.plain if isinstance(value, Text) else value


def entries_of(guidance: Guidance, kind: type[Entry]) -> list[Entry]:
    """Return all entries of a kind that has a file of its own, in the order of the guidance."""
    return [entry for entry in guidance.tops if type(entry) is kind]


def flat_columns(kind: type[Entry]) -> list[Column]:
    """Return the columns of a kind's table. The column of St marks has the ids of the requirements."""
    return [column for column in columns_of(kind) if column.content != "object" or column.name == "statutory"]


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
            is_original = isinstance(entry, Statutory) and not entry.is_inferred
            certainty = entry.certainty if isinstance(entry, Statutory) else "known"
            whose = "official" if is_original else "ours"
            for name, field in fields_of(type(entry)).items():
                for other in entry.related[name] if field.relation else ():
                    yield Link(entry, name, other, whose, certainty)


CSV_TABLES = ["actions", "examples", "organisations", "case-studies", "relations"]
RELATION_COLUMNS = [
    Column("from", "The id of the entry, or of the one that it is inside."),
    Column("from_kind", "What kind of entry it is."),
    Column("relation", "How they are related: a field of the entry, or “part of”."),
    Column("to", "The id of the other entry."),
    Column("to_kind", "What kind of entry that is."),
    Column("whose", "Who relates them: the guidance itself, or we.", choices=("official", "ours")),
    Column("certainty", "Whether a source says so, or we conclude it.", choices=("known", "inferred")),
]
OWNER = Column("of", "The id of the action or topic that it is an example of.")

EXAMPLE_COLUMNS = [OWNER, *(column for column in flat_columns(Example) if column.name != "id")]
"""The columns of the table of examples. They have no ids."""
