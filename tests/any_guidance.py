"""Draw guidance of every shape that the model allows, with texts and ids that are hard to print."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from generator.fields import Field, fields_of
from generator.model import (
    Action,
    CaseStudy,
    Entry,
    Grade,
    Journey,
    Organisation,
    Retired,
    Source,
    Theme,
    Topic,
    every_kind,
)

PIECES = [
    *(
        "<b>",
        "</title>",
        "<script>window.harmed = 1</script>",
        "<!--",
        "&copy",
        "&",
        "'",
        '"',
        "{{ 7 * 7 }}",
        "{% if %}",
    ),
    *(
        "*a*",
        "_b_",
        "`c`",
        "#",
        "# d",
        ": ",
        "- e",
        "|",
        "\\",
        "!",
        "%(num)s",
        "%",
        "(f)",
        "g/h",
        "a  b",
        "a…",
        "$",
        "@i",
    ),
    *("🄯", "ŵ", "Tŷ", "café", "’", "“", "a\u00a0b", "a\u200bb", "0", "12%", "null", "true"),
    *(
        "[words](https://example.org/a?b=c&d=(e))",
        "[lost]()",
        "[write](mailto:a@example.org)",
        "https://example.org/x_y.",
    ),
    *("people", "Query", "Content", "Menu", "community centre"),
]
IDS = [
    *("content", "menu", "retired", "examples", "themes", "topics", "actions", "simple", "ambition", "about", "steps"),
    *(
        "st",
        "why",
        "law",
        "sources",
        "a-goal",
        "journey",
        "0",
        "1-2",
        "example",
        "guidance",
        "whose",
        "unknown",
        "focus",
    ),
]
"""Ids that pages use for parts of their own, and others of unusual shapes."""
ONLINE = ["😀", "한국어", "שלום", "words"]
"""What only lists can have, because the fonts of the handbook don't have it."""
WORDS = st.lists(st.sampled_from(PIECES) | st.text("abc é", min_size=1, max_size=5), min_size=1, max_size=4).map(
    " ".join
)
PLAIN = st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map(" ".join)


@st.composite
def any_text(draw: DrawFn, field: Field) -> str:
    """A text for a field. Titles and names are unique, and only longer texts have paragraphs."""
    if field.name in ("title", "name"):
        return f"{draw(WORDS)} {draw(st.integers(1, 10**9))}"
    if field.is_list:
        return f"{draw(WORDS)} {draw(st.sampled_from(ONLINE))}"
    return "\n\n".join(draw(st.lists(WORDS, min_size=1, max_size=2)))


class Files(dict[str, Any]):
    """The data of each file of a guidance, by its path."""

    def __repr__(self) -> str:
        return f"the files of {len(self)} in journeys/"


class Drawing:
    """Draws entries with relations to ids that were drawn before."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.unused: Iterator[str] = iter([*draw(st.permutations(IDS)), *(f"id-{number}" for number in range(1000))])
        self.ids: dict[str, list[str]] = {kind.noun: [] for kind in every_kind()}
        self.grades: dict[str, Grade] = {}
        self.journey = ""
        """The journey that is drawn; empty for what all journeys share."""
        self.journeys: dict[str, str] = {}
        """The journey of each entry that is part of one."""

    def add_ids(self, noun: str, least: int, most: int) -> list[str]:
        """Return new ids for entries of a kind."""
        new = [next(self.unused) for _ in range(self.draw(st.integers(least, most)))]
        self.ids[noun] += new
        self.journeys |= dict.fromkeys(new, self.journey) if self.journey else {}
        return new

    def refer(self, id: str) -> str:
        """Return a reference to an entry, which names its journey if that is another one."""
        home = self.journeys.get(id, "")
        return f"{home}/{id}" if self.journey and home not in ("", self.journey) else id

    def related_ids(self, noun: str, entry_id: str) -> list[str]:
        """Return the ids that a relation to a kind of entry can contain."""
        if noun == "enabler or disabler":
            return self.ids["enabler"] + self.ids["disabler"]
        if noun == "entry":
            return [id for kind, ids in self.ids.items() if kind != Retired.noun for id in ids]
        if noun == Action.noun and entry_id in self.grades:
            return [id for id, grade in self.grades.items() if grade.rank > self.grades[entry_id].rank]
        return self.ids[noun]

    def entry(self, kind: type[Entry], id: str = "", **values: Any) -> dict[str, Any]:
        """Draw an entry of a kind. `values` are those of its fields that are not drawn."""
        data: dict[str, Any] = {"id": id} if "id" in kind.model_fields else {}
        for name, field in fields_of(kind).items():
            if name in values:
                data[name] = values[name]
            elif name not in ("id", "reworded") and (field.is_required or self.draw(st.booleans())):
                value = self.value(field, id)
                data |= {} if value in ([], None) else {name: value}
        return data

    def action(self, id: str, grade: Grade) -> dict[str, Any]:
        """Draw an action, with a scope in the grade that has one, and at most one St mark for each requirement."""
        data = self.entry(Action, id, scope=self.draw(st.sampled_from(["national", "organisational"])))
        if grade != Grade.AMBITION:
            del data["scope"]
        marks = {mark["under"]: mark for mark in data.pop("statutory", []) if "under" in mark}
        return data | ({"statutory": list(marks.values())} if marks else {})

    def value(self, field: Field, id: str) -> Any:
        """Draw a value for a field; None or an empty list if there can be none."""
        if field.entry:
            if "id" in field.entry.model_fields:
                return [self.entry(field.entry, new) for new in self.add_ids(field.entry.noun, 0, 2)]
            return [self.entry(field.entry) for _ in range(self.draw(st.integers(0, 2)))]
        if field.relation:
            ids = [self.refer(other) for other in self.related_ids(field.relation.kind, id)]
            size = (
                st.lists(st.sampled_from(ids), unique=True, min_size=field.is_required, max_size=3)
                if ids
                else st.just([])
            )
            return self.draw(size) if field.is_list else self.draw(st.sampled_from(ids)) if ids else None
        if field.choices:
            return self.draw(st.sampled_from(field.choices))
        if field.content is int:
            return self.draw(st.integers(0, 99))
        return [self.draw(any_text(field)) for _ in range(2)] if field.is_list else self.draw(any_text(field))


@st.composite
def draw_guidance(draw: DrawFn) -> Files:
    """Draw the data of every file of a guidance. Most guidance that is drawn passes the check."""
    drawing, files = Drawing(draw), Files()
    themes, organisations = drawing.add_ids(Theme.noun, 0, 2), drawing.add_ids(Organisation.noun, 0, 2)
    sources, journeys = drawing.add_ids(Source.noun, 1, 2), drawing.add_ids(Journey.noun, 1, 2)
    topics: dict[str, list[str]] = {}
    actions: dict[tuple[str, Grade], list[str]] = {}
    for drawing.journey in journeys:
        topics[drawing.journey] = drawing.add_ids(Topic.noun, 0, 2)
        for topic in topics[drawing.journey]:
            for grade in draw(st.lists(st.sampled_from(Grade), unique=True)):
                actions[topic, grade] = drawing.add_ids(Action.noun, 0, 2)
    drawing.grades = {id: grade for (_, grade), ids in actions.items() for id in ids}
    for journey in journeys:
        drawing.journey = journey
        files[f"{journey}/journey.yml"] = drawing.entry(Journey)
        for number, topic in enumerate(topics[journey]):
            files[f"{journey}/{topic}/topic.yml"] = drawing.entry(Topic, number=number)
            for grade in Grade:
                if ids := actions.get((topic, grade)):
                    files[f"{journey}/{topic}/{grade}.yml"] = [drawing.action(id, grade) for id in ids]
    drawing.journey = ""
    for study in drawing.add_ids(CaseStudy.noun, 0, 2):
        files[f"case-studies/{study}.yml"] = drawing.entry(CaseStudy)
    for name, kind, ids in (("themes", Theme, themes), ("organisations", Organisation, organisations)):
        files |= {f"{name}.yml": [drawing.entry(kind, id) for id in ids]} if ids else {}
    files["sources.yml"] = [drawing.entry(Source, id) for id in sources]
    retired = drawing.add_ids(Retired.noun, 0, 2)
    files["retired.yml"] = [
        drawing.entry(Retired, id, page=f"{draw(st.sampled_from(['actions', 'topics', 'themes']))}/{id}.html")
        for id in retired
    ] or None
    return files


ANY_GUIDANCE: SearchStrategy[Files] = draw_guidance()
