"""Problems and changes in, lines out: for people, for a pull request, for programs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from generator.change import Change
from generator.problem import Problem


def as_text(problems: Sequence[Problem]) -> str:
    """Each problem with its line and a mark below the spot, then how many there are to mend."""
    mistakes = sum(not problem.advice for problem in problems)
    lines = [line for problem in problems for line in as_lines(problem)]
    if mistakes:
        lines.append(f"{mistakes} mistake{'s' if mistakes > 1 else ''}.")
    return "\n".join(lines)


def as_lines(problem: Problem) -> list[str]:
    """A problem, the line that it stands on with a mark below the spot, and the lines to write, if it gives any."""
    words, *block = str(problem).split("\n")
    return [words + problem.shown, *block]


def as_github(problems: Sequence[Problem]) -> str:
    """GitHub's workflow commands, which put each problem on its line of a pull request."""
    return "\n".join(
        f"::{'notice' if problem.advice else 'error'} file={quoted(problem.place.file, ':,')},"
        f"line={problem.place.line},col={problem.place.column}::{quoted(f'{problem.message} {problem.remedy}')}"
        for problem in problems
    )


def quoted(words: str, more: str = "") -> str:
    """Words in which the signs that a workflow command is made of are written as it asks."""
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + more else sign for sign in words)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of problems: file, line and column (from 1), message, remedy, and whether it is advice only."""
    return json.dumps(
        [
            asdict(problem.place) | {key: value for key, value in asdict(problem).items() if key != "place"}
            for problem in problems
        ],
        ensure_ascii=False,
        indent=1,
    )


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}


def as_markdown(changes: Sequence[Change]) -> str:
    """What changed, in plain words: the Commissioner's words first, because they need the Commissioner's eye."""
    if not changes:
        return "Nothing changes in the guidance."
    official = [change for change in changes if change.official]
    parts = [("The Commissioner's words", official), ("Our words", [c for c in changes if not c.official])]
    return "\n\n".join(f"## {title}\n\n" + "\n".join(map(as_item, group)) for title, group in parts if group)


def as_item(change: Change) -> str:
    """One change as an item of a list."""
    why = f" Why: {change.why}" if change.lost and change.why else ""
    # No words of an editor may hide what stands behind them.
    return " ".join(f"- {change.subject}: {change.sentence}{why}".replace("<", "&lt;").split())
