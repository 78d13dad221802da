"""Every entry of the guidance as data: what each kind has, in which words, and how certain it is.

The fields come from the model, with its help texts, so that data and documentation can't differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.fields import Field, fields_of
from generator.guidance import Guidance
from generator.model import (
    Action,
    CaseStudy,
    Entry,
    Example,
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
"""The kinds of entry that have a file of data each, by its name. Entries inside others are inside their records."""

CERTAINTY = (
    "known: a source says so. inferred: we conclude it. lost: our copy of the guidance lost it, so it is not known."
)
LEVELS = ("known", "inferred", "lost")


@dataclass(frozen=True)
class Column:
    """A field of a record."""

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

    @property
    def description(self) -> str:
        """What it means, and whether it has the Commissioner's words."""
        return f"The Commissioner's words. {self.help}" if self.official else self.help


ADDED: dict[type[Entry], list[Column]] = {
    Entry: [
        Column("id", "Its id, which never changes. Entries inside others may have none."),
        Column("url", "The address of its page, from the root of the site unless the site's address is known."),
    ],
    Topic: [Column("journey", "The id of the journey that it is part of.")],
    Action: [
        Column("topic", "The id of the topic that it is part of."),
        Column("grade", "How far it goes.", choices=("simple", "adventurous", "ambition")),
        Column("statutory_certainty", f"How certain its `statutory` is. {CERTAINTY}", choices=LEVELS),
    ],
    Example: [Column("certainty", f"Whether it belongs to this action. {CERTAINTY}", choices=LEVELS)],
    Statutory: [Column("certainty", f"Whether the original has this mark. {CERTAINTY}", choices=LEVELS)],
}
"""What records have besides the fields of the model. What is under Entry is in all of them."""


def columns_of(kind: type[Entry]) -> list[Column]:
    """Return the fields of the records of a kind: those added here, then those of the model, in its order."""
    added = [*ADDED[Entry], *ADDED.get(kind, ())]
    names = {column.name for column in added}
    return added + [read_column(field) for name, field in fields_of(kind).items() if name not in names]


def read_column(field: Field) -> Column:
    """Return what a record has for a field of the model."""
    content = "object" if field.entry else "integer" if field.content is int else "string"
    official = field.is_text and field.content.official
    help = " ".join(field.help.split()) or (f"The {field.entry.noun}s in it." if field.entry else "")
    return Column(field.name, help, official, field.is_list, content, field.choices, field)


def make_record(entry: Entry, address: str = "") -> dict[str, Any]:
    """Return an entry as data: texts are plain, relations are ids, what is not given is null or an empty list.

    `address` is that of the site, with a slash at its end, for the entry's `url`.
    """
    added: dict[str, Any] = {"id": getattr(entry, "id", None) or entry.key or None, "url": f"{address}{entry.address}"}
    if isinstance(entry, Topic):
        added["journey"] = entry.journey.key
    if isinstance(entry, Action):
        added |= {"topic": entry.topic.key, "grade": entry.grade.value, "statutory_certainty": rate_marks(entry)}
    if isinstance(entry, Example | Statutory):
        added["certainty"] = rate(entry)
    return {
        column.name: added[column.name] if column.name in added else to_data(getattr(entry, column.name), address)
        for column in columns_of(type(entry))
    }


def to_data(value: Any, address: str) -> Any:
    """Return a value of the model as data."""
    if isinstance(value, list):
        return [to_data(item, address) for item in value]
    if isinstance(value, Entry):
        return make_record(value, address)
    return value.plain if isinstance(value, Text) else value


def rate(entry: Entry) -> str:
    """Return how certain it is that an example or an St mark belongs to its action; known for any other entry."""
    is_inferred = (isinstance(entry, Example) and entry.attachment) or (
        isinstance(entry, Statutory) and entry.is_inferred
    )
    return "inferred" if is_inferred else "known"


def rate_marks(action: Action) -> str:
    """Return how certain it is on which requirements an action rests."""
    if action.statutory:
        return "inferred" if any(mark.is_inferred for mark in action.statutory) else "known"
    return "lost" if action.topic.journey.has_lost_marks else "known"


def entries_of(guidance: Guidance, kind: type[Entry]) -> list[Entry]:
    """Return all entries of a kind that has a file of its own, in the order of the guidance."""
    return [entry for entry in guidance.tops if type(entry) is kind]


def flat_columns(kind: type[Entry]) -> list[Column]:
    """Return the columns of a table of a kind. Of St marks, it has the ids of the requirements."""
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
    certainty: str


def find_links(guidance: Guidance) -> Iterator[Link]:
    """Yield every relation of the guidance, once, in the direction in which the files state it."""
    for top in guidance.tops:
        whole = top.journey if isinstance(top, Topic) else top.topic if isinstance(top, Action) else None
        if whole:
            yield Link(top, "part of", whole, "official", "known")
        for entry in top.within():
            if isinstance(entry, Example):
                yield Link(entry, "part of", entry.parent, "official", rate(entry))
            is_mark = isinstance(entry, Statutory)
            certainty = rate(entry) if is_mark else "known"
            whose = "official" if is_mark and certainty == "known" else "ours"
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
