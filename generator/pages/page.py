"""A page, rendered: what the generator hands to the site."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.dates import format_date

from generator.problem import Place


@dataclass(frozen=True)
class Edition:
    """What pages say of the site that they stand in."""

    name: str = ""
    """The name of the site."""
    date: datetime.date = datetime.date.min
    """The day that it was made."""
    address: str = ""
    """Where it is published, with a slash at its end; empty where that is not known."""
    editor: str = ""
    """Where its files are edited, with a slash at its end; empty where that is not known."""
    contact: str = ""
    """Whom to tell of a problem with its accessibility; empty where that is not known."""
    enforcement: str = ""
    """Whom to turn to when that does not help; empty where that is not known."""
    language: str = "en"
    """The language of the interface words and of the date."""
    changed: Mapping[str, datetime.date] = field(default_factory=dict)
    """When each action last changed, by its id, where that is known."""

    @property
    def day(self) -> str:
        """Its date as people write it."""
        return self.written(self.date)

    def written(self, day: datetime.date) -> str:
        """A day as people write it."""
        return format_date(day, "d MMMM y", self.language)


@dataclass(frozen=True)
class Page:
    """One page of the site."""

    address: str
    """From the root of the site, like `actions/help-a-parkrun-start.html`."""
    title: str
    """Plain words; not escaped."""
    markdown: str
    """Front matter and body, escaped."""
    place: Place | None = None
    """Where an editor changes what it shows; None where that is no single place."""
    menu: str | None = ""
    """What the navigation calls it, where that is not its title; None keeps it out."""

    @property
    def path(self) -> str:
        """The Markdown file that the site makes it from."""
        return self.address.removesuffix(".html") + ".md"
