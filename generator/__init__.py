"""The guidance, from YAML to pages: load, validate, link, render, publish."""

from pathlib import Path

from generator.link import link
from generator.load import load
from generator.model import Guidance
from generator.problem import Problem, Problems
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
