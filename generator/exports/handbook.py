"""Make the handbook, the whole guidance as one PDF, and a handout for each topic. Only this needs typst."""

import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from generator.certainty import describe_marks
from generator.fields import fields_of
from generator.guidance import Guidance
from generator.messages import ENGLISH, find_reviewer, format_day, head_grades, load_messages, name_grades
from generator.model import Action, Entry, Grade, Topic
from generator.text import Text, Words, unmark

TEMPLATE = Path(__file__).parent / "paper" / "handbook.typ"
MESSAGE = re.compile(r'translate\("(.+?)"\)')
"""A message in the template."""
Said = str | dict[str, str]
"""Words or, if they are in another language than the document's, words with their language."""
Runs = list[list[dict[str, str]]]
"""A text: paragraphs of runs, each with words and perhaps the address of a link and the language."""


def make_papers(guidance: Guidance, folder: Path, name: str, day: date, *, is_draft: bool) -> list[Path]:
    """Write the handbook, and a handout for each topic with actions, into a folder. Return their paths.

    They are in the language of the guidance. The names of the files begin with `name`. `day` is the date in the
    documents, so that the same guidance gives the same bytes. Raises RuntimeError if one would not be accessible.
    """
    author = Author(guidance)
    suffix = "" if guidance.language == ENGLISH else f"-{guidance.language}"
    shared = author.describe_document(day, is_draft=is_draft)
    folder.mkdir(parents=True, exist_ok=True)
    papers = {"handbook": author.describe_handbook()}
    papers |= {topic.key: author.describe_handout(topic) for topic in guidance.topics if topic.actions}
    return [write_pdf(folder / f"{name}-{key}{suffix}.pdf", shared | data) for key, data in papers.items()]


def write_pdf(target: Path, data: dict[str, Any]) -> Path:
    """Write a document, checked against PDF/UA-1, which makes it accessible."""
    import typst  # not needed to build the site

    content = typst.compile(
        str(TEMPLATE),
        font_paths=[str(files("font_source_sans_pro") / "files")],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data)},
    )
    target.write_bytes(content)
    return target


class Author:
    """Says what the documents say, in the language of the guidance."""

    def __init__(self, guidance: Guidance) -> None:
        self.guidance = guidance
        translation = load_messages(guidance.language)
        self.gettext, self.ngettext = translation.gettext, translation.ngettext

    def describe_document(self, day: date, *, is_draft: bool) -> dict[str, Any]:
        """Return what all documents have."""
        _ = self.gettext
        edition = _("Draft of %(day)s") if is_draft else _("Edition of %(day)s")
        about = _(
            "Text with a line beside it is in the words of the Future Generations Commissioner for Wales. The "
            "Commissioner has not published or checked this document. Titles, themes, case studies and links between "
            "actions are ours."
        )
        unreviewed = _("The rest is our translation, which nobody has reviewed yet.")
        rest = _("The rest is our translation.") if find_reviewer(self.guidance.language) else unreviewed
        translated = f"{_('We have the guidance only in English.')} {rest}"
        return {
            "lang": self.guidance.language,
            "author": _("Future Generations Commissioner for Wales"),
            "date": {"year": day.year, "month": day.month, "day": day.day},
            "edition": edition % {"day": format_day(day, self.guidance.language)},
            "grades": name_grades(_),
            "messages": {message: _(message) for message in MESSAGE.findall(TEMPLATE.read_text("utf-8"))},
            "examples": [self.ngettext("Example", "Examples", number) for number in (1, 2)],
            "about": [about] if self.guidance.language == ENGLISH else [about, translated],
        }

    def describe_handbook(self) -> dict[str, Any]:
        """Return what the handbook says."""
        _ = self.gettext
        gaps = [[say(gap.entry.label, after=": "), say(gap.words)] for gap in self.guidance.gaps if gap.kind == "gap"]
        lost = sum(gap.kind == "link" for gap in self.guidance.gaps)
        return {
            "kind": "handbook",
            "cover": 1,
            "title": _("Journey to Cohesive Communities"),
            "subtitle": _("Actions that public bodies in Wales can take, from simple changes to ambitious ones"),
            "journeys": [
                describe_entry(journey) | {"topics": [self.describe_topic(topic) for topic in journey.topics]}
                for journey in self.guidance.journeys
            ],
            "case_studies": [
                describe_entry(study) | {"source": describe_entry(study.related["source"][0])}
                for study in self.guidance.case_studies
            ],
            "gaps": [
                *self.describe_lost_marks(),
                *([[_("Addresses of links that our copy lost: %(count)s.") % {"count": lost}]] if lost else []),
                *gaps,
            ],
            "sources": [describe_entry(source) for source in self.guidance.sources],
            "organisations": [
                {"name": one.label, "actions": actions}
                for one in self.guidance.organisations
                if (actions := [action.key for action in self.guidance.actions if one in action.organisations_named])
            ],
        }

    def describe_lost_marks(self) -> list[list[Said]]:
        """Return what is not known about St marks. If only some journeys lost them, these journeys are named."""
        journeys, sentence = self.guidance.journeys, describe_marks(self.gettext, are_lost=True)
        lost = [journey for journey in journeys if journey.has_lost_marks]
        if lost == journeys:
            return [[sentence]]
        return [[say(journey.label, after=": "), sentence] for journey in lost]

    def describe_topic(self, topic: Topic) -> dict[str, Any]:
        """Return what the handbook says about a topic."""
        missing = Text(self.gettext("Our copy of the guidance does not include the actions of this topic."))
        headings = head_grades(self.gettext)
        return describe_entry(topic) | {
            "label": say(topic.label, before=f"{topic.number}. "),
            "gap": runs(topic.gap) + ([] if topic.actions else runs(missing)),
            "grades": [
                {"title": headings[grade], "actions": [self.describe_action(action) for action in topic.graded(grade)]}
                for grade in topic.grades
            ],
        }

    def describe_action(self, action: Action) -> dict[str, Any]:
        """Return what the handbook says about an action."""
        _ = self.gettext
        scopes = {"national": _("National or collaborative action"), "organisational": _("Organisational action")}
        marks = [
            f"St{' ' + _('inferred') if mark.is_inferred else ''}: {mark.related['under'][0].label}"
            for mark in action.statutory
        ]
        return describe_entry(action) | {
            "grade": action.grade.value,
            "scope": scopes.get(action.scope or "", ""),
            "mark": "; ".join(marks),
        }

    def describe_handout(self, topic: Topic) -> dict[str, Any]:
        """Return what the handout of a topic says: its actions by theme and grade."""
        rows = [
            {
                "theme": say(theme.label) if theme else self.gettext("No theme"),
                "cells": [[say(action.label) for action in actions if action.grade == grade] for grade in Grade],
            }
            for theme, actions in topic.by_theme
        ]
        return {
            "kind": "handout",
            "cover": 0,
            "title": self.gettext("%(topic)s: at a glance") % {"topic": str(topic.label)},
            "topic": {
                "title": say(topic.label),
                "subtitle": runs(topic.subtitle),
                "rows": rows,
            },
        }


def say(words: str, before: str = "", after: str = "") -> Said:
    """Return words with what comes before and after them, and with their language if it isn't the document's."""
    said = f"{before}{unmark(words)}{after}"
    return {"text": said, "lang": words.language} if isinstance(words, Words) else said


def describe_link(entry: Entry) -> dict[str, Any]:
    """Return the id of an entry and what it is called."""
    return {"id": entry.key, "label": say(entry.label)}


def describe_entry(entry: Entry) -> dict[str, Any]:
    """Return the id of an entry, what it is called, and its texts, inner entries and relations by field."""
    data = describe_link(entry)
    for name, field in fields_of(type(entry)).items():
        if field.entry:
            data[name] = [describe_entry(inner) for inner in getattr(entry, name)]
        elif field.relation:
            data[name] = [describe_link(other) for other in entry.related[name]]
        elif field.is_text and not field.is_list:
            data[name] = runs(getattr(entry, name))
    return data


def runs(text: Text | None) -> Runs:
    """Return a text as paragraphs of runs. It is the Commissioner's own words if it is our translation of them."""
    if not text:
        return []
    shown = text.original if text.original and text.original.official and not text.official else text
    language = {"lang": shown.language} if shown.language else {}
    return [
        [{"text": words, **({"href": address} if address else {}), **language} for words, address in paragraph]
        for paragraph in shown.runs
    ]


def extract_messages(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> list[tuple[int, str, str, list[str]]]:
    """Return the messages of the template for Babel."""
    return [(1, "gettext", message, []) for message in MESSAGE.findall(file.read().decode())]
