"""Make the data files, which contain the guidance for programs."""

import json
from collections.abc import Iterator
from typing import Any

from generator.guidance import Guidance
from generator.model import Action


def export_data(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """Yield the address of each data file, from the root of the site, and its text."""
    yield (
        "data/actions.json",
        json.dumps([action_record(action) for action in guidance.actions], ensure_ascii=False, indent=1),
    )


def action_record(action: Action) -> dict[str, Any]:
    """Return one action as data. Relations are ids, texts are plain, and `url` starts at the root of the site."""
    return {
        "id": action.key,
        "url": action.address,
        "topic": action.topic.key,
        "grade": action.grade.value,
        "scope": action.scope,
        "title": action.title.plain,
        "text": action.text.plain,
        "statutory": [mark.under for mark in action.statutory],
        "examples": [{"text": example.text.plain} for example in action.examples],
        "themes": action.themes,
        "organisations": [organisation.key for organisation in action.organisations_named],
        "case_studies": [case_study.key for case_study in action.related["case_studies"]],
        "next": action.next,
    }
