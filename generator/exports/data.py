"""Make `data/actions.json`, a list of actions that is older than the open data. Programs still read it."""

import json
from collections.abc import Iterator
from typing import Any

from generator.certainty import explain_lost_mark
from generator.guidance import Guidance
from generator.model import Action
from generator.records import entry_to_data


def export_data(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """Yield the address of each data file, from the root of the site, and its text."""
    actions = [action_to_data(action) for action in guidance.actions]
    yield "data/actions.json", json.dumps(actions, ensure_ascii=False, indent=1)


def action_to_data(action: Action) -> dict[str, Any]:
    """Return an action as data, with the keys that this file has always had.

    `statutory` is None if it is not known whether the action is statutory, and `statutory_note` says why. A mark has
    its origin under `basis`, and the sentence about its basis under `why`.
    """
    data, is_lost = entry_to_data(action), action.statutory_certainty == "lost"
    marks = [{"under": mark.under, "basis": mark.origin, "why": mark.basis.plain} for mark in action.statutory]
    return {
        **{name: data[name] for name in ("id", "url", "topic", "grade", "scope", "title", "text", "gap")},
        "statutory": None if is_lost else marks,
        "statutory_note": explain_lost_mark(str) if is_lost else None,
        "examples": [{"text": example["text"], "gap": example["gap"]} for example in data["examples"]],
        "themes": data["themes"],
        "organisations": [organisation.key for organisation in action.organisations_named],
        "case_studies": [case_study.key for case_study in action.related["case_studies"]],
        "next": data["next"],
    }
