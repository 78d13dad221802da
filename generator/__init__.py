"""The guidance, from YAML to pages: load, validate, link, render, publish; and to schemas for editors."""

from collections.abc import Iterator
from pathlib import Path

from generator.export import export
from generator.link import link
from generator.load import load
from generator.model import Guidance
from generator.page import Edition, Page
from generator.problem import Problem, Problems
from generator.render import render
from generator.schema import schema
from generator.validate import validate


def read(folder: Path) -> Guidance:
    """The guidance kept in `folder`, checked and linked. Raises Problems: every mistake at once."""
    problems: list[Problem] = []
    documents = load(folder, problems)
    entries = validate(documents, problems)
    guidance = link(entries, documents, problems)
    if any(not problem.advice for problem in problems):
        raise Problems(problems)
    guidance.advice = sorted(problems)
    return guidance


def pages(guidance: Guidance, edition: Edition) -> list[Page]:
    """Every page that the guidance makes, in the edition's language."""
    return list(render(guidance, edition))


def data(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """The address and the text of every data file that the guidance makes."""
    return export(guidance)


def schemas(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """The name and the text of every JSON Schema for editors of the guidance."""
    return schema(guidance)
