"""Make the workbook of the open data: the tables for people, with titles before ids and headings in plain words."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from math import ceil
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from generator.editions.change import label_field
from generator.editions.version import Version
from generator.exports.tables import FORMULA, Row, Table, to_cell
from generator.fields import Field
from generator.messages import LANGUAGES, name_in_english

HEADINGS = {
    "certainty": "How certain",
    "entry": "Reference of the entry",
    "from": "Reference (from)",
    "from_kind": "Kind (from)",
    "id": "Reference",
    "law": "Law",
    "links": "Links",
    "next": "What comes next",
    "of": "Reference (part of)",
    "official": "From an official source",
    "organisations_named": "Organisations mentioned",
    "statutory": "Legal basis",
    "statutory_certainty": "How certain the legal basis is",
    "strengthens": "Helps with",
    "counters": "Helps to overcome",
    "reviewer": "Reviewed by",
    "to": "Reference (to)",
    "to_kind": "Kind (to)",
    "under": "Requirement",
    "url": "Address",
    "whose": "Whose",
}
"""The headings of columns, where they aren't the names of fields as editors know them."""
ORDER = [
    *(
        "title",
        "name",
        "Part of",
        "figure",
        "text",
        "definition",
        "why",
        "issue",
        "summary",
        "what_was_done",
        "",
        "gap",
        "keywords",
        "reworded",
        "links",
        "other languages",
    ),
    *("entry", "id", "of", "from", "to", "url"),
]
"""The order of columns. Those not named here are at the empty name."""
TITLES = {"of": "Part of", "from": "From", "to": "To"}
"""The headings above the titles of entries that a row refers to."""
NARROWEST, WIDE, WIDEST = 14, 40, 60
"""The widths of columns, in characters. Only one with a text of several lines has the last."""
LINE, HIGHEST = 15, 409
"""The height of a line, and the most that a row has in Excel, in points."""
PRINTED = 200
"""How many characters fit on a printed page and can be read. Columns behind these are not printed."""
MOST_LINKS, MOST_LETTERS = 65_000, 32_767
"""Excel has no more links on a sheet, and no more letters in a cell."""


class BookWriter:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, tables: Sequence[Table]) -> None:
        self.book, self.tables = book, tables
        (self.about, *_), self.shown = tables, tables[1:]
        self.sheets = {table.name: table.name.replace("-", " ").capitalize() for table in self.shown}
        self.labels: dict[str, str] = {}
        self.places: dict[str, str] = {}
        for table in self.shown:
            for number, row in enumerate(table.rows, start=2):
                if key := row.get("id"):
                    title = row.get("title") or row.get("name") or self.labels.get(row.get("of", "")) or key
                    self.labels[key] = title
                    self.places[key] = f"internal:'{self.sheets[table.name]}'!A{number}"
        top = {"text_wrap": True, "valign": "top"}
        self.header = book.add_format({**top, "bold": True, "bottom": 1})
        self.title = book.add_format({"bold": True, "font_size": 18, "text_wrap": True})
        self.text, self.bold = book.add_format(top), book.add_format({**top, "bold": True})
        self.quoted = book.add_format({**top, "quote_prefix": True})
        self.link = book.add_format({**top, "font_color": "#0f5a5e", "underline": 1})

    def write_about(self, version: Version) -> None:
        """Write the first sheet: what this is, whose words, which version, on what terms, and what is where."""
        facts = {row["name"]: row["value"] or "Not known" for row in self.about.rows}
        made = f"Draft of {facts['date']}, not an edition" if version.is_draft else f"Edition of {version.edition}"
        lines = {
            "Version": f"{made}. Commit: {facts['commit']}",
            "Whose words": facts["words"],
            "Terms of use": facts["terms"],
            "Address": facts["address"],
            "How certain": "known: a source says so. inferred: we conclude it. lost: our copy lost it.",
            "Formulas": "None. Text that begins with = + - or @ is marked as text, and stays text if you change it.",
            "Empty cells": "Nothing is recorded. It does not mean “no”.",
            "Empty columns": "Left out. The sheet Fields explains every column, by its name in the other files.",
        }
        sheet = self.begin_sheet("About", [24, 100])
        sheet.merge_range(0, 0, 0, 1, facts["name"], self.title)
        for number, (name, text) in enumerate(lines.items(), start=1):
            sheet.write_string(number, 0, name, self.bold)
            sheet.write_string(number, 1, text, self.text)
            set_height(sheet, number, [(text, 100)])
        start = len(lines) + 2
        sheet.write_string(start, 0, "Sheet", self.header)
        sheet.write_string(start, 1, "Rows", self.header)
        for number, table in enumerate(self.shown, start=start + 1):
            name = self.sheets[table.name]
            sheet.write_url(number, 0, f"internal:'{name}'!A1", self.link, string=name)
            sheet.write_string(number, 1, str(len(table.rows)), self.text)

    def begin_sheet(self, name: str, widths: Sequence[int]) -> Any:
        """Return a new sheet that is printed on landscape pages, as wide as one page."""
        sheet = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.book.doc_properties['title'].replace('&', '&&')}&C&A&R&P / &N")
        return sheet

    def write_table(self, table: Table) -> None:
        """Write a table on a sheet of its own. Where it has ids of entries, people see their titles."""
        columns = self.arrange_columns(table)
        shown = [[show_value(row[column.name], labels) for column, _, labels in columns] for row in table.rows]
        widths = [choose_width([cells[place] for cells in shown]) for place in range(len(columns))]
        printed = [place for place in range(len(columns)) if sum(widths[: place + 1]) <= PRINTED]
        sheet = self.begin_sheet(self.sheets[table.name], widths)
        links = 0
        for number, cells in enumerate([[heading for _, heading, _ in columns], *shown]):
            set_height(sheet, number, [(cells[place], widths[place]) for place in printed])
            for place, (cell, (column, _, labels)) in enumerate(zip(cells, columns, strict=True)):
                target = cell if column.name == "url" and "://" in cell else ""
                if number and labels and table.name == "relations":
                    target = self.places[table.rows[number - 1][column.name]]
                if target and len(target) < 2000 and links < MOST_LINKS:
                    sheet.write_url(number, place, target, self.link, string=cell)
                    links += 1
                elif cell:
                    plain = self.quoted if FORMULA.match(cell) else self.text
                    sheet.write_string(number, place, cell, plain if number else self.header)
        last = max(len(table.rows), 1)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.print_area(0, 0, last, printed[-1])

    def arrange_columns(self, table: Table) -> list[tuple[Field, str, Row]]:
        """Return the columns of a sheet: the field, the heading, and the titles to show in place of ids.

        Columns without any value are left out. References of one entry to another are there twice: as titles, and as
        they are, near the end.
        """
        arranged: list[tuple[int, Field, str, Row]] = []
        for column in table.columns:
            heading = head_column(column.name)
            if table.rows and all(row[column.name] in (None, "", []) for row in table.rows):
                continue
            if column.name in TITLES:
                arranged.append((rank_column(TITLES[column.name]), column, TITLES[column.name], self.labels))
            labels = self.labels if column.relation and column.name not in TITLES else {}
            arranged.append((rank_column(column.name), column, heading, labels))
        return [(column, heading, labels) for _, column, heading, labels in sorted(arranged, key=lambda each: each[0])]


def show_value(value: Any, labels: Row) -> str:
    """Return the text of a cell, with the titles of entries in place of their ids."""
    titles = [labels.get(each, each) for each in value] if isinstance(value, list) else labels.get(value, value)
    return to_cell(titles)[:MOST_LETTERS]


def choose_width(cells: Sequence[str]) -> int:
    """Return the width of a column with these texts."""
    longest = max(map(len, cells), default=0) + 2
    return WIDEST if longest > 3 * WIDE else min(max(longest, NARROWEST), WIDE)


def set_height(sheet: Any, number: int, cells: Sequence[tuple[str, int]]) -> None:
    """Make a row as high as its cells need, each a text and its width. Excel would do it, but LibreOffice doesn't."""
    lines = max(sum(ceil(len(line) / width) or 1 for line in text.split("\n")) for text, width in cells)
    sheet.set_row(number, min(lines * LINE, HIGHEST))


def head_column(name: str) -> str:
    """Return the heading of a column in plain words."""
    for language in LANGUAGES:
        if name.endswith(f"_{language}"):
            return f"{head_column(name.removesuffix(f'_{language}'))} ({name_in_english(language)})"
    return HEADINGS.get(name) or label_field(name).capitalize()


def rank_column(name: str) -> int:
    """Return where a column goes: titles come first, then what it is part of, and ids and addresses at the end."""
    if name.rpartition("_")[2] in LANGUAGES:
        return ORDER.index("other languages")
    return ORDER.index(name if name in ORDER else "")


def make_workbook(tables: Sequence[Table], version: Version) -> bytes:
    """Return a workbook with a sheet about it and one for each table. The same tables give the same bytes."""
    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(content, plain)
    name = next(row["value"] for row in tables[0].rows if row["name"] == "name")
    created = datetime.combine(version.day, time())
    book.set_properties({"title": f"{name} ({version.name})", "subject": "The guidance as data", "created": created})
    writer = BookWriter(book, tables)
    writer.write_about(version)
    for table in writer.shown:
        writer.write_table(table)
    book.close()
    return content.getvalue()
