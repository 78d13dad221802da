"""Make the SQLite file of the open data: the tables, an index of all words, and views for the usual questions."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from generator.exports.tables import Table
from generator.fields import Field

WORDS = """CREATE TABLE words (
  number INTEGER PRIMARY KEY, entry TEXT UNIQUE, kind TEXT, title TEXT, text TEXT, keywords TEXT
)"""
SEARCH = """CREATE VIRTUAL TABLE search USING fts5(
  entry UNINDEXED, kind UNINDEXED, title, text, keywords, content="words", content_rowid="number",
  tokenize = "porter unicode61 remove_diacritics 2"
)"""
"""The index of the table of words. A word is found in all its English forms, with and without accents. Datasette shows
a search field for a table with such an index."""
VIEWS = {
    "action_themes": """
        SELECT a.id AS action, a.title, a.grade, t.id AS theme, t.name AS theme_name
        FROM relations r JOIN actions a ON a.id = r."from" JOIN themes t ON t.id = r."to"
        WHERE r.relation = 'themes'""",
    "action_organisations": """
        SELECT DISTINCT a.id AS action, a.title, o.id AS organisation, o.name, o.kind, o.area,
          coalesce(e.id, '') AS example, coalesce(e.certainty, 'known') AS certainty
        FROM relations r JOIN organisations o ON o.id = r."to"
        LEFT JOIN examples e ON e.id = r."from" JOIN actions a ON a.id = coalesce(e."of", r."from")
        WHERE r.relation = 'organisations'""",
    "action_legal_basis": """
        SELECT a.id AS action, a.title, s.id AS requirement, s.name, m.basis, m.certainty
        FROM st_marks m JOIN actions a ON a.id = m."of" JOIN statutory_requirements s ON s.id = m.under""",
    "action_case_studies": """
        SELECT a.id AS action, a.title, c.id AS case_study, c.title AS case_study_title, c.place, c.country
        FROM relations r JOIN actions a ON a.id = r."to" JOIN case_studies c ON c.id = r."from"
        WHERE r.relation = 'illustrates'""",
    "next_actions": """
        SELECT a.id AS action, a.title, a.grade, n.id AS next, n.title AS next_title, n.grade AS next_grade
        FROM relations r JOIN actions a ON a.id = r."from" JOIN actions n ON n.id = r."to"
        WHERE r.relation = 'next'""",
    "related_entries": """
        SELECT f.title AS from_title, r.*, t.title AS to_title
        FROM relations r JOIN entries f ON f.entry = r."from" JOIN entries t ON r."to" = t.entry""",
    "gaps": "SELECT * FROM entries WHERE gap IS NOT NULL",
}
"""The usual questions."""


def make_database(tables: Sequence[Table]) -> bytes:
    """Return an SQLite file. A list is a JSON array. The same tables give the same bytes with one version of SQLite."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("BEGIN")
        for table in tables:
            database.execute(describe_table(table))
            marks = ", ".join("?" * len(table.columns))
            rows = (tuple(map(to_value, row.values())) for row in table.rows)
            database.executemany(f"INSERT INTO {name_table(table.name)} VALUES ({marks})", rows)
        entries = [table for table in tables if table.key == ["id"]]
        database.execute(WORDS)
        database.executemany("INSERT INTO words VALUES (NULL, ?, ?, ?, ?, ?)", list_words(entries))
        database.execute(SEARCH)
        database.execute("INSERT INTO search (search) VALUES ('rebuild')")
        for name, query in VIEWS.items():
            database.execute(f"CREATE VIEW {name} AS {query.strip()}")
        database.execute("COMMIT")
        return database.serialize()


def name_table(name: str) -> str:
    """Return the name of a table in SQL, where a hyphen would be a minus."""
    return name.replace("-", "_")


def to_value(value: Any) -> Any:
    """Return a value as SQLite stores it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def describe_table(table: Table) -> str:
    """Return the statement that creates a table, with the meaning of each column as a comment."""
    references = {name: f" REFERENCES {name_table(other)} ({key})" for name, other, key in table.references}
    lines = [f"  {describe_column(column, references.get(column.name, ''))}" for column in table.columns]
    keys = ", ".join(f'"{name}"' for name in table.key)
    return f"CREATE TABLE {name_table(table.name)} (\n" + "\n".join(lines) + f"\n  PRIMARY KEY ({keys})\n)"


def describe_column(column: Field, reference: str) -> str:
    """Return a column as SQL. `reference` says to which column of another table it refers, if to any."""
    kind = "INTEGER" if column.content is int else "TEXT"
    meaning = f" -- {' '.join(column.help.split())}" if column.help else ""
    return f'"{column.name}" {kind}{reference},{meaning}'


def list_words(tables: Sequence[Table]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what the index has about each entry: its id, its table, its title, its other words and its keywords."""
    for table in tables:
        words = [column.name for column in table.columns if column.is_text]
        for row in table.rows:
            title = row.get("title") or row.get("name") or ""
            texts = [str(row[name]) for name in words if row[name] and name not in ("title", "name", "keywords")]
            yield row["id"], table.name, title, "\n".join(texts), "; ".join(row.get("keywords") or ())
