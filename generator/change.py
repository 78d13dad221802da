"""A change of the guidance, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One change. `official` changes touch the Commissioner's words and need the Commissioner's eye."""

    official: bool
    subject: str
    """The entry, as Markdown: Simple action *Help a parkrun start*."""
    sentence: str
    """What changed, as Markdown: the Commissioner's wording: …"""
