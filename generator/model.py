"""Define every kind of entry of the guidance: its fields, their meaning, and which files contain it.

This is the single source of truth for checks, links between entries, the label "the Commissioner's words" and the help
that editors see. The docstrings of the kinds and of their fields are that help.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, cached_property
from inspect import getdoc
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic_core import PydanticCustomError

from generator.certainty import Certainty
from generator.document import Document, Path
from generator.fields import Relation, entry_fields, fields_of
from generator.problem import Place, with_article
from generator.text import Name, Official, Quoted, Text, Words, unmark


class Grade(StrEnum):
    """How far an action goes: the name of its file."""

    SIMPLE = "simple"
    ADVENTUROUS = "adventurous"
    AMBITION = "ambition"

    @property
    def rank(self) -> int:
        """The position among the grades, from 0 for the simplest."""
        return list(Grade).index(self)


ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
ID_HELP = "Lower-case letters, digits and hyphens; unique in the project; never changed once published."
Id = Annotated[str, StringConstraints(pattern=ID.pattern)]
"""The id of an entry."""
Ref = str
"""The id of another entry, as written. Linking checks that there is such an entry."""


class Entry(BaseModel):
    """The base of every kind of entry: where it was read, and how it is related to other entries.

    What is computed from the fields is cached, because pages read it often. Entries don't change after linking.
    """

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)
    noun: ClassVar[str] = "entry"
    folder: ClassVar[str] = ""

    gap: Text | None = None
    """What is missing or in doubt, in a sentence. Shown here and on the page of gaps."""

    def __init_subclass__(cls, *, noun: str = "", folder: str = "", **config: Any) -> None:
        """Name a kind of entry for messages, and give the site folder of its pages unless they are part of others."""
        super().__init_subclass__(**config)
        cls.noun, cls.folder = noun or cls.noun, folder or cls.folder

    @field_validator("*", mode="before")
    @classmethod
    def refuse_empty_field(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse an optional text, number or id that is written without a value."""
        if value is None:
            field = fields_of(cls)[str(info.field_name)]
            if not (field.is_required or field.is_list or field.choices):
                raise PydanticCustomError("empty", "empty")
        return value

    def set_source(self, document: Document, path: Path, parent: "Entry | None" = None) -> None:
        """Remember where this entry and those inside it were read: `path` leads to it in `document`."""
        # Not declared as private attributes of pydantic, which are slow to read.
        self._document, self._path, self._parent = document, path, parent
        for name in entry_fields(type(self)):
            for position, entry in enumerate(getattr(self, name)):
                entry.set_source(document, (*path, name, position), self)

    def within(self) -> Iterator["Entry"]:
        """Return this entry and all entries inside it, in the order of the model."""
        yield self
        for name in entry_fields(type(self)):
            for entry in getattr(self, name):
                yield from entry.within()

    def texts(self) -> Iterator[tuple[Path, Text]]:
        """Return each text of this entry, without entries inside it, and the path from this entry to the text."""
        for name, field in fields_of(type(self)).items():
            value = getattr(self, name)
            if field.is_text and field.is_list:
                yield from (((name, position), text) for position, text in enumerate(value))
            elif field.is_text and value:
                yield (name,), value

    def where(self, *path: str | int) -> Place:
        """Return the place of this entry in the YAML, or of one of its fields or list items if that exists."""
        return self._document.place((*self._path, *path))

    def place_of_words(self, words: str, *path: str | int, after: str = "") -> Place:
        """Return the place of `words` inside a text of this entry, or of the text if they aren't found as written.

        `after` is all the text before them, if they may also be elsewhere.
        """
        return self._document.find_words((*self._path, *path), words, after)

    def line_of(self, name: str) -> str:
        """Return the line of the YAML with the beginning of a field's value."""
        number = self.where(name).line
        return self._document.lines[number - 1] if number <= len(self._document.lines) else ""

    def lost_words(self, *path: str | int) -> str:
        """Return what YAML ignores after a text of this entry: from a `#` to the end of the line."""
        return self._document.cut.get((*self._path, *path), "")

    @property
    def lines(self) -> range:
        """The numbers of this entry's lines in its file, from 1, up to the next entry of the list."""
        return self._document.lines_of(self._path)

    @property
    def parts(self) -> tuple[str, ...]:
        """The path of the file, relative to the folder of the guidance."""
        return self._document.parts

    @cached_property
    def key(self) -> str:
        """The id: the `id` field, or the name of the entry's own file or folder. Empty for entries without an id."""
        if self._path:
            return "" if isinstance(self, Part) else getattr(self, "id", None) or ""
        return self.parts[-2] if self.parts[-1] in ("journey.yml", "topic.yml") else self.parts[-1].removesuffix(".yml")

    @cached_property
    def label(self) -> str:
        """The text of a link to this entry. It names the goal, too, if another goal has an entry of the same title."""
        return add_goal(self.own_label, self.goal) if self.namesakes else self.own_label

    @cached_property
    def own_label(self) -> str:
        """The title or name of this entry alone."""
        named = getattr(self, "title", None) or getattr(self, "name", None)
        return named.plain if named else self.parent.label if self.parent else self.key

    @cached_property
    def namesakes(self) -> "list[Entry]":
        """The entries of other journeys with the same official title: one law, for example. Linking fills this list."""
        return []

    @property
    def top(self) -> "Entry":
        """The entry that it is inside, at the top of its file; this entry itself if it is inside none."""
        return self.parent.top if self.parent else self

    @cached_property
    def goal(self) -> "Journey | None":
        """The journey that it is part of; None for what all journeys share, such as a theme."""
        return self.parent.goal if self.parent else None

    @property
    def gist(self) -> str:
        """The text that describes this entry best, as plain text; empty if there is none."""
        names = ("summary", "about", "definition", "subtitle", "text")
        return next((text.plain for name in names if isinstance(text := getattr(self, name, None), Text)), "")

    @property
    def searched_as(self) -> "list[Text]":
        """Other words that people search for this entry by."""
        return [*getattr(self, "also", ()), *self.own_keywords]

    @property
    def own_keywords(self) -> "list[Text]":
        """Its keywords in every language."""
        translated = (word for each in self.translations.values() for word in getattr(each, "keywords", ()))
        return [*getattr(self, "keywords", ()), *translated]

    @cached_property
    def translations(self) -> "dict[str, Translation]":
        """This entry in other languages, by their code. Translating fills this."""
        return {}

    @cached_property
    def other_labels(self) -> list[str]:
        """What it is called in languages other than the site's. Translating fills this list."""
        return []

    @property
    def parent(self) -> Any:
        """The entry that this one is inside, or None."""
        return self._parent

    @cached_property
    def related(self) -> dict[str, list[Any]]:
        """The related entries by the name of the relation, in both directions. Linking fills these lists."""
        return {name: [] for name in relation_names(type(self))}

    @cached_property
    def address(self) -> str:
        """The address of this entry's page, or of its part of a page with `#`, relative to the root of the site."""
        if self.folder:
            return f"{self.folder}/{self.key}.html"
        return str(self.parent.address) + (f"#{self.key}" if self.key else "")


class Worded(Entry):
    """An entry with words that are copied exactly, and must stay as published unless it says why."""

    reworded: Text | None = None
    """Why words here that are copied exactly differ from the published edition, in a sentence."""


class Part(Entry):
    """An entry inside another one that has no address of its own, such as an example."""

    id: Id | None = None
    """Only for translations, which use it to name this part. No other part of its list has it."""


class FocusArea(Part, noun="focus area"):
    """One of the places where the goal says to focus action."""

    text: Official
    topic: Annotated[Ref | None, Relation("topic", "focus_areas")] = None
    """The folder of the topic that takes it up."""
    see: Official | None = None
    """What the guidance says after it in brackets."""


class Requirement(Worded, noun="statutory requirement", folder="statutory"):
    """A statutory requirement in relation to the goal. Actions point here with `under`."""

    id: Id
    name: Official
    """As the guidance prints it."""
    text: Official
    law: Text | None = None
    """The law itself, as a link of ours: `[name](address)`."""
    keywords: list[Text] = []
    """Other words that people search for it by."""


class Factor(Worded, noun="enabler or disabler"):
    """What makes achieving the goal more or less likely."""

    id: Id
    text: Official
    title: Text
    """A few words of ours, for lists."""


class Enabler(Factor, noun="enabler"):
    """What makes achieving the goal more likely."""


class Disabler(Factor, noun="disabler"):
    """What makes achieving the goal less likely."""


class Journey(Worded, noun="journey", folder="journeys"):
    """The goal: `journey.yml` of a journey's folder."""

    title: Text
    source: Annotated[Ref, Relation("source", "journeys")]
    """Where the words come from: an id of sources.yml."""
    statutory_marks: Literal["lost", "complete"]
    """lost: an action without `statutory` is not recorded as statutory; complete: it is not statutory."""
    number: int | None = None
    """Gives the order of the journeys, if there are several. Those without a number come last."""
    progress: Literal["begun"] | None = None
    """begun: not all of the document is in these files yet, so what is missing may be in it. Delete it in the end."""
    law: Text | None = None
    """The Act that sets the goal, as a link of ours: `[name](address)`."""
    definition: Official | None = None
    """The goal as the Act defines it."""
    why: Official | None = None
    """Defining the goal."""
    case_studies_note: Official | None = None
    """What the guidance says about its case studies."""
    organisations: Annotated[list[Ref], Relation("organisation", "journeys")] = []
    """Organisations that its words mention."""
    focus_areas: list[FocusArea] = []
    """Where to focus action in contributing to this goal."""
    statutory_requirements: list[Requirement] = []
    """Other statutory requirements in relation to this goal."""
    statutory_note: Official | None = None
    """What the guidance says about its St marks."""
    keywords: list[Text] = []
    """Other words that people search for it by."""
    enablers: list[Enabler] = []
    """Achieving this goal is more likely to happen when..."""
    disablers: list[Disabler] = []
    """Achieving this goal is less likely to happen when..."""

    @cached_property
    def topics(self) -> "list[Topic]":
        """Its topics by number. Linking fills this list."""
        return []

    @property
    def goal(self) -> "Journey | None":
        return self

    @property
    def actions(self) -> "list[Action]":
        """The actions of its topics."""
        return [action for topic in self.topics for action in topic.actions]

    @property
    def is_begun(self) -> bool:
        """Whether not all of the document is in the files yet."""
        return self.progress == "begun"

    @property
    def missing(self) -> list[str]:
        """What it doesn't have, and every complete journey has: the names of fields, "topics" or "actions"."""
        has = {"definition": bool(self.definition), "why": bool(self.why), "topics": bool(self.topics)}
        has |= {"actions": bool(self.actions)} if self.topics else {}
        return [name for name, is_there in has.items() if not is_there]

    @property
    def has_lost_marks(self) -> bool:
        """Whether our copy lost the St marks, so that an action without a mark may have one in the original."""
        return self.statutory_marks == "lost"


class Example(Part, noun="example"):
    """An example of an action, or one of a topic's "other examples and resources"."""

    text: Official
    """The Commissioner's words, without "E.g.": copy them exactly."""
    organisations: Annotated[list[Ref], Relation("organisation", "examples")] = []
    """The organisations that this example concerns: ids of organisations.yml."""
    places: list[Name] = []
    """The places that it names, so that people find what was done near them. Never guessed."""
    attachment: Literal["uncertain"] | None = None
    """uncertain: the source doesn't show which action it belongs to. Explain it in `gap`."""

    @property
    def certainty(self) -> Certainty:
        """How certain it is that this is an example of its action."""
        return "inferred" if self.attachment else "known"


class Synergy(Part, noun="synergy"):
    """A connection to another journey."""

    journey: Official
    topic: Official


class Statutory(Part, noun="St mark"):
    """An St mark: which requirement the action rests on, and how we know."""

    under: Annotated[Ref, Relation("statutory requirement", "marks", is_shared=True)]
    """The requirement: an id of journey.yml."""
    basis: Text
    """How we know, in a sentence."""
    mark: Literal["original", "inferred"] | None = None
    """original: the original has this mark. inferred: we conclude it from the wording. If left out: inferred where the
    journey's `statutory_marks` are lost, original where they are complete."""

    @property
    def origin(self) -> Literal["original", "inferred"]:
        """Whether the original has this mark, or we conclude it from the wording of the action."""
        return self.mark or ("inferred" if self.parent.topic.journey.has_lost_marks else "original")

    @property
    def is_inferred(self) -> bool:
        return self.origin == "inferred"

    @property
    def law(self) -> str:
        """What the requirement is called. It names the goal if it is that of another one."""
        required: Requirement = self.related["under"][0]
        return required.own_label if required.goal is self.goal else add_goal(required.own_label, required.goal)

    @property
    def certainty(self) -> Certainty:
        """How certain it is that the original has this mark."""
        return "inferred" if self.is_inferred else "known"


class Action(Worded, noun="action", folder="actions"):
    """One action. Its file gives its grade."""

    id: Id
    scope: Literal["national", "organisational"] | None = None
    """national or organisational. In ambition.yml only, where each action has one. Collaborative ones are national."""
    text: Official
    examples: list[Example] = []
    statutory: list[Statutory] = []
    """The legal basis of the action: the requirements that it rests on, where that is known."""

    title: Text
    """A few words of ours, to find it by."""
    themes: Annotated[list[Ref], Relation("theme", "actions")] = []
    """One to three ids of themes.yml; the first is its row in the topic's table."""
    organisations: Annotated[list[Ref], Relation("organisation", "actions")] = []
    """Organisations that the action's own words mention: ids of organisations.yml."""
    next: Annotated[list[Ref], Relation("action", "previous")] = []
    """Actions of a higher grade that go further on the same thing."""
    strengthens: Annotated[list[Ref], Relation("enabler", "strengthened_by")] = []
    """Enablers that it strengthens."""
    counters: Annotated[list[Ref], Relation("disabler", "countered_by")] = []
    """Disablers that it counters."""
    keywords: list[Text] = []
    """Other words that people search for, true of this action alone. Printed as "Also searched for as"."""

    _topic: "Topic" = PrivateAttr()

    @cached_property
    def grade(self) -> Grade:
        return Grade(self.parts[-1].removesuffix(".yml"))

    @cached_property
    def topic(self) -> "Topic":
        return self._topic

    @cached_property
    def goal(self) -> "Journey | None":
        topic = getattr(self, "_topic", None)  # not known if its folder has no topic.yml
        return topic.goal if topic else None

    @property
    def journey(self) -> "Journey":
        return self.topic.journey

    @property
    def least_certain_mark(self) -> Statutory | None:
        """The St mark that decides what a single badge says about this action; None if it has no mark.

        Each mark has a certainty of its own. What is said about all of them together is only as certain as the least
        certain one, so that no list or table claims more than we know.
        """
        return max(self.statutory, key=lambda mark: mark.is_inferred, default=None)

    @property
    def statutory_certainty(self) -> Certainty:
        """How certain we are about the legal basis as a whole. "known" without a mark: it is not statutory."""
        if self.least_certain_mark:
            return self.least_certain_mark.certainty
        return "lost" if self.topic.journey.has_lost_marks else "known"

    @property
    def search_words(self) -> list[Text]:
        """Its own keywords and its themes' keywords."""
        inherited = [word for theme in self.related["themes"] for word in theme.own_keywords]
        return list(dict.fromkeys(self.own_keywords + inherited))

    @cached_property
    def organisations_named(self) -> "list[Organisation]":
        """The organisations that its own text or its examples mention, without examples that may not belong to it."""
        return each_once(other for entry in (self, *self.certain_examples) for other in entry.related["organisations"])

    @property
    def kinds_named(self) -> list[str]:
        """The kinds of these organisations, each once, where they are known."""
        return list(dict.fromkeys(one.kind for one in self.organisations_named if one.kind))

    @property
    def certain_examples(self) -> list[Example]:
        """Its examples, without those that may belong to another action."""
        return [example for example in self.examples if example.certainty == "known"]

    @property
    def places(self) -> list[Text]:
        """The places that its examples and the case studies about it name."""
        named = [place for entry in (*self.certain_examples, *self.related["case_studies"]) for place in entry.places]
        return list(dict.fromkeys(named))


class Topic(Worded, noun="topic", folder="topics"):
    """A topic of a journey: `topic.yml` of the topic's folder."""

    number: int
    """Gives the order of the topics."""
    title: Official
    subtitle: Official | None = None
    issue: Official | None = None
    """Defining the issue."""
    synergies: list[Synergy] = []
    """Synergies and connections to other journeys."""
    resources: list[Example] = []
    """Other examples and resources."""

    _journey: Journey = PrivateAttr()

    @cached_property
    def journey(self) -> Journey:
        return self._journey

    @cached_property
    def goal(self) -> Journey | None:
        return getattr(self, "_journey", None)  # not known if its folder has no journey.yml

    @cached_property
    def actions(self) -> list[Action]:
        """Its actions in the guidance's order, from Simple to Ambition. Linking fills this list."""
        return []

    def graded(self, grade: Grade) -> list[Action]:
        """Return its actions of one grade, in the guidance's order."""
        return [action for action in self.actions if action.grade == grade]

    @property
    def grades(self) -> list[Grade]:
        """The grades that it has actions of."""
        return [grade for grade in Grade if self.graded(grade)]

    @property
    def by_theme(self) -> "list[tuple[Theme | None, list[Action]]]":
        """Its actions grouped by their first theme. Themes are in the order in which they first appear."""
        rows: dict[str, tuple[Theme | None, list[Action]]] = {}
        for action in self.actions:
            theme = next(iter(action.related["themes"]), None)
            rows.setdefault(theme.key if theme else "", (theme, []))[1].append(action)
        return list(rows.values())

    @property
    def case_studies(self) -> "list[CaseStudy]":
        """The case studies that illustrate its actions."""
        return each_once(study for action in self.actions for study in action.related["case_studies"])

    def grade_address(self, grade: Grade) -> str:
        """Return the address of the page with its actions of one grade, relative to the root of the site."""
        return f"{self.folder}/{self.key}/{grade}.html"


OrganisationKind = Literal[
    "council",
    "public services board",
    "government department",
    "national body",
    "international body",
    "housing association",
    "charity",
    "community organisation",
    "social enterprise",
    "arts organisation",
    "network",
    "advice service",
    "funder",
    "business",
]


class Organisation(Entry, noun="organisation", folder="organisations"):
    """An organisation that the guidance or a case study mentions."""

    id: Id
    name: Name
    kind: OrganisationKind | None = None
    """What kind of body it is. Left out if not known."""
    area: Name | None = None
    """The area that it works for, if its name or a source gives it."""
    also: list[Name] = []
    """Other forms of its name that the sources print."""
    keywords: list[Text] = []
    """Other names that people search for it by."""

    @property
    def mentions(self) -> list[Entry]:
        """The entries that mention it: goals, topics, actions, case studies and sources, each once."""
        mentioning = [other for others in self.related.values() for other in others]
        return each_once(other.parent if isinstance(other, Example) else other for other in mentioning)


class Theme(Entry, noun="theme", folder="themes"):
    """A subject that actions share."""

    id: Id
    name: Text
    about: Text
    """One sentence."""
    keywords: list[Text] = []
    """Other words that people search for, true of the whole theme: its actions inherit them."""

    @property
    def case_studies(self) -> "list[CaseStudy]":
        """The case studies that illustrate its actions."""
        return each_once(study for action in self.related["actions"] for study in action.related["case_studies"])


class Lesson(Entry, noun="lesson"):
    """Something that a source teaches beyond its stories, in our own words."""

    id: Id
    title: Text
    text: Text
    organisations: Annotated[list[Ref], Relation("organisation", "lessons")] = []
    """Organisations that it mentions."""
    bears_out: Annotated[list[Ref], Relation("enabler or disabler", "lessons")] = []
    """Enablers and disablers that it supports with evidence."""


class Source(Entry, noun="source"):
    """A document that words or facts on this site come from."""

    id: Id
    title: Text
    publisher: Text
    date: Text | None = None
    about: Text | None = None
    """What kind of document it is, in our own words."""
    copied: Text | None = None
    """How we copied it into these files, and what we had to decide."""
    terms: Text | None = None
    """On what terms others may use its words, if it says so. Left out if that is not known."""
    organisations: Annotated[list[Ref], Relation("organisation", "sources")] = []
    """Organisations that it comes from or mentions as a whole."""
    lessons: list[Lesson] = []
    """What it teaches beyond its stories. A source with lessons has a page of its own."""

    @cached_property
    def address(self) -> str:
        return f"about/sources/{self.id}.html" if self.lessons else f"about/sources.html#{self.id}"


class Figure(Part, noun="figure"):
    """A figure of a case study, and what it counts."""

    figure: Quoted
    """Exactly as the source has it, in quotes."""
    text: Text


class Quote(Part, noun="quotation"):
    """What someone said, word for word."""

    text: Quoted
    who: Text


class CaseStudy(Worded, noun="case study", folder="case-studies"):
    """What happened somewhere, in our own words: `case-studies/<id>.yml`."""

    title: Text
    source: Annotated[Ref, Relation("source", "case_studies")]
    """Where it was told: an id of sources.yml."""
    place: Name
    country: Text
    places: list[Name] = []
    """The places in `place`, one by one, so that people find what was done near them."""
    organisations: Annotated[list[Ref], Relation("organisation", "case_studies")] = []
    illustrates: Annotated[list[Ref], Relation("action", "case_studies")] = []
    """The actions that it illustrates."""
    bears_out: Annotated[list[Ref], Relation("enabler or disabler", "case_studies")] = []
    """Enablers and disablers that it supports with evidence."""
    keywords: list[Text] = []
    """Other words that people search for it by."""
    summary: Text
    what_was_done: Text
    results: list[Figure] = []
    quotes: list[Quote] = []


class Retired(Entry, noun="retired id"):
    """An entry that was published and is no longer part of the guidance. Its page says so and leads on."""

    id: Id
    """The id that it had. It is never used again."""
    title: Text
    """What it was called."""
    page: Text
    """The address that it had, from the root of the site."""
    reason: Text
    """Why it was retired, in a sentence."""
    replaced_by: Annotated[list[Ref], Relation("entry", "replaces")]
    """What replaces it, or where a reader can continue: ids of actions, topics, themes or other entries."""

    @cached_property
    def address(self) -> str:
        return str(self.page)


class Translation(Entry, noun="translation"):
    """A translation of an entry: its id and texts, where they come from, and which English they translate."""

    source: Annotated[Ref | None, Relation("source", "translations")] = None
    """For official texts: an id of sources.yml, the source that they are copied from."""
    official: list[Text] = []
    """The fields with texts copied from this source, word for word. All others are our own. A field can have a checksum
    of its words after it: when they change, the check says so."""
    reviewer: Text | None = None
    """Who has reviewed our own texts. Left out if nobody has."""
    reworded: Text | None = None
    """Why official texts here differ from the published edition, in a sentence."""
    english: list[Text] = []
    """For each translated field, a checksum of its English. When it changes, the check says so, and what to write."""


@cache
def translation_of(kind: type[Entry]) -> type[Translation]:
    """Return the kind of entry that translates a kind of entry: its texts, and the entries inside it."""
    fields: dict[str, Any] = {}
    for name, field in fields_of(kind).items():
        if name == "id":
            fields[name] = (Id, ...)
        elif field.is_text and name not in ("reworded", "page"):
            fields[name] = (list[Text], []) if field.is_list else (Text | None, None)
        elif field.entry:
            fields[name] = (list[translation_of(field.entry)], [])  # type: ignore[misc]
    made = create_model(
        f"{kind.__name__}Translation",
        __base__=Translation,
        __doc__=getdoc(Translation),
        __cls_kwargs__={"use_attribute_docstrings": False},  # there is no source code to look for them in
        **fields,
    )
    made.noun = f"translation of {with_article(kind.noun)}"
    return made


def each_once(entries: Iterable[Any]) -> list[Any]:
    """Return entries without duplicates, in the order of their first appearance."""
    return list({entry.key: entry for entry in entries}.values())


def add_goal(label: str, goal: Journey | None) -> str:
    """Return the label of an entry with its goal in brackets, and with the mark of its language."""
    both = f"{unmark(label)} ({unmark(goal.label)})" if goal else label
    return Words(both, label.language) if isinstance(label, Words) else both


def every_kind(kind: type[Entry] = Entry) -> Iterator[type[Entry]]:
    """Return every kind of entry, including base classes such as `Factor`."""
    for below in kind.__subclasses__():
        if below is not Translation:
            yield below
            yield from every_kind(below)


@cache
def is_a(kind: type[Entry], noun: str) -> bool:
    """Return whether a kind of entry is what a relation asks for: an enabler is an "enabler or disabler"."""
    return any(base.__dict__.get("noun") == noun for base in kind.__mro__)


@cache
def relation_names(kind: type[Entry]) -> list[str]:
    """Return the names of all relations from or to a kind of entry."""
    own = [name for name, field in fields_of(kind).items() if field.relation]
    every = [field.relation for other in every_kind() for field in fields_of(other).values() if field.relation]
    return own + [relation.back for relation in every if is_a(kind, relation.kind)]


NAMES = {name for kind in every_kind() for name in kind.model_fields} | set(Translation.model_fields)
"""The names of all fields, of every kind of entry."""

RETIRED = "retired.yml"
"""The only file that may be empty."""

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
"""The kind of entry in each file, by its path below `journeys/`. A kind with an `id` field is kept in a list."""


def find_pattern(document: Document) -> str:
    """Return the pattern of `FILES` that a file matches; empty if the guidance has no such file."""
    return next((pattern for pattern in FILES if document.matches(pattern)), "")


SCHEMAS, EDITIONS = "schema", "editions"
"""The folders below `journeys/` that the generator itself writes: schemas, and the published editions."""
