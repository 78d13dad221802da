"""Format problems for people, for GitHub and for programs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from generator.problem import Problem


def format_text(problems: Sequence[Problem]) -> str:
    """Return each problem with its line and a mark below it, then the number of mistakes."""
    lines = []
    for problem in problems:
        words, *block = str(problem).split("\n")
        lines += [words + problem.excerpt, *block]
    if mistakes := sum(not problem.advice for problem in problems):
        lines.append(f"{mistakes} mistake{'s' if mistakes > 1 else ''}.")
    return "\n".join(lines)


def format_github(problems: Sequence[Problem]) -> str:
    """Return GitHub's workflow commands, which show each problem on its line of a pull request."""
    return "\n".join(
        f"::{'notice' if problem.advice else 'error'} file={escape_command(problem.place.file, ':,')},"
        f"line={problem.place.line},col={problem.place.column}"
        f"::{escape_command(f'{problem.message} {problem.remedy}')}"
        for problem in problems
    )


def escape_command(words: str, more: str = "") -> str:
    """Escape what has a meaning in a workflow command: `%`, line ends, and the characters in `more`."""
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + more else sign for sign in words)


def format_json(problems: Sequence[Problem]) -> str:
    """Return a list of problems: file, line and column (from 1), message, remedy, and whether it is only advice."""
    return json.dumps(
        [
            asdict(problem.place) | {"message": problem.message, "remedy": problem.remedy, "advice": problem.advice}
            for problem in problems
        ],
        ensure_ascii=False,
        indent=1,
    )


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": format_text,
    "github": format_github,
    "json": format_json,
}
