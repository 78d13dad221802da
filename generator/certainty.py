"""How certain the guidance is about something, and the sentences that say so about its St marks."""

from collections.abc import Callable
from typing import Literal, get_args

Certainty = Literal["known", "inferred", "lost"]
LEVELS = get_args(Certainty)
LEVELS_HELP = (
    "known: a source says so. inferred: we conclude it. lost: our copy of the guidance lost it, so it is not known."
)


def describe_marks(gettext: Callable[[str], str], are_lost: bool) -> str:
    """Return what readers need to know about the St marks of a journey, in the language of `gettext`."""
    _ = gettext
    if not are_lost:
        return _("Actions that complement legislation have an “St” mark, as in the original.")
    return _(
        "The original marks actions that complement legislation with an orange “St”. Our copy lost these marks, so we "
        "do not know which actions have one. We mark an action “St inferred” only if its own wording refers to a "
        "statutory requirement."
    )


def explain_lost_mark(gettext: Callable[[str], str]) -> str:
    """Return why we don't know whether the original marks an action, in the language of `gettext`."""
    _ = gettext
    return _("Our copy lost the St marks of the original, so we do not know whether the original marks this action.")
