"""Make the handbook, the whole guidance as one PDF, and a handout for each topic. Only this needs typst."""

import json
import re
import tempfile
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator.guidance import Guidance
from generator.model import Action, CaseStudy, Example, Factor, Grade, Journey, Requirement, Topic
from generator.text import ADDRESS, LINK, Text

PAPER = Path(__file__).parent / "paper"
GRADES = {"simple": "Simple", "adventurous": "Adventurous", "ambition": "Ambition"}
HEADINGS = {
    "simple": "Making Simple Changes",
    "adventurous": "Being More Adventurous",
    "ambition": "Owning your Ambition",
}
WORDS = {
    "cover": "In the words of the Future Generations Commissioner for Wales",
    "note": "Our note:",
    "example": "Example",
    "examples": "Examples",
    "next": "Goes further:",
    "contents": "Contents",
    "why": "Defining the goal",
    "focus": "Where to focus action in contributing to this goal",
    "requirements": "Other statutory requirements in relation to this goal",
    "enablers": "Enablers: achieving this goal is more likely to happen when...",
    "disablers": "Disablers: achieving this goal is less likely to happen when...",
    "issue": "Defining the issue",
    "synergies": "Synergies and connections to other journeys",
    "resources": "Other examples and resources",
    "case_studies": "Case studies",
    "ours": "In our own words. Figures and quotations are copied exactly from the sources.",
    "illustrates": "Illustrates:",
    "gaps": "What is not known",
    "sources": "Sources",
    "index": "Organisations",
    "index_note": "With the pages of the actions that mention them.",
    "theme": "Theme",
}
ABOUT = [
    "Text with a line beside it is in the words of the Future Generations Commissioner for Wales. The Commissioner has "
    "not published or checked this document. Titles, themes, case studies and links between actions are ours.",
]

Runs = list[list[dict[str, str]]]
"""A text: paragraphs of runs, each with words and perhaps the address of a link."""


def make_papers(guidance: Guidance, folder: Path, name: str, edition: str, day: date) -> list[Path]:
    """Write the handbook, and a handout for each topic with actions, into a folder. Return their paths.

    `name` is that of this edition's files, `edition` says in words which edition it is, `day` is the date in the
    documents: the same guidance gives the same bytes. Raises RuntimeError if a document would not be accessible.
    """
    shared = {
        "author": "Future Generations Commissioner for Wales",
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "edition": edition,
        "grades": GRADES,
        "words": WORDS,
        "about": ABOUT,
    }
    folder.mkdir(parents=True, exist_ok=True)
    papers = [write_pdf(folder / f"{name}-handbook.pdf", shared | describe_handbook(guidance))]
    for topic in guidance.topics:
        if topic.actions:
            papers.append(write_pdf(folder / f"{name}-{topic.key}.pdf", shared | describe_handout(topic)))
    return papers


def write_pdf(target: Path, data: dict[str, Any]) -> Path:
    """Write a document, checked against PDF/UA-1, which makes it accessible."""
    import typst  # not needed to build the site

    fonts = Path(str(files("font_source_sans_pro") / "files"))
    with tempfile.TemporaryDirectory() as there:
        template = Path(there) / "handbook.typ"
        template.write_bytes((PAPER / "handbook.typ").read_bytes())
        (Path(there) / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        content = typst.compile(
            str(template), font_paths=[str(fonts)], ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    target.write_bytes(content)
    return target


def describe_handbook(guidance: Guidance) -> dict[str, Any]:
    """Return what the handbook says."""
    marks = "Our copy lost the original's St marks, so we do not know which actions the original marks as statutory."
    gaps = [f"{gap.entry.label}: {gap.words}" for gap in guidance.gaps if gap.kind == "gap"]
    lost = sum(gap.kind == "link" for gap in guidance.gaps)
    return {
        "kind": "handbook",
        "cover": 1,
        "title": "Journey to Cohesive Communities",
        "subtitle": "Actions that public bodies in Wales can take, from simple changes to ambitious ones",
        "journeys": [describe_journey(journey) for journey in guidance.journeys],
        "case_studies": [describe_case_study(study) for study in guidance.case_studies],
        "gaps": [
            *([marks] if any(journey.has_lost_marks for journey in guidance.journeys) else []),
            *([f"Addresses of links that our copy lost: {lost}."] if lost else []),
            *gaps,
        ],
        "sources": [
            {
                "title": source.label,
                "about": " ".join(
                    filter(None, [f"{source.publisher.plain}.", f"{source.date.plain}." if source.date else "Undated."])
                ),
            }
            for source in guidance.sources
        ],
        "organisations": [
            {"name": one.label, "actions": actions}
            for one in guidance.organisations
            if (actions := [action.key for action in guidance.actions if one in action.organisations_named])
        ],
    }


def describe_journey(journey: Journey) -> dict[str, Any]:
    """Return what the handbook says about a journey."""
    return {
        "id": journey.key,
        "title": journey.label,
        "definition": runs(journey.definition),
        "law": runs(journey.law),
        "gap": runs(journey.gap),
        "why": runs(journey.why),
        "case_studies_note": runs(journey.case_studies_note),
        "focus_areas": [
            runs(Text(f"{area.text} ({area.see})" if area.see else str(area.text))) for area in journey.focus_areas
        ],
        "requirements": [describe_requirement(one) for one in journey.statutory_requirements],
        "statutory_note": runs(journey.statutory_note),
        "enablers": [describe_factor(one) for one in journey.enablers],
        "disablers": [describe_factor(one) for one in journey.disablers],
        "topics": [describe_topic(topic) for topic in journey.topics],
    }


def describe_requirement(one: Requirement) -> dict[str, Any]:
    """Return what the handbook says about a statutory requirement."""
    return {"id": one.key, "title": one.label, "text": runs(one.text), "law": runs(one.law), "gap": runs(one.gap)}


def describe_factor(one: Factor) -> dict[str, Any]:
    """Return what the handbook says about an enabler or a disabler."""
    return {"id": one.key, "title": one.label, "text": runs(one.text)}


def describe_topic(topic: Topic) -> dict[str, Any]:
    """Return what the handbook says about a topic."""
    missing = Text("Our copy of the guidance does not include the actions of this topic.")
    return {
        "id": topic.key,
        "title": f"{topic.number}. {topic.label}",
        "subtitle": runs(topic.subtitle),
        "gap": runs(topic.gap) + ([] if topic.actions else runs(missing)),
        "issue": runs(topic.issue),
        "grades": [
            {"title": HEADINGS[grade], "actions": [describe_action(action) for action in topic.graded(grade)]}
            for grade in topic.grades
        ],
        "synergies": [runs(Text(f"{one.journey}: {one.topic}")) for one in topic.synergies],
        "resources": [describe_example(one) for one in topic.resources],
    }


def describe_action(action: Action) -> dict[str, Any]:
    """Return what the handbook says about an action."""
    scopes = {"national": "National or collaborative action", "organisational": "Organisational action"}
    marks = [
        f"St{' inferred' if mark.is_inferred else ''}: {mark.related['under'][0].label}" for mark in action.statutory
    ]
    return {
        "id": action.key,
        "title": action.label,
        "grade": action.grade.value,
        "scope": scopes.get(action.scope or "", ""),
        "mark": "; ".join(marks),
        "text": runs(action.text),
        "gap": runs(action.gap),
        "examples": [describe_example(example) for example in action.examples],
        "next": [{"id": other.key, "title": other.label} for other in action.related["next"]],
    }


def describe_example(example: Example) -> dict[str, Any]:
    """Return what the handbook says about an example."""
    return {"text": runs(example.text), "gap": runs(example.gap)}


def describe_case_study(study: CaseStudy) -> dict[str, Any]:
    """Return what the handbook says about a case study."""
    source = study.related["source"][0]
    return {
        "id": study.key,
        "title": study.label,
        "place": f"{study.place.plain}, {study.country.plain}",
        "summary": runs(study.summary),
        "done": runs(study.what_was_done),
        "figures": [{"figure": one.figure.plain, "text": one.text.plain} for one in study.results],
        "quotes": [{"text": runs(quote.text), "who": quote.who.plain} for quote in study.quotes],
        "actions": [{"id": action.key, "title": action.label} for action in study.related["illustrates"]],
        "source": f"Source: {source.label}, {source.publisher.plain}",
    }


def describe_handout(topic: Topic) -> dict[str, Any]:
    """Return what the handout of a topic says: its actions by theme and grade."""
    rows = [
        {
            "theme": theme.label if theme else "No theme",
            "cells": [[action.label for action in actions if action.grade == grade] for grade in Grade],
        }
        for theme, actions in topic.by_theme
    ]
    return {
        "kind": "handout",
        "cover": 0,
        "title": f"{topic.label}: at a glance",
        "topic": {
            "title": topic.label,
            "subtitle": runs(topic.subtitle),
            "columns": [grade.value for grade in Grade],
            "rows": rows,
        },
    }


def runs(text: Text | None) -> Runs:
    """Return a text as paragraphs of runs."""
    return [split_links(paragraph) for paragraph in text.paragraphs] if text else []


def split_links(words: str) -> list[dict[str, str]]:
    """Return one paragraph as runs of words and links."""
    parts, end = list[dict[str, str]](), 0
    for link in re.finditer(f"{LINK.pattern}|{ADDRESS.pattern}", words):
        if link.start() > end:
            parts.append({"text": words[end : link.start()]})
        address = link[2] if link[1] else link[0]
        parts.append({"text": link[1] or link[0], **({"href": address} if address else {})})
        end = link.end()
    return parts + ([{"text": words[end:]}] if end < len(words) else [])
