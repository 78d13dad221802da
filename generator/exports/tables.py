"""Make the tables of the open data. CSV, workbook, database and package are made from the same ones."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.exports.entry_data import ANY, RELATION_COLUMNS, TABLES, URL, Link, columns_of, find_links, refer_to
from generator.exports.field_help import HELP
from generator.fields import Field, Relation, entry_fields, fields_of
from generator.guidance import Guidance
from generator.messages import LANGUAGES, name_in_english
from generator.model import Entry

Row = dict[str, Any]
SEPARATOR = "; "
"""What is between the values of a cell with several."""
ENTRIES = "entries"
"""The name of the table of all entries."""
ENTRY_COLUMNS = [
    Field("entry", "The id that it has in its own table."),
    Field("kind", "What kind of entry it is."),
    Field("table", "The name of its own table."),
    Field("title", "Its title or name, or else its text."),
    *(Field(f"title_{language}", f"`title` in {name_in_english(language)}.") for language in LANGUAGES),
    Field("gap", HELP["gap"]),
    URL,
]
ABOUT_COLUMNS = [Field("name", "The name of a fact about this data."), Field("value", "The fact itself.")]
FIELD_COLUMNS = [
    Field("table", "The name of the table."),
    Field("field", "The name of the column in it."),
    Field("meaning", "What the column has."),
    Field("whose", "Whose words these are. official: the Commissioner's. ours: our own.", choices=("official", "ours")),
    Field("values", "The values to choose from, if there is a choice.", is_list=True),
]
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""The beginning of a text that a spreadsheet may take for a formula, also behind apostrophes."""


@dataclass(frozen=True)
class Table:
    """A table of the open data. A value is a text, a number, a list or None."""

    name: str
    columns: Sequence[Field]
    key: Sequence[str]
    """The columns that identify a row."""
    rows: list[Row] = field(default_factory=list)

    @property
    def references(self) -> Iterator[tuple[str, str, str]]:
        """Each column with the id of one entry, and where that is: the name of a table, and its column."""
        for column in self.columns:
            if column.relation and column.relation.kind == "entry" and not column.is_list:
                yield column.name, ENTRIES, "entry"
            elif column.relation and not column.is_list:
                table = next(name for name, kind in TABLES.items() if kind.noun == column.relation.kind)
                yield column.name, table, "id"


def make_tables(data: dict[str, list[Row]], relations: list[Row], about: Row) -> list[Table]:
    """Return all tables. `data` are the entries of each kind that has a file, with the entries inside them."""
    tables = {name: Table(name, table_columns(kind), ["id"]) for name, kind in TABLES.items()}
    for name, records in data.items():
        for record in records:
            add_rows(tables, name, record)
    entries = Table(
        ENTRIES, ENTRY_COLUMNS, ["entry"], [each for table in tables.values() for each in list_entries(table)]
    )
    facts = [{"name": name, "value": value} for name, value in about.items()]
    related = Table("relations", RELATION_COLUMNS, ["from", "relation", "to"], relations)
    fields = [row for table in (entries, *tables.values(), related) for row in list_fields(table)]
    return [
        Table("about", ABOUT_COLUMNS, ["name"], facts),
        entries,
        *tables.values(),
        related,
        Table("fields", FIELD_COLUMNS, ["table", "field"], fields),
    ]


def list_entries(table: Table) -> Iterator[Row]:
    """Yield what the table of all entries has about those of a table."""
    texts = [column.name for column in table.columns if column.is_text and not column.is_list and column.name != "gap"]
    named = next((name for name in ("title", "name", "text") if name in texts), texts[0])
    for row in table.rows:
        own = {"entry": row["id"], "kind": TABLES[table.name].noun, "table": table.name, "title": row[named]}
        translated = {f"title_{language}": row.get(f"{named}_{language}") for language in LANGUAGES}
        yield {**own, **translated, "gap": row["gap"], "url": row["url"]}


def list_fields(table: Table) -> Iterator[Row]:
    """Yield what each column of a table means, as a row of the table of fields."""
    for column in table.columns:
        values = (table.name, column.name, column.help, "official" if column.official else "ours", [*column.choices])
        yield dict(zip((each.name for each in FIELD_COLUMNS), values, strict=True))


@cache
def table_columns(kind: type[Entry]) -> list[Field]:
    """Return the columns of the table of a kind of entry, which says what each entry is part of.

    The entries inside an entry have tables of their own. An action also has the requirements that its marks name.
    """
    id, *others = [column for column in columns_of(kind) if not column.entry or column.name == "statutory"]
    owners = [
        owner.noun for owner in TABLES.values() if any(fields_of(owner)[n].entry is kind for n in entry_fields(owner))
    ]
    if not owners:
        return [id, *others]
    help = f"The id of the {' or '.join(owners)} that it is part of."
    of = Field("of", help, relation=Relation(owners[0], "") if len(owners) == 1 else ANY)
    each = [
        Field(
            noun,
            f"The id of the {noun} that it is part of. Empty if that is of another kind.",
            relation=Relation(noun, ""),
        )
        for noun in owners
        if noun not in fields_of(kind)
    ]
    return [id, of, *(each if len(owners) > 1 else []), *others]


def add_rows(tables: dict[str, Table], name: str, record: Row, owner: Row | None = None, noun: str = "") -> None:
    """Add an entry to its table, and the entries inside it to theirs. `owner` is the one that it is inside."""
    kind, table = TABLES[name], tables[name]
    cells = ({"of": owner["id"], noun: owner["id"]} if owner else {}) | record
    cells |= {"statutory": [mark["under"] for mark in record.get("statutory", ())]}
    table.rows.append({column.name: cells.get(column.name) for column in table.columns})
    for inner in entry_fields(kind):
        target = next(other for other, each in TABLES.items() if each is fields_of(kind)[inner].entry)
        for part in record[inner]:
            add_rows(tables, target, part, record, kind.noun)


def list_relations(guidance: Guidance) -> list[Row]:
    """Return every relation as a row."""
    return [relation_to_row(link) for link in find_links(guidance)]


def relation_to_row(link: Link) -> Row:
    """Return a relation as a row."""
    start, end = refer_to(link.start), refer_to(link.end)
    values = (start, link.start.noun, link.relation, end, link.end.noun, link.whose, link.certainty)
    return {column.name: value for column, value in zip(RELATION_COLUMNS, values, strict=True)}


def to_cell(value: Any) -> str:
    """Return a value as the text of a cell."""
    return SEPARATOR.join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def to_csv(table: Table) -> str:
    """Return a table as CSV. It starts with a byte-order mark, so that spreadsheets read it as UTF-8.

    A cell that a spreadsheet may take for a formula has an apostrophe before it. One that begins with apostrophes and
    then such a sign gets another one, so taking away the first of them always gives the text.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        cells = [to_cell(value) for value in row.values()]
        writer.writerow([f"'{cell}" if FORMULA.match(cell) else cell for cell in cells])
    return f"\ufeff{text.getvalue()}"
