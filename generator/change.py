"""A change of the guidance, as a value."""

import re
import textwrap
from dataclasses import dataclass

from generator.model import Action, Entry, Retired
from generator.problem import Place

MARKED = re.compile(r"~~(.+?)~~(?: \*\*(.+?)\*\*)?|\*\*(.+?)\*\*")
"""What a sentence marks: words that went, perhaps others in their place, or words that came."""


@dataclass(frozen=True)
class Change:
    """One change of an entry that has an id. `before` is None where it is new, `after` where it is gone."""

    before: Entry | None
    after: Entry | None
    sentence: str
    """What changed, as Markdown: the Commissioner's wording changed: …"""
    official: bool = False
    """Whether it touches the Commissioner's words and needs the Commissioner's eye."""
    lost: bool = False
    """Whether the Commissioner's words are no longer there as they were."""
    place: Place | None = None
    """Where it shows in the files as they are now, if it does."""
    field: str = ""
    """The field of the entry that it concerns, if it is one."""

    @property
    def subject(self) -> str:
        """The entry, as Markdown: Simple action *Help a parkrun start*. One that was retired is called what it was."""
        entry = self.after if self.after and not self.retired else self.before
        assert entry, "A change has an entry before it or after it."
        kind = f"{entry.grade.capitalize()} action" if isinstance(entry, Action) else entry.noun
        return f"{kind[0].upper()}{kind[1:]} *{entry.label}*"

    @property
    def retired(self) -> bool:
        """Whether the entry was there before, and now only its retired id is."""
        return isinstance(self.after, Retired) and not isinstance(self.before, Retired | None)

    @property
    def why(self) -> str:
        """Why the Commissioner's words changed, where the entry gives a reason that it did not give before."""
        before, after = (str(getattr(entry, "reworded", None) or "") for entry in (self.before, self.after))
        return after if after != before else ""

    @property
    def plain(self) -> str:
        """What its sentence marks, without the marks: "easy" became "simple". The sentence, where it marks nothing."""
        said = []
        for words in MARKED.findall(self.sentence):
            gone, instead, came = (textwrap.shorten(one, 60, placeholder=" …") for one in words)
            said.append(f'"{gone}" became "{instead}"' if instead else f'"{gone or came}" {"went" if gone else "came"}')
        listed = ", ".join(said) or self.sentence
        return listed if listed.endswith((".", '."')) else f"{listed}."
