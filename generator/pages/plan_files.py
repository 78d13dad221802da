"""Make the data of the files that leave the plan and come back: Word files and tables. Scripts load it when needed."""

from collections.abc import Callable, Iterator
from typing import Any

from generator.messages import ENGLISH, LANGUAGES, list_months, load_messages
from generator.pages.data_files import make_data_file
from generator.pages.statuses import list_statuses
from generator.pages.word_template import read_word_template


def make_plan_files(name: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each data file, from the root of the site, and its text. `name` is that of the site."""
    yield make_data_file("plan/word", read_word_template(name, language))
    yield make_data_file("plan/table", describe_table(language))


def describe_table(language: str) -> list[dict[str, Any]]:
    """Return the columns of the plan's table, as `csv.js` explains them.

    A table may have been saved in another language than that of the page. So each column has its names in all
    languages, that of the page first. The record has the choices of "objective".
    """
    languages = [language, *(code for code in (ENGLISH, *LANGUAGES) if code != language)]
    gettexts = [load_messages(code).gettext for code in languages]
    translations = [list_columns(gettext) for gettext in gettexts]
    statuses = [list_statuses(gettext) for gettext in gettexts]
    nothing = {"": [words for gettext in gettexts for words in name_nothing(gettext)]}
    more: dict[str, dict[str, Any]] = {
        "status": {
            "values": nothing | {same[0].id: [one.name for one in same] for same in zip(*statuses, strict=True)}
        },
        "objective": {"values": nothing},
        "lead": {"most": 1000},
        "by": {"months": [list_months(code) for code in languages]},
    }
    return [
        {"field": field, "kind": kind, "names": [columns[field][1] for columns in translations], **more.get(field, {})}
        for field, (kind, _) in translations[0].items()
    ]


def name_nothing(gettext: Callable[[str], str]) -> list[str]:
    """Return what the plan calls a choice that nobody has made, in the language of `gettext`."""
    _ = gettext
    return [_("No answer"), _("None")]


def list_columns(gettext: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    """Return the kind and the name of each column by its field in the record, in the language of `gettext`."""
    _ = gettext
    return {
        "id": ("id", _("Reference")),
        "title": ("fixed", _("Title")),
        "grade": ("fixed", _("Grade")),
        "scope": ("fixed", _("Scope")),
        "topic": ("fixed", _("Topic")),
        "status": ("choice", _("Status")),
        "objective": ("choice", _("Objective")),
        "lead": ("text", _("Lead")),
        "by": ("day", _("By")),
        "evidence": ("text", _("Evidence")),
        "ways.long-term": ("text", _("Long term")),
        "ways.prevention": ("text", _("Prevention")),
        "ways.integration": ("text", _("Integration")),
        "ways.collaboration": ("text", _("Collaboration")),
        "ways.involvement": ("text", _("Involvement")),
        "note": ("text", _("Note")),
        "wording": ("fixed", _("Wording")),
        "our-note": ("fixed", _("Our note")),
        "law": ("fixed", _("Legal basis")),
        "address": ("address", _("Address")),
    }
