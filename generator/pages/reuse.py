"""Keep what templates print between the builds of a live preview, until something that it was made from changes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.guidance import Guidance
from generator.languages import read_messages
from generator.model import Entry
from generator.pages.page import Heading, Site

TEMPLATES = Path(__file__).parent / "templates"
ALL = ""
"""Stands for the id of any entry: it changes with every build."""

Content = tuple[Markup, list[Heading]]
"""The body of a page, or a part of it, and its headings."""


@dataclass
class Body:
    """What a template printed, and all that it was made from, besides the templates and the site."""

    inputs: Any
    """What the template was given."""
    reads: set[str]
    """The ids of the entries that it read."""
    content: Content


class Bodies:
    """The bodies of the last build."""

    def __init__(self) -> None:
        self.kept: dict[str, Body] = {}
        self.entries: dict[str, Any] = {}
        self.basis: Any = None
        self.noted: list[dict[Any, Any]] = [{}]
        """What was read, for the body that is being rendered and for those around it: entries by `id`, or their ids."""

    @contextmanager
    def reuse(self, guidance: Guidance, site: Site) -> Iterator[None]:
        """While this lasts, `render` renders only what has changed since the last time."""
        entries = {top.key: summarise(top, site.changed) for top in guidance.tops}
        basis = (
            replace(site, changed={}),
            read_messages(site.language),
            [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.iterdir())],
        )
        keys = self.entries.keys() | entries.keys()
        changed = {ALL} | {key for key in keys if self.entries.get(key) != entries.get(key)}
        same = self.kept.items() if basis == self.basis else ()
        self.kept = {name: body for name, body in same if body.reads.isdisjoint(changed)}
        self.entries, self.basis = entries, basis
        with note_reads(self.noted):
            yield

    def render(self, name: str, inputs: Any, render: Callable[[], Content]) -> Content:
        """Return the kept body of this name, or call `render` for it and keep the result. Bodies can be nested."""
        inputs = identify(inputs)
        kept = self.kept.get(name)
        if kept is None or kept.inputs != inputs:
            self.noted.append({})
            content = render()
            noted = self.noted.pop()
            reads = {key if isinstance(key, str) else find_id(entry) for key, entry in noted.items()}
            kept = self.kept[name] = Body(inputs, reads, content)
        self.noted[-1].update(dict.fromkeys(kept.reads))
        return kept.content


@contextmanager
def note_reads(noted: list[dict[Any, Any]]) -> Iterator[None]:
    """Add every entry or guidance of which an attribute is read to the last of the dictionaries, by its `id`."""

    def note(self: Any, name: str) -> Any:
        noted[-1][id(self)] = self
        return object.__getattribute__(self, name)

    kinds: tuple[Any, ...] = (Entry, Guidance)
    for kind in kinds:
        kind.__getattribute__ = note
    try:
        yield
    finally:
        for kind in kinds:
            del kind.__getattribute__


def find_id(read: Entry | Guidance) -> str:
    """Return the id of an entry, or of the one that it is inside. The guidance stands for all entries."""
    return find_top(read).key if isinstance(read, Entry) else ALL


def find_top(entry: Entry) -> Entry:
    """Return the entry that an entry is inside, or the entry itself."""
    return find_top(entry.parent) if entry.parent else entry


def summarise(top: Entry, changed: Mapping[str, date]) -> Any:
    """Return all that pages can show of an entry and of those inside it, other entries by what identifies them.

    `changed` are the days on which actions last changed, by id.
    """
    related = [[identify(others) for others in entry.related.values()] for entry in top.within()]
    around = [identify(getattr(top, name, None)) for name in ("journey", "topics", "topic", "actions")]
    translated = [translation.data for translation in top.translations.values()]
    return top.data, translated, top.parts, related, around, changed.get(top.key)


def identify(value: Any) -> Any:
    """Return a value for comparisons, with the id of an entry, and its path inside another, in place of each entry."""
    if isinstance(value, Entry):
        top = find_top(value)
        return top.key, value._path[len(top._path) :]
    if isinstance(value, dict):
        return {name: identify(part) for name, part in value.items()}
    return [identify(part) for part in value] if isinstance(value, list | tuple) else value
