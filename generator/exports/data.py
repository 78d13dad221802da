"""Make the data files, which contain the guidance for programs."""

import json
from collections.abc import Iterator
from typing import Any

from generator.guidance import Guidance
from generator.model import Action, Statutory
from generator.text import Text

MARKS_LOST = "Our copy lost the St marks of the original, so we do not know whether the original marks this action."


def export_data(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """Yield the address of each data file, from the root of the site, and its text."""
    yield (
        "data/actions.json",
        json.dumps([action_record(action) for action in guidance.actions], ensure_ascii=False, indent=1),
    )


def action_record(action: Action) -> dict[str, Any]:
    """Return one action as data. Relations are ids, texts are plain, and `url` starts at the root of the site.

    `statutory` is None if it is not known whether the action is statutory, and `statutory_note` says why. `gap` says
    what is missing or uncertain in the source.
    """
    is_unknown = not action.statutory and action.topic.journey.has_lost_marks
    return {
        "id": action.key,
        "url": action.address,
        "topic": action.topic.key,
        "grade": action.grade.value,
        "scope": action.scope,
        "title": action.title.plain,
        "text": action.text.plain,
        "gap": plain(action.gap),
        "statutory": None if is_unknown else [mark_record(mark) for mark in action.statutory],
        "statutory_note": MARKS_LOST if is_unknown else None,
        "examples": [{"text": example.text.plain, "gap": plain(example.gap)} for example in action.examples],
        "themes": action.themes,
        "organisations": [organisation.key for organisation in action.organisations_named],
        "case_studies": [case_study.key for case_study in action.related["case_studies"]],
        "next": action.next,
    }


def plain(text: Text | None) -> str | None:
    """Return a text without the marks of links, or None if there is none."""
    return text.plain if text else None


def mark_record(mark: Statutory) -> dict[str, Any]:
    """Return an St mark as data. `basis` is `original` if the original has it, and `inferred` if we conclude it."""
    return {"under": mark.under, "basis": "inferred" if mark.is_inferred else "original", "why": mark.basis.plain}
