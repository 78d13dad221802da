"""Make the handbook, the whole guidance as one PDF, and a handout for each topic. Only this needs typst."""

import json
import re
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from generator.certainty import describe_marks
from generator.fields import fields_of
from generator.guidance import Guidance
from generator.messages import ENGLISH, find_reviewer, format_day, head_grades, load_messages, name_grades, sort_key_of
from generator.model import Action, Entry, Grade, Journey, Topic, add_goal
from generator.text import Text, Words, unmark

TEMPLATES = Path(__file__).parent / "paper"
FONTS = ("font_source_sans_pro", "font_source_serif_pro")
MESSAGE = re.compile(r'translate\("(.+?)"\)')
"""A message in a template."""
ROW_HEADING = re.compile(rb"/S/TD(/P \d+ 0 R/A\[<</O/Table)(/Headers\[\(\w+x0y0\)\])")
"""A cell in the first column of a table, as typst writes its tag."""
DATA_CELL = re.compile(rb"(?<=/S/TD)(/P \d+ 0 R/A\[<</O/Table)(/Headers\[\(\w+y0\)\])")
"""Any other cell below the headings of columns."""
Said = str | dict[str, str]
"""Words or, if they are in another language than the document's, words with their language."""
Runs = list[list[dict[str, str]]]
"""A text: paragraphs of runs, each with words and perhaps the address of a link and the language."""


def make_papers(
    guidance: Guidance,
    folder: Path,
    name: str,
    day: date,
    *,
    is_draft: bool,
    commit: str = "",
    site: str,
    address: str = "",
) -> list[Path]:
    """Write the handbook, and a handout for each topic with actions, into a folder. Return their paths.

    They are in the language of the guidance. The names of the files begin with `name`. `day` is the date in the
    documents, so that the same guidance gives the same bytes, and `commit` says what they were made from. `site` is the
    English name of the site, and `address` is where it is published, with a slash at the end; empty if not known.

    Raises RuntimeError if one would not be accessible.
    """
    suffix = "" if guidance.language == ENGLISH else f"-{guidance.language}"
    papers = Author(guidance).describe_papers(day, site, address, is_draft=is_draft, commit=commit)
    folder.mkdir(parents=True, exist_ok=True)
    made = {folder / f"{name}-{key}{suffix}.pdf": make_pdf(paper) for key, paper in papers.items()}
    for file, content in made.items():
        file.write_bytes(content)
    return list(made)


def make_pdf(data: dict[str, Any]) -> bytes:
    """Return a document as PDF, checked against PDF/UA-1, which makes it accessible."""
    made: bytes = compile_template(data, pdf_standards=["ua-1"])
    return head_rows(made)


def compile_template(data: dict[str, Any], **options: Any) -> Any:
    """Return what typst makes of a document's template and data. `options` are typst's, such as the format."""
    import typst  # not needed to build the site

    return typst.compile(
        str(TEMPLATES / data["template"]),
        font_paths=[str(files(font) / "files") for font in FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        **options,
    )


def head_rows(content: bytes) -> bytes:
    """Return a PDF in which the first cell of each row of a table is the heading of that row.

    typst can tag such cells, but its Python package cannot switch this on (typst 0.15), so we change the tags. Other
    cells name the heading of their column and no other. We remove this, so that a screen reader goes by the scopes of
    the headings, of columns and of rows. No byte moves, because a PDF lists where its objects start.
    """

    def replace(found: re.Match[bytes], tag: bytes, scope: bytes) -> bytes:
        return tag + found[1] + scope.ljust(len(found[2]))

    headed = ROW_HEADING.sub(lambda found: replace(found, b"/S/TH", b"/Scope/Row"), content)
    return DATA_CELL.sub(lambda found: replace(found, b"", b""), headed)


class Author:
    """Says what the documents say, in the language of the guidance."""

    def __init__(self, guidance: Guidance) -> None:
        self.guidance = guidance
        translation = load_messages(guidance.language)
        self.gettext, self.ngettext = translation.gettext, translation.ngettext

    def describe_papers(
        self, day: date, site: str, address: str, *, is_draft: bool, commit: str = ""
    ) -> dict[str, dict[str, Any]]:
        """Return what the handbook and the handouts say, by what the name of their file ends with."""
        shared = self.describe_document(day, site, address, is_draft=is_draft, commit=commit)
        handouts = {topic.key: self.describe_handout(topic) for topic in self.guidance.topics if topic.actions}
        return {key: shared | paper for key, paper in {"handbook": self.describe_handbook(), **handouts}.items()}

    def describe_document(self, day: date, site: str, address: str, *, is_draft: bool, commit: str) -> dict[str, Any]:
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
        only = _("We have the guidance only in English.")
        some = _("We have some of the words in this document only in English.")
        translated = f"{only if self.guidance.is_only_in_english else some} {rest}"
        return {
            "lang": self.guidance.language,
            "name": _(site),
            "title": _(site),
            "site": address and address + ("" if self.guidance.language == ENGLISH else f"{self.guidance.language}/"),
            "date": {"year": day.year, "month": day.month, "day": day.day},
            "edition": edition % {"day": format_day(day, self.guidance.language)} + (f" ({commit})" if commit else ""),
            "grades": name_grades(_),
            "headings": head_grades(_),
            "messages": {
                message: _(message)
                for template in TEMPLATES.glob("*.typ")
                for message in MESSAGE.findall(template.read_text("utf-8"))
            },
            "examples": [self.ngettext("Example", "Examples", number) for number in (1, 2)],
            "about": [about] if self.guidance.language == ENGLISH else [about, translated],
        }

    def describe_handbook(self) -> dict[str, Any]:
        """Return what the handbook says."""
        _ = self.gettext
        return {
            "template": "handbook.typ",
            "counts": self.count_by_grade(self.guidance.actions),
            "subtitle": _("Actions that public bodies in Wales can take, from simple changes to ambitious ones"),
            "journeys": [
                describe_entry(journey)
                | {
                    "gap": runs(journey.gap) + self.describe_progress(journey),
                    "topics": [self.describe_topic(topic) for topic in journey.topics],
                }
                for journey in self.guidance.journeys
            ],
            "case_studies": [describe_entry(study) for study in self.guidance.case_studies],
            "gaps": [
                *self.describe_lost_marks(),
                *self.count_lost_links(),
                *(
                    describe_gap(add_goal(gap.entry.label, self.name_goal(gap.entry)), gap.words)
                    for gap in self.guidance.gaps
                    if gap.kind == "gap"
                ),
            ],
            "sources": [describe_entry(source) for source in self.guidance.sources],
            "themes": self.sort_links(self.guidance.themes),
            "organisations": self.sort_links(self.guidance.organisations),
        }

    def sort_links(self, entries: Sequence[Entry]) -> list[dict[str, Any]]:
        """Return the ids and labels of entries in the order of the alphabet, for an index."""
        sort_key = sort_key_of(self.guidance.language)
        return [describe_link(entry) for entry in sorted(entries, key=lambda entry: sort_key(unmark(entry.label)))]

    def name_goal(self, entry: Entry) -> Journey | None:
        """Return the goal that a statement about an entry names: its own, if the guidance has several."""
        is_named = self.guidance.has_several_goals and not entry.namesakes and entry is not entry.goal
        return entry.goal if is_named else None

    def describe_lost_marks(self) -> list[dict[str, Said]]:
        """Return what is not known about St marks, by journey if there are several."""
        sentence = describe_marks(self.gettext, are_lost=True)
        lost = [journey for journey in self.guidance.journeys if journey.has_lost_marks]
        return [describe_gap(journey.label if self.guidance.has_several_goals else "", sentence) for journey in lost]

    def count_lost_links(self) -> list[dict[str, Said]]:
        """Return how many links lost their addresses, by journey if there are several."""
        counted = self.gettext("Addresses of links that our copy lost: %(count)s.")
        counts = self.guidance.count_gaps("link")
        named = self.guidance.has_several_goals
        return [describe_gap(goal.label if goal and named else "", counted % {"count": n}) for goal, n in counts]

    def describe_progress(self, journey: Journey) -> Runs:
        """Return that a journey is only begun, if it is."""
        _ = self.gettext
        begun = _("We are still adding its guidance, so anything that is missing here may be in the original.")
        return runs(Text(f"{_('This goal is only begun.')} {begun}")) if journey.is_begun else []

    def count_by_grade(self, actions: list[Action]) -> dict[Grade, dict[str, Any]]:
        """Return how many actions there are of each grade, and the noun for this number."""
        counts = {grade: sum(action.grade == grade for action in actions) for grade in Grade}
        return {
            grade: {"number": number, "noun": self.ngettext("action", "actions", number)}
            for grade, number in counts.items()
        }

    def describe_topic(self, topic: Topic) -> dict[str, Any]:
        """Return what the handbook says about a topic."""
        _ = self.gettext
        lost = _("Our copy of the guidance does not include the actions of this topic.")
        missing = Text(_("The actions of this topic are not on this site yet.") if topic.journey.is_begun else lost)
        headings = head_grades(self.gettext)
        return describe_entry(topic) | {
            "label": say(topic.own_label, before=f"{topic.number}. "),
            "counts": self.count_by_grade(topic.actions),
            "gap": runs(topic.gap) + ([] if topic.actions else runs(missing)),
            "grades": [
                {
                    "key": grade.value,
                    "title": headings[grade],
                    "actions": [self.describe_action(action) for action in topic.graded(grade)],
                }
                for grade in topic.grades
            ],
        }

    def describe_action(self, action: Action) -> dict[str, Any]:
        """Return what the handbook says about an action."""
        _ = self.gettext
        scopes = {"national": _("National or collaborative action"), "organisational": _("Organisational action")}
        marks = [f"St{' ' + _('inferred') if mark.is_inferred else ''}: {mark.law}" for mark in action.statutory]
        return describe_entry(action) | {
            "address": action.address,
            "grade": action.grade.value,
            "scope": scopes.get(action.scope or "", ""),
            "mark": "; ".join(marks),
        }

    def describe_handout(self, topic: Topic) -> dict[str, Any]:
        """Return what the handout of a topic says: its actions by theme and grade."""
        rows = [
            {
                "theme": say(theme.label) if theme else self.gettext("No theme"),
                "cells": [
                    [describe_link(action) | {"address": action.address} for action in actions if action.grade == grade]
                    for grade in Grade
                ],
            }
            for theme, actions in topic.by_theme
        ]
        return {
            "template": "handout.typ",
            "counts": self.count_by_grade(topic.actions),
            "title": self.gettext("%(topic)s: at a glance") % {"topic": str(topic.label)},
            "topic": {
                "goal": say(topic.journey.label) if self.guidance.has_several_goals else "",
                "title": say(topic.own_label),
                "subtitle": runs(topic.subtitle),
                "address": topic.address,
                "rows": rows,
            },
        }


def say(words: str, before: str = "", after: str = "") -> Said:
    """Return words in one line, with what is before and after, and their language if it isn't the document's."""
    said = f"{before}{' '.join(unmark(words).split())}{after}"
    return {"text": said, "lang": words.language} if isinstance(words, Words) else said


def describe_gap(label: str, words: str) -> dict[str, Said]:
    """Return what is not known, as one paragraph, and what it is about; an empty label for everything."""
    return {"label": say(label, after=":") if label else "", "words": say(words)}


def describe_link(entry: Entry) -> dict[str, Any]:
    """Return the id of an entry and what it is called."""
    return {"id": entry.key, "label": say(entry.label)}


def describe_entry(entry: Entry) -> dict[str, Any]:
    """Return the id of an entry, what it is called, and its texts, inner entries and relations by field."""
    data = describe_link(entry) | {"label": say(entry.own_label)}
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
