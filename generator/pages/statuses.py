"""What readers can say about an action in their plan: where their organisation stands with it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """One of the answers."""

    id: str
    """In the reader's record."""
    letter: str
    """In links to a plan."""
    sign: str
    """In pictures of a plan."""
    name: str
    meaning: str


def list_statuses(gettext: Callable[[str], str]) -> list[Status]:
    """Return every status, from the furthest from done to done, in the language of `gettext`."""
    _ = gettext
    return [
        Status("not-for-us", "n", "×", _("Not for us"), _("We have decided not to do this.")),
        Status("not-yet", "y", "–", _("Not yet"), _("We have not decided, or not now.")),
        Status("planned", "p", "○", _("Planned"), _("We have decided to do this.")),
        Status("under-way", "u", "◐", _("Under way"), _("We have started.")),
        Status("done", "d", "●", _("Done"), _("We have done this, or do it all the time.")),
    ]
