"""The whole guidance: all entries, linked, and what is missing in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from generator.messages import ENGLISH, sort_key_of
from generator.model import Action, CaseStudy, Entry, Journey, Organisation, Retired, Source, Theme, Topic, each_once
from generator.problem import Place, Problem

Status = Literal["official", "reviewed", "ours", "missing", "out of date"]
"""How far a translation can be trusted. "reviewed" and "ours" are our own words, with and without a review."""


@dataclass(frozen=True)
class TextStatus:
    """The status of one text of the guidance in another language."""

    language: str
    entry: Entry
    """The entry with the text."""
    field: str
    is_official: bool
    """Whether the English is the Commissioner's words."""
    status: Status
    place: Place
    """Where the translation is; if it is missing, where the English is."""
    source: str = ""
    """The id of the source of an official text."""
    reviewer: str = ""


@dataclass
class Guidance:
    """The whole guidance, read, checked and linked. It doesn't change afterwards, so its lists are cached."""

    journeys: list[Journey] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    case_studies: list[CaseStudy] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    retired: list[Retired] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Ids that occur in the files but may not have been read, because of mistakes."""

    broken: set[str] = field(default_factory=set)
    """The files with mistakes. Not all that is in them may have been read."""

    published: "Guidance | None" = None
    """The newest published edition, if there is one."""

    language: str = ENGLISH
    """The language of its texts, where they have one in it."""
    translations: list[TextStatus] = field(default_factory=list)
    """The status of each text in each other language."""

    @property
    def has_own_translations(self) -> bool:
        """Whether pages show texts of the Commissioner in our own translation."""
        return any(
            each.language == self.language
            and each.is_official
            and each.status in ("reviewed", "ours")
            and each.field not in ("name", "title")  # only titles, which the line at the top of a page explains
            for each in self.translations
        )

    @cached_property
    def has_several_goals(self) -> bool:
        """Whether pages must name the goal of what they show."""
        return len(self.journeys) > 1

    @cached_property
    def is_only_in_english(self) -> bool:
        """Whether no journey has official texts of its topics and actions in another language."""
        return not any(
            each.status == "official" and each.is_official and isinstance(each.entry.top, Topic | Action)
            for each in self.translations
        )

    @cached_property
    def copies(self) -> list[Source]:
        """The sources of the journeys' words, each once, in the order of the journeys."""
        return each_once(source for journey in self.journeys for source in journey.related["source"])

    @cached_property
    def topics(self) -> list[Topic]:
        return [topic for journey in self.journeys for topic in journey.topics]

    @cached_property
    def actions(self) -> list[Action]:
        """Every action, in the guidance's order."""
        return [action for topic in self.topics for action in topic.actions]

    @cached_property
    def places(self) -> list[str]:
        """Every place that an example or a case study of an action names, in the order of the alphabet."""
        return sorted(
            {str(place) for action in self.actions for place in action.places}, key=sort_key_of(self.language)
        )

    @cached_property
    def tops(self) -> list[Entry]:
        """Every entry that isn't inside another one."""
        tops: list[Entry] = [*self.journeys, *self.topics, *self.actions, *self.case_studies]
        return [*tops, *self.organisations, *self.themes, *self.sources, *self.retired]

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry with an id, by this id. If several have the same one, the first."""
        entries: dict[str, Entry] = {}
        for entry in (inner for top in self.tops for inner in top.within() if inner.key):
            entries.setdefault(entry.key, entry)
        return entries

    @cached_property
    def gaps(self) -> "list[Gap]":
        """Everything that someone with the original documents could add or correct."""
        return [gap for top in self.tops for gap in find_gaps(top)]

    def count_gaps(self, kind: str) -> "list[tuple[Journey | None, int]]":
        """Return how many gaps of a kind each journey has, if any; None stands for what several journeys share."""
        counts = Counter(gap.goal.key if gap.goal else "" for gap in self.gaps if gap.kind == kind)
        return [(goal, count) for goal in (*self.journeys, None) if (count := counts[goal.key if goal else ""])]


@dataclass(frozen=True)
class Gap:
    """Something that is missing or in doubt in an entry."""

    kind: Literal["link", "gap", "topic", "begun", "statutory"]
    """A lost address of a link, a note in `gap`, a topic without actions, a part that a journey doesn't have yet, or an
    action without a known St mark."""
    entry: Entry
    words: str
    """The words of the link, or the note; else empty."""
    place: Place
    """Where to add or correct it."""

    @property
    def goal(self) -> Journey | None:
        """The journey that it belongs to, also by its source; None if several journeys share it."""
        journeys = self.entry.top.related["journeys"] if isinstance(self.entry.top, Source) else []
        return journeys[0] if len(journeys) == 1 else self.entry.goal


def find_gaps(top: Entry) -> Iterator[Gap]:
    """Return the gaps of an entry and of all entries inside it."""
    for entry in top.within():
        for path, text in entry.texts():
            for words in text.lost_links:
                yield Gap("link", entry, text.quote(words), entry.place_of_words(f"[{words.split()[0]}", *path))
        if entry.gap:
            yield Gap("gap", entry, entry.gap.plain, entry.where("gap"))
    if isinstance(top, Journey):
        for name in top.missing:
            yield Gap("begun", top, name, top.where(name))
    if isinstance(top, Topic) and not top.actions:
        yield Gap("topic", top, "", top.where())
    if isinstance(top, Action) and top.statutory_certainty == "lost":
        yield Gap("statutory", top, "", top.where())
