"""The shape of the guidance: which file holds what, what each field means, and whose words it is.

This is the single source of truth. The check, the links between entries, the label "the Commissioner's words" and
the help that editors see all come from here. The docstring below a field is that help.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, PrivateAttr, StringConstraints, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from generator.document import Document, Path
from generator.problem import Place, Problem
from generator.text import Official, Text


class Grade(StrEnum):
    """How far an action goes. The name of the file gives it."""

    SIMPLE = "simple"
    ADVENTUROUS = "adventurous"
    AMBITION = "ambition"

    @property
    def rank(self) -> int:
        """Its place among the grades: 0 for the simplest."""
        return list(Grade).index(self)


@dataclass(frozen=True)
class To:
    """Says of a field that it holds ids: of which kind of entry, and what the other end calls this relation."""

    kind: str
    back: str


def relation(field: FieldInfo) -> To | None:
    """What the model says of the ids that a field holds; None for a field that holds none."""
    return next((note for note in field.metadata if isinstance(note, To)), None)


ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
ID_HELP = "Lower-case letters, digits and hyphens; unique in the project; never changed once published."
Id = Annotated[str, StringConstraints(pattern=ID.pattern)]
"""What ID_HELP says: the id of an entry, or of another that it names."""


class Entry(BaseModel):
    """What every entry of the guidance has: where it stands, and what it is related to."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)
    noun: ClassVar[str] = "entry"
    folder: ClassVar[str] = ""
    """The folder of its page on the site; empty for what has no page of its own."""

    gap: Text | None = None
    """What is missing or in doubt, in a sentence. Shown here and on the page of gaps."""

    _document: Document = PrivateAttr()
    _path: Path = PrivateAttr(default=())
    _parent: "Entry | None" = PrivateAttr(default=None)
    _related: dict[str, list[Any]] = PrivateAttr(default_factory=dict)

    @field_validator("*", mode="before")
    @classmethod
    def not_empty(cls, value: Any, about: ValidationInfo) -> Any:
        """Refuse a field that may be left out and is there with nothing in it."""
        if value is None:
            kinds = get_args(cls.model_fields[str(about.field_name)].annotation)
            if NoneType in kinds and not any(get_origin(kind) is Literal for kind in kinds):
                raise PydanticCustomError("empty", "empty")
        return value

    def settle(self, document: Document, path: Path, parent: "Entry | None" = None) -> None:
        """Tell the entry, and all within it, where it was read."""
        self._document, self._path, self._parent = document, path, parent
        for name, value in self:
            for position, within in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(within, Entry):
                    within.settle(document, (*path, name, *([] if position is None else [position])), self)

    def within(self) -> Iterator["Entry"]:
        """This entry and all entries inside it, in the order of the file."""
        yield self
        for _, value in self:
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, Entry):
                    yield from inner.within()

    def where(self, *path: str | int) -> Place:
        """Where this entry, or a field of it, stands in the YAML."""
        return self._document.place((*self._path, *path))

    def line(self, name: str) -> str:
        """The line of the file on which a field stands."""
        number = self.where(name).line
        return self._document.lines[number - 1] if number <= len(self._document.lines) else ""

    def spot(self, name: str, words: str) -> Place:
        """Where `words` stand inside the text of a field."""
        return self._document.spot((*self._path, name), words)

    @property
    def lines(self) -> range:
        """The lines of its file, counted from 1, from its first one to the one before the next entry of its list."""
        return self._document.lines_of(self._path)

    @property
    def parts(self) -> tuple[str, ...]:
        """The path of its file below the folder of the guidance."""
        return self._document.parts

    @property
    def key(self) -> str:
        """The id of this entry: its `id` field, or the name of its own file or folder; empty where it has none."""
        if self._path:
            return getattr(self, "id", None) or ""
        return self.parts[-2] if self.parts[-1] in ("journey.yml", "topic.yml") else self.parts[-1].split(".")[0]

    @property
    def label(self) -> str:
        """What a link to this entry says."""
        named = getattr(self, "title", None) or getattr(self, "name", None)
        return str(named.plain) if named else self.parent.label if self.parent else self.key

    @property
    def gist(self) -> str:
        """What it is about, in its own words; empty where it has no such words."""
        names = ("summary", "about", "definition", "subtitle", "text")
        return next((text.plain for name in names if isinstance(text := getattr(self, name, None), Text)), "")

    @property
    def searched_as(self) -> "list[Text]":
        """Other words that people search for it by."""
        return [*getattr(self, "also", ()), *getattr(self, "keywords", ())]

    @property
    def parent(self) -> Any:
        """The entry that this one stands in."""
        return self._parent

    @property
    def related(self) -> dict[str, list[Any]]:
        """The entries at the other end of each relation, both ways, under the names that the model gives them."""
        return self._related

    @property
    def address(self) -> str:
        """The page of this entry, from the root of the site; a part of a page with its `#`."""
        if self.folder:
            return f"{self.folder}/{self.key}.html"
        return str(self.parent.address) + (f"#{self.key}" if self.key else "")


class Worded(Entry):
    """An entry with an id and the Commissioner's words."""

    reworded: Text | None = None
    """Why the Commissioner's words here differ from the published edition, in a sentence."""


class FocusArea(Entry):
    """One of the places where the goal says to focus action."""

    noun = "focus area"

    text: Official
    """The Commissioner's words: copy them exactly."""
    topic: Annotated[Id | None, To("topic", "focus_areas")] = None
    """The folder of the topic that takes it up."""
    see: Official | None = None
    """What the guidance says behind it in brackets."""


class Requirement(Worded):
    """A statutory requirement in relation to the goal. Actions point here with `under`."""

    noun = "statutory requirement"
    folder = "statutory"

    id: Id
    name: Official
    """As the guidance prints it."""
    text: Official
    """The Commissioner's words: copy them exactly."""
    keywords: list[Text] = []
    """Other words that people search for it by."""


class Factor(Worded):
    """What makes achieving the goal more or less likely."""

    noun = "enabler or disabler"

    id: Id
    text: Official
    """The Commissioner's words: copy them exactly."""
    title: Text
    """A few words of ours, for lists."""


class Enabler(Factor):
    """What makes achieving the goal more likely."""

    noun = "enabler"


class Disabler(Factor):
    """What makes achieving the goal less likely."""

    noun = "disabler"


class Journey(Worded):
    """The goal: `journey.yml` of a journey's folder."""

    noun = "journey"
    folder = "journeys"

    title: Text
    source: Annotated[Id, To("source", "journeys")]
    """Where the words come from: an id of sources.yml."""
    statutory_marks: Literal["lost", "complete"]
    """lost: an action without `statutory` is not recorded as statutory; complete: it is not statutory."""
    definition: Official
    """The goal as the Act defines it."""
    why: Official
    """Defining the goal."""
    case_studies_note: Official | None = None
    """What the guidance says of its case studies."""
    organisations: Annotated[list[Id], To("organisation", "journeys")] = []
    """Organisations that its words name."""
    focus_areas: list[FocusArea] = []
    """Where to focus action in contributing to this goal."""
    statutory_requirements: list[Requirement] = []
    """Other statutory requirements in relation to this goal."""
    statutory_note: Official | None = None
    """What the guidance says of its St marks."""
    enablers: list[Enabler] = []
    """Achieving this goal is more likely to happen when..."""
    disablers: list[Disabler] = []
    """Achieving this goal is less likely to happen when..."""

    _topics: "list[Topic]" = PrivateAttr(default_factory=list)

    @property
    def topics(self) -> "list[Topic]":
        """Its topics, by their number."""
        return self._topics


class Example(Entry):
    """An example of an action, or one of a topic's "other examples and resources"."""

    noun = "example"

    text: Official
    """The Commissioner's words, without "E.g.": copy them exactly."""
    organisations: Annotated[list[Id], To("organisation", "examples")] = []
    """The organisations that this example concerns: ids of organisations.yml."""


class Synergy(Entry):
    """A connection to another journey."""

    noun = "synergy"

    journey: Official
    topic: Official


class Statutory(Entry):
    """An St mark: which requirement the action rests on, and how we know."""

    noun = "St mark"

    under: Annotated[Id, To("statutory requirement", "marks")]
    """The requirement: an id of journey.yml."""
    basis: Text
    """How we know, in a sentence."""


class Action(Worded):
    """One action. The file it stands in gives its grade."""

    noun = "action"
    folder = "actions"

    id: Id
    scope: Literal["national", "organisational"] | None = None
    """In ambition.yml alone, and there always: national or organisational. Collaborative actions are national ones."""
    text: Official
    """The Commissioner's words: copy them exactly."""
    examples: list[Example] = []
    statutory: list[Statutory] = []
    """The requirements that the action rests on, where that is known."""

    title: Text
    """A few words of ours, to find it by."""
    themes: Annotated[list[Id], To("theme", "actions")] = []
    """One to three ids of themes.yml; the first is its row in the topic's table."""
    organisations: Annotated[list[Id], To("organisation", "actions")] = []
    """Organisations that the action's own words name: ids of organisations.yml."""
    next: Annotated[list[Id], To("action", "previous")] = []
    """Actions of a higher grade that go further on the same thing."""
    strengthens: Annotated[list[Id], To("enabler", "strengthened_by")] = []
    """Enablers that it strengthens."""
    counters: Annotated[list[Id], To("disabler", "countered_by")] = []
    """Disablers that it counters."""
    keywords: list[Text] = []
    """Other words that people search for, true of this action alone. Printed as "Also searched for as"."""

    _topic: "Topic" = PrivateAttr()

    @property
    def grade(self) -> Grade:
        return Grade(self.parts[-1].removesuffix(".yml"))

    @property
    def topic(self) -> "Topic":
        return self._topic

    @property
    def search_words(self) -> list[Text]:
        """Its own keywords and those that it inherits from its themes."""
        return list(
            dict.fromkeys(self.keywords + [word for theme in self.related["themes"] for word in theme.keywords])
        )

    @property
    def organisations_named(self) -> "list[Organisation]":
        """The organisations of its own words and of its examples, each once, in that order."""
        named = self.related["organisations"] + [o for e in self.examples for o in e.related["organisations"]]
        return each_once(named)


class Topic(Worded):
    """A topic of a journey: `topic.yml` of the topic's folder."""

    noun = "topic"
    folder = "topics"

    number: int
    """Gives the order of the topics."""
    title: Official
    subtitle: Official
    issue: Official | None = None
    """Defining the issue."""
    synergies: list[Synergy] = []
    """Synergies and connections to other journeys."""
    resources: list[Example] = []
    """Other examples and resources."""

    _journey: Journey = PrivateAttr()
    _actions: list[Action] = PrivateAttr(default_factory=list)

    @property
    def journey(self) -> Journey:
        return self._journey

    @property
    def actions(self) -> list[Action]:
        """Its actions in the document's order, from Simple to Ambition."""
        return self._actions

    def graded(self, grade: Grade) -> list[Action]:
        """Its actions of one grade, in the document's order."""
        return [action for action in self.actions if action.grade == grade]

    @property
    def grades(self) -> list[Grade]:
        """The grades in which it has actions."""
        return [grade for grade in Grade if self.graded(grade)]

    @property
    def by_theme(self) -> "list[tuple[Theme | None, list[Action]]]":
        """Its actions by their main theme, each action once; themes in the order in which they first appear."""
        rows: dict[str, tuple[Theme | None, list[Action]]] = {}
        for action in self.actions:
            theme = next(iter(action.related["themes"]), None)
            rows.setdefault(theme.key if theme else "", (theme, []))[1].append(action)
        return list(rows.values())

    @property
    def case_studies(self) -> "list[CaseStudy]":
        """The case studies that illustrate its actions, each once."""
        return case_studies_of(self.actions)

    def grade_address(self, grade: Grade) -> str:
        """The page of its actions of one grade."""
        return f"{self.folder}/{self.key}/{grade}.html"


class Organisation(Entry):
    """An organisation that the guidance or a case study names."""

    noun = "organisation"
    folder = "organisations"

    id: Id
    name: Text
    also: list[Text] = []
    """Other forms of its name that the sources print."""
    keywords: list[Text] = []
    """Other names that people search for it by."""


class Theme(Entry):
    """A subject that actions share."""

    noun = "theme"
    folder = "themes"

    id: Id
    name: Text
    about: Text
    """One sentence."""
    keywords: list[Text] = []
    """Other words that people search for, true of the whole theme: its actions inherit them."""

    @property
    def case_studies(self) -> "list[CaseStudy]":
        """The case studies that illustrate its actions, each once."""
        return case_studies_of(self.related["actions"])


class Lesson(Entry):
    """Something that a source teaches beyond its stories, in our own words."""

    noun = "lesson"

    id: Id
    title: Text
    text: Text
    organisations: Annotated[list[Id], To("organisation", "lessons")] = []
    """Organisations that it names."""
    bears_out: Annotated[list[Id], To("enabler or disabler", "lessons")] = []
    """Enablers and disablers that it bears out."""


class Source(Entry):
    """A document that words or facts of this site come from."""

    noun = "source"

    id: Id
    title: Text
    publisher: Text
    date: Text | None = None
    about: Text | None = None
    """What kind of document it is, in our own words."""
    organisations: Annotated[list[Id], To("organisation", "sources")] = []
    """Organisations that it comes from or names as a whole."""
    lessons: list[Lesson] = []
    """What it teaches beyond its stories. A source with lessons has a page of its own."""

    @property
    def address(self) -> str:
        return f"about/sources/{self.id}.html" if self.lessons else f"about/sources.html#{self.id}"


class Figure(Entry):
    """A figure of a case study, and what it counts."""

    noun = "figure"

    figure: Text
    """Exactly as the source has it, in quotes."""
    text: Text


class Quote(Entry):
    """What somebody said, word for word."""

    noun = "quotation"

    text: Text
    who: Text


class CaseStudy(Entry):
    """What happened somewhere, in our own words: `case-studies/<id>.yml`."""

    noun = "case study"
    folder = "case-studies"

    title: Text
    source: Annotated[Id, To("source", "case_studies")]
    """Where it was told: an id of sources.yml."""
    place: Text
    country: Text
    organisations: Annotated[list[Id], To("organisation", "case_studies")] = []
    illustrates: Annotated[list[Id], To("action", "case_studies")] = []
    """The actions that it illustrates."""
    keywords: list[Text] = []
    """Other words that people search for it by."""
    summary: Text
    what_was_done: Text
    results: list[Figure] = []
    quotes: list[Quote] = []


class Retired(Entry):
    """An entry that was published and is no longer part of the guidance. Its page says so and leads on."""

    noun = "retired id"

    id: Id
    """The id that it had. It is never used again."""
    title: Text
    """What it was called."""
    page: Text
    """The address that it had, from the root of the site."""
    reason: Text
    """Why it went, in a sentence."""
    replaced_by: Annotated[list[Id], To("entry", "replaces")]
    """What replaces it, or where a reader goes on: ids of actions, topics, themes or other entries."""

    @property
    def address(self) -> str:
        return str(self.page)


def is_a(kind: type[Entry], noun: str) -> bool:
    """Whether entries of this kind are what a relation calls for: an enabler is an "enabler or disabler"."""
    return any(base.__dict__.get("noun") == noun for base in kind.__mro__)


def each_once(entries: Iterable[Any]) -> list[Any]:
    """Entries without repetition, in the order of their first appearance."""
    return list({entry.key: entry for entry in entries}.values())


def case_studies_of(actions: Iterable[Action]) -> list[CaseStudy]:
    """The case studies that illustrate any of the actions, each once."""
    return each_once(study for action in actions for study in action.related["case_studies"])


RETIRED = "retired.yml"
"""The one file that may hold nothing but notes."""

FILES: dict[str, type[Entry]] = {
    "*/journey.yml": Journey,
    "*/*/topic.yml": Topic,
    **{f"*/*/{grade}.yml": Action for grade in Grade},
    "case-studies/*.yml": CaseStudy,
    "organisations.yml": Organisation,
    "themes.yml": Theme,
    "sources.yml": Source,
    RETIRED: Retired,
}
"""What each file holds, by its path below `journeys/`. A kind with an `id` field is kept as a list of entries."""

SCHEMAS, EDITIONS = "schema", "editions"
"""The folders below `journeys/` that the generator itself writes: schemas, and a record of each published edition."""


def every_kind(kind: type[Entry] = Entry) -> Iterator[type[Entry]]:
    """Every kind of entry."""
    for below in kind.__subclasses__():
        yield below
        yield from every_kind(below)


def schema_name(pattern: str) -> str:
    """The file of the schema for the files of a pattern; in the plural where they hold a list. Ambition has its own."""
    if pattern.endswith(f"/{Grade.AMBITION}.yml"):
        return f"{Grade.AMBITION}.json"
    kind = FILES[pattern]
    return f"{kind.noun.replace(' ', '-')}{'s' if 'id' in kind.model_fields else ''}.json"


NAMES = {name for kind in every_kind() for name in kind.model_fields}
"""The names of the fields that the guidance has, of every kind of entry."""


@dataclass
class Guidance:
    """The whole guidance, read, checked and linked."""

    journeys: list[Journey] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    case_studies: list[CaseStudy] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    retired: list[Retired] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Ids that stand in its files and may not have been read, because of mistakes."""

    @property
    def topics(self) -> list[Topic]:
        return [topic for journey in self.journeys for topic in journey.topics]

    @property
    def actions(self) -> list[Action]:
        """Every action, in the document's order."""
        return [action for topic in self.topics for action in topic.actions]

    @property
    def tops(self) -> list[Entry]:
        """Every entry that stands in no other, in the order of the files."""
        tops: list[Entry] = [*self.journeys, *self.topics, *self.actions, *self.case_studies]
        return [*tops, *self.organisations, *self.themes, *self.sources, *self.retired]

    @property
    def entries(self) -> dict[str, Entry]:
        """Every entry that has an id, by it; the first one where several have the same."""
        entries: dict[str, Entry] = {}
        for entry in (inner for top in self.tops for inner in top.within() if inner.key):
            entries.setdefault(entry.key, entry)
        return entries

    @property
    def gaps(self) -> "list[Gap]":
        """Everything that somebody who holds the originals could mend, in the order of the files."""
        return [gap for top in self.tops for gap in gaps_of(top)]


@dataclass(frozen=True)
class Gap:
    """Something that is lost, missing or in doubt: what, in which entry, and where to mend it."""

    kind: Literal["link", "gap", "topic", "statutory"]
    entry: Entry
    words: str
    place: Place


def gaps_of(top: Entry) -> Iterator[Gap]:
    """The gaps of one entry and of all within it."""
    for entry in top.within():
        for name, value in entry:
            for words in value.lost_links if isinstance(value, Text) else ():
                yield Gap("link", entry, words, entry.spot(name, f"[{words.split()[0]}"))
        if entry.gap:
            yield Gap("gap", entry, entry.gap.plain, entry.where("gap"))
    if isinstance(top, Topic) and not top.actions:
        yield Gap("topic", top, "", top.where())
    if isinstance(top, Action) and not top.statutory and top.topic.journey.statutory_marks == "lost":
        yield Gap("statutory", top, "", top.where())
