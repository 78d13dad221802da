"""A finished page, and what pages need to know about the site that they are part of."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from babel import Locale
from markupsafe import Markup

from generator.messages import ENGLISH, LANGUAGES, format_day, load_messages
from generator.pages.statuses import Status, list_statuses
from generator.problem import Place, Problem

PAPER_LANGUAGE = re.compile(rf"-({'|'.join(LANGUAGES)})\.pdf$")
"""The language of a document that isn't in English, in its name."""
NOTHING = Markup()
SHARED = ("assets/", "data/", "downloads/")
FEED = "data/changes.xml"
"""The feed, which each language has."""
"""The folders that the site has only once, in English."""


@cache
def name_in_itself(language: str) -> str:
    """Return what a language is called in this language itself."""
    return str(Locale.parse(language).get_display_name()).capitalize()


@dataclass(frozen=True)
class Download:
    """A file that the site offers: a zip file with its copy, or a document."""

    path: Path
    bytes: int
    """How large it is."""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def address(self) -> str:
        """Its address, from the root of the site."""
        return f"downloads/{self.name}"

    @property
    def size(self) -> str:
        """How large it is, in words."""
        return f"{self.bytes / 1_000_000:.1f} MB" if self.bytes >= 100_000 else f"{self.bytes / 1000:.0f} kB"

    @property
    def is_zip(self) -> bool:
        return self.name.endswith(".zip")

    @cached_property
    def pages(self) -> int:
        """How many pages a document has."""
        return len(re.findall(rb"/Type\s*/Page\b", self.path.read_bytes()))


@dataclass(frozen=True)
class Site:
    """The site that pages are part of."""

    name: str = ""
    id: str = ""
    """Its name in English as an id: what it stores in browsers begins with this, the same in all languages."""
    short_name: str = ""
    """Its name where there is little room, such as below an icon."""
    question: str = ""
    """The title of its home page, above the search."""
    description: str = ""
    """What it is about, in a sentence."""
    date: datetime.date = datetime.date.min
    """The day on which it was built."""
    address: str = ""
    """Where it is published, with a slash at the end; empty if not known."""
    editor: str = ""
    """Where its files can be edited, with a slash at the end; empty if not known."""
    edition: str = ""
    """The date of the newest edition, as 2026-11-22; empty if there is none."""
    is_draft: bool = True
    """Whether the guidance has changed since the newest edition."""
    version: str = ""
    """What tells this edition or draft from all others, as in the names of files: see `editions.version`."""
    contact: str = ""
    """Who to tell about an accessibility problem; empty if not known."""
    enforcement: str = ""
    """Who to turn to if that doesn't help; empty if not known."""
    downloads: Sequence[Download] = ()
    """The files that it offers besides its pages and data."""
    language: str = "en"
    """The language of labels, buttons and dates, as an ISO 639-1 code."""
    reviewer: str = ""
    """Who has reviewed labels and buttons in this language; empty if nobody has, or if they are in English."""
    has_own_translations: bool = False
    """Whether pages show texts of the Commissioner in our own translation."""
    folder: str = ""
    """The folder of this site in the one in English, like "cy/"; empty for the whole site."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The way to the same site in each other language, by its code."""
    changed: Mapping[str, datetime.date] = field(default_factory=dict)
    """The day on which each action last changed, by id, for actions where it is known."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What pages and hosts tell browsers to allow, by the name of the HTTP header."""
    examples: Sequence[str] = ()
    """Words to search for, which the home page suggests."""
    is_copy: bool = False
    """Whether it is the copy in the zip file."""
    is_preview: bool = False
    """Whether it is a live preview, whose pages reload themselves."""
    mistakes: Sequence[tuple[Problem, str]] = ()
    """The mistakes that every page of a live preview shows, each with its line of the file."""

    @property
    def papers(self) -> list[Download]:
        """The documents in the language of the site."""
        papers = [file for file in self.downloads if file.name.endswith(".pdf")]
        return [file for file in papers if (PAPER_LANGUAGE.findall(file.name) or [ENGLISH])[0] == self.language]

    @property
    def handbook(self) -> Download | None:
        """The handbook in the language of the site, if it has been made."""
        return next((file for file in self.papers if "-handbook" in file.name), None)

    @property
    def word(self) -> str:
        """The address of the Word file with all actions."""
        language = "" if self.language == ENGLISH else f"-{self.language}"
        return f"downloads/{self.id}-{self.version}-actions{language}.docx"

    def name_saved(self, name: str) -> str:
        """Return the name that a data file gets when a reader saves it, so that no two versions have the same."""
        return f"{self.id}-{self.version}-{name.replace('/', '-')}"

    @property
    def zip(self) -> Download | None:
        """The zip file with a copy of the site, if it has been made."""
        return next((file for file in self.downloads if file.is_zip), None)

    @cached_property
    def statuses(self) -> list[Status]:
        """What readers can say about an action in their plan, in the site's language."""
        return list_statuses(load_messages(self.language).gettext)

    @property
    def day(self) -> str:
        """The date in words, like 23 November 2026."""
        return self.format_date(self.date)

    def locate(self, address: str) -> str:
        """Return the address of a file as this site has it: the parts in other languages share some folders.

        `address` starts at the root of the site.
        """
        is_shared = self.folder and address.startswith(SHARED) and address != FEED
        return f"../{address}" if is_shared else address

    @property
    def root(self) -> str:
        """Where the whole site is published, of which this one may be a folder; empty if not known."""
        return self.address.removesuffix(self.folder)

    @property
    def ways(self) -> dict[str, str]:
        """The way to the site in each language, by its code: first to this one, which is empty, then to the others."""
        return {self.language: "", **self.others}

    @property
    def picture(self) -> str:
        """The address of the picture that other sites show with a link, from the root of the whole site."""
        return f"assets/sharing/{self.language}.png"

    def counterpart(self, code: str, address: str) -> str:
        """Return the full address at which the same page is published in another language."""
        return urljoin(self.address, self.others[code] + address)

    def name_language(self, code: str) -> str:
        """Return what a language is called in this language itself."""
        return name_in_itself(code)

    def format_iso(self, day: str) -> str:
        """Return a date such as 2026-11-22 in words, in the site's language."""
        return self.format_date(datetime.date.fromisoformat(day))

    def format_date(self, day: datetime.date) -> str:
        """Return a date in words, in the site's language."""
        return format_day(day, self.language)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page, for its table of contents."""

    title: str
    """Plain text, not escaped."""
    id: str
    level: int
    """2 for `h2`, and so on."""


@dataclass
class Section:
    """A heading in a table of contents, with the sections below it."""

    title: str
    id: str
    sections: "list[Section]" = field(default_factory=list)


@dataclass(frozen=True)
class Body:
    """What a page shows between its header and its footer."""

    html: Markup
    """What is below the title."""
    headings: Sequence[Heading] = ()
    """Its headings in order, without the page's own title."""
    title: str = ""
    """Its title, as the page shows it."""
    above: Markup = NOTHING
    """What is above the title: the kind of page, or the grade of an action."""
    is_whole: bool = False
    """Whether it uses the column beside the text, too, instead of a table of contents."""
    facts: Markup = NOTHING
    """Facts about what it shows, which have a column of their own where there is room."""

    @property
    def all(self) -> Markup:
        """All that it shows."""
        return self.above + self.html + self.facts

    @property
    def contents(self) -> list[Section]:
        """The table of contents: its headings, nested."""
        top = Section("", "")
        open_sections = [(1, top)]
        for heading in self.headings:
            while open_sections[-1][0] >= heading.level:
                open_sections.pop()
            section = Section(heading.title, heading.id)
            open_sections[-1][1].sections.append(section)
            open_sections.append((heading.level, section))
        return top.sections


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `label` is HTML; all other texts must be escaped where they are shown."""

    address: str
    """From the root of the site, like `actions/help-a-parkrun-start.html`."""
    title: str
    render: Callable[[], Body]
    """Makes the body. Only the pages that are asked for are rendered, and none is kept."""
    description: str = ""
    keywords: Sequence[str] = ()
    """Words that the search finds the page by besides its text."""
    section_names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What sections of the page are called in other languages, by their anchors."""
    breadcrumbs: Sequence[tuple[str, str]] = ()
    """Title and address, from the root of the site, of the pages above it, without the home page."""
    search: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the search: `exclude` leaves the page out, `by_title` its text, and `boost` multiplies its rank."""
    label: str = ""
    """What search results show about it, as HTML: an action's grade and topic, or the kind of page."""
    is_wide: bool = False
    """Whether it uses the whole width, without the menu beside it."""
    scripts: Sequence[str] = ()
    """Addresses, from the root of the site, of the scripts that it needs besides those on every page."""
    place: Place | None = None
    """Where an editor changes what it shows; None if there is no single place."""
    changed: datetime.date | None = None
    """The day on which it last changed, if that is known."""
    menu: str | None = ""
    """Its name in the menu; empty for its title, None to leave it out."""
